/** CSV files for the bulk import of Neo4j, written only: nodes.csv and relationships.csv with the headers that it wants. */
import type { Sink } from '#main/core/sink'
import type { AnnotatedDoc } from '#main/document/annotated-doc'
import type { LabelSet } from '#main/labels/label-set'
import { tableRow } from '#main/text/csv'
import type { CorpusFormat } from '../../format.ts'
import type { Loss, LossCount } from '../../shared/losses.ts'
import { countTripleLosses, keyOf, triplesOf, type Entity, keptOfTriples } from '../../shared/written-triples.ts'

export const neo4jCsv: CorpusFormat = {
  name: 'neo4j-csv',
  title: 'Neo4j CSV (nodes and relationships)',
  extensions: ['.csv'],
  keeps: keptOfTriples,
  settings: [],
  recognize: () => null,
  read: null,
  writer: { layout: 'folder', countLosses, write },
}

const semicolon: Loss = [
  'entity type is written with "," for ";", which sets labels apart',
  'entity types are written with "," for ";", which sets labels apart',
]

function countLosses(doc: AnnotatedDoc, losses: LossCount): void {
  countTripleLosses(doc, losses, ['unrelated'])
  losses.add(semicolon, triplesOf(doc).entities.filter(({ type }) => type?.includes(';')).length)
}

async function write(docs: AsyncIterable<AnnotatedDoc>, _labels: LabelSet, sink: Sink): Promise<void> {
  const nodeFile = sink.beside('nodes.csv')
  const relationshipFile = sink.beside('relationships.csv')
  await nodeFile.write(tableRow(['id:ID', 'name', ':LABEL'], ','))
  await relationshipFile.write(
    tableRow([':START_ID', ':END_ID', ':TYPE', 'document', 'sentence:int', 'author', 'confidence:float'], ','),
  )
  const ids = new Map<string, string>()
  for await (const doc of docs) {
    const { entities, triples } = triplesOf(doc)
    const nodes: string[] = []
    const idOf = (entity: Entity): string => {
      const key = keyOf(entity)
      const known = ids.get(key)
      if (known !== undefined) return known
      const id = String(ids.size + 1)
      ids.set(key, id)
      nodes.push(tableRow([id, oneLine(entity.name), labelsOf(entity)], ','))
      return id
    }
    entities.forEach(idOf)
    const relationships = triples.map(({ subject, type, object, docId, sentence, provenance }) =>
      tableRow(
        [
          ...[idOf(subject), idOf(object), oneLine(type), oneLine(docId), String(sentence)],
          ...[provenance?.author ?? '', provenance?.confidence === undefined ? '' : String(provenance.confidence)],
        ],
        ',',
      ),
    )
    if (nodes.length > 0) await nodeFile.write(nodes.join(''))
    if (relationships.length > 0) await relationshipFile.write(relationships.join(''))
  }
}

/** Every node is an Entity, and of its type where it has one. */
function labelsOf({ type }: Entity): string {
  return type === null ? 'Entity' : `Entity;${oneLine(type).replaceAll(';', ',')}`
}

/** The bulk import takes a line break within a cell only when it is told to. */
function oneLine(text: string): string {
  return text.replaceAll(/[\r\n]+/g, ' ')
}
