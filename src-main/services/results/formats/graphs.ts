/** GraphML, Neo4j's files for its bulk importer, and Cypher: a node for each name with its type, an edge for each triple. */
import type { ExtractedRow, RowSpan } from '#main/document/extracted-row'
import { tableRow } from '#main/text/csv'
import { createSeen, onlyTriples, type ResultFormat } from './result-writer.ts'

const nodesAre =
  'a node is a text with its type; the attribute "entity" is the same for variants that differ in case, punctuation or article alone'

/** Nodes of these rows that did not come up before. */
const newNodes = (rows: readonly ExtractedRow[], wasSeen: (id: number) => boolean): RowSpan[] =>
  rows.flatMap(({ subject, object }) => [subject, object]).filter(({ nameId }) => !wasSeen(nameId))

const rounded = (probability: number): number => Number(probability.toFixed(6))

/** Marks of a triple beside its probability; one that is not known is null. */
const marksOf = ({ calibratedProbability, plausibility, verdict }: ExtractedRow) => ({
  calibrated: calibratedProbability === undefined ? null : rounded(calibratedProbability),
  plausibility: plausibility ?? null,
  verdict: verdict ?? null,
})

const graphmlHead = `<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns">
<key id="name" for="node" attr.name="name" attr.type="string"/>
<key id="type" for="node" attr.name="type" attr.type="string"/>
<key id="entity" for="node" attr.name="entity" attr.type="long"/>
<key id="relation" for="edge" attr.name="relation" attr.type="string"/>
<key id="probability" for="edge" attr.name="probability" attr.type="double"/>
<key id="calibrated" for="edge" attr.name="calibrated_probability" attr.type="double"/>
<key id="plausibility" for="edge" attr.name="plausibility" attr.type="string"/>
<key id="verdict" for="edge" attr.name="verdict" attr.type="string"/>
<key id="document" for="edge" attr.name="document" attr.type="string"/>
<key id="sentence" for="edge" attr.name="sentence" attr.type="string"/>
<graph edgedefault="directed">
`

export const graphml: ResultFormat = {
  ...{ layout: 'file', extension: '.graphml' },
  open(sink) {
    const wasSeen = createSeen()
    let removed = 0
    const xml = (text: string): string =>
      text
        .toWellFormed()
        .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, () => {
          removed++
          return ''
        })
        .replace(/[&<>"\r]/g, (sign) => entities[sign] ?? sign)
    const data = (key: string, value: string | number): string => `<data key="${key}">${xml(String(value))}</data>`
    const node = ({ nameId, text, type, entityId }: RowSpan): string =>
      `<node id="n${nameId}">${data('name', text)}${data('type', type)}${data('entity', entityId)}</node>\n`
    const marks = (row: ExtractedRow): string =>
      Object.entries(marksOf(row))
        .map(([key, value]) => (value === null ? '' : data(key, value)))
        .join('')
    const edge = (row: ExtractedRow): string =>
      `<edge id="e${row.tripleId}" source="n${row.subject.nameId}" target="n${row.object.nameId}">${data('relation', row.relation)}${data('probability', rounded(row.probability))}${marks(row)}${data('document', row.document)}${data('sentence', row.sentence)}</edge>\n`
    return {
      begin: () => sink.write(graphmlHead),
      write: (rows) => sink.write([...newNodes(rows, wasSeen).map(node), ...rows.map(edge)].join('')),
      end: () => sink.write('</graph>\n</graphml>\n'),
      losses: () => [
        ...[onlyTriples, 'offsets are left out', nodesAre],
        ...(removed > 0 ? [`${removed} control characters were removed, which XML cannot hold`] : []),
      ],
    }
  },
}

const entities: Readonly<Record<string, string>> = {
  ...{ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', '\r': '&#13;' },
}

/** A label of Neo4j's files: a semicolon would end it. */
const neoLabel = (type: string): string => `Mention${type === '' ? '' : `;${type.replaceAll(';', ',')}`}`

/** An empty cell is no property. */
const edgeHead = [
  ...[':START_ID', ':END_ID', ':TYPE', 'probability:float', 'document', 'sentence'],
  ...['calibrated_probability:float', 'plausibility', 'verdict'],
]

export const neo4j: ResultFormat = {
  ...{ layout: 'folder', extension: '' },
  open(sink) {
    const [nodes, edges] = [sink.beside('nodes.csv'), sink.beside('relationships.csv')]
    const wasSeen = createSeen()
    return {
      async begin() {
        await nodes.write(tableRow(['id:ID', 'name', 'entity:long', ':LABEL'], ','))
        await edges.write(tableRow(edgeHead, ','))
      },
      async write(rows) {
        const fresh = newNodes(rows, wasSeen)
        await nodes.write(
          fresh
            .map(({ nameId, text, entityId, type }) =>
              tableRow([String(nameId), text, String(entityId), neoLabel(type)], ','),
            )
            .join(''),
        )
        await edges.write(
          rows
            .map((row) =>
              tableRow(
                [
                  ...[String(row.subject.nameId), String(row.object.nameId), row.relation],
                  ...[String(rounded(row.probability)), row.document, row.sentence],
                  ...Object.values(marksOf(row)).map((mark) => String(mark ?? '')),
                ],
                ',',
              ),
            )
            .join(''),
        )
      },
      end: async () => undefined,
      losses: () => [
        ...[onlyTriples, 'offsets are left out', nodesAre],
        'read it with "neo4j-admin database import full --multiline-fields=true --nodes=nodes.csv --relationships=relationships.csv"',
      ],
    }
  },
}

/** Text as a literal of Cypher. */
export const cypherText = (text: string): string =>
  `'${text
    .toWellFormed()
    .replace(/[\\']/g, (sign) => `\\${sign}`)
    .replaceAll('\n', '\\n')
    .replaceAll('\r', '\\r')
    .replaceAll('\t', '\\t')}'`

/** A name of a type, which no parameter can stand for; an empty one is not allowed, and a back-tick may be written in two ways. */
const cypherName = (name: string): string =>
  `\`${(name === '' ? 'related' : name).toWellFormed().replaceAll('\\u0060', '`').replaceAll('`', '``')}\``

/** A property that is set to null is none. */
function cypherMarks(row: ExtractedRow): string {
  const { calibrated, plausibility, verdict } = marksOf(row)
  const text = (mark: string | null): string => (mark === null ? 'null' : cypherText(mark))
  return `c: ${calibrated ?? 'null'}, q: ${text(plausibility)}, v: ${text(verdict)}`
}

/** Rows of one statement: few enough for one transaction. */
const rowsPerStatement = 500

export const cypher: ResultFormat = {
  ...{ layout: 'file', extension: '.cypher' },
  open(sink) {
    const wasSeen = createSeen()
    const nodeStatement = (spans: readonly RowSpan[]): string =>
      spans.length === 0
        ? ''
        : `UNWIND [${spans.map(({ nameId, text, type, entityId }) => `{id: ${nameId}, name: ${cypherText(text)}, type: ${cypherText(type)}, entity: ${entityId}}`).join(',\n')}] AS row
MERGE (m:Mention {id: row.id}) SET m.name = row.name, m.type = row.type, m.entity = row.entity;\n`
    const edgeStatement = (relation: string, rows: readonly ExtractedRow[]): string =>
      `UNWIND [${rows.map((row) => `{id: ${row.tripleId}, s: ${row.subject.nameId}, o: ${row.object.nameId}, p: ${rounded(row.probability)}, ${cypherMarks(row)}, d: ${cypherText(row.document)}, t: ${cypherText(row.sentence)}}`).join(',\n')}] AS row
MATCH (s:Mention {id: row.s}), (o:Mention {id: row.o})
MERGE (s)-[r:${cypherName(relation)} {id: row.id}]->(o) SET r.probability = row.p, r.calibrated_probability = row.c, r.plausibility = row.q, r.verdict = row.v, r.document = row.d, r.sentence = row.t;\n`
    return {
      begin: () => sink.write('CREATE CONSTRAINT mention_id IF NOT EXISTS FOR (m:Mention) REQUIRE m.id IS UNIQUE;\n'),
      async write(rows) {
        for (let at = 0; at < rows.length; at += rowsPerStatement) {
          const part = rows.slice(at, at + rowsPerStatement)
          const groups = Map.groupBy(part, ({ relation }) => relation)
          await sink.write(
            [
              nodeStatement(newNodes(part, wasSeen)),
              ...[...groups].map(([relation, own]) => edgeStatement(relation, own)),
            ].join(''),
          )
        }
      },
      end: async () => undefined,
      losses: () => [onlyTriples, 'offsets are left out', nodesAre],
    }
  },
}
