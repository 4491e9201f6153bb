/** Formats of results: what other programs read out of them is what was found, whatever the texts hold. */
import fc from 'fast-check'
import { Parser } from 'n3'
import { parse } from 'csv-parse/sync'
import { describe, expect, it } from 'vitest'
import type { ResultFormat } from '#main/api/results'
import type { Sink } from '#main/core/sink'
import type { ExtractedRow } from '#main/document/extracted-row'
import type { ExtractedDocument } from '#main/document/extracted-document'
import { resultWriters } from '#main/services/results/formats/formats'

const texts = fc.oneof(
  fc.string({ unit: 'binary', minLength: 1 }),
  fc.string({ unit: 'grapheme', minLength: 1 }),
  fc.constantFrom('=1+1', '-5', 'a "b", c', 'two\nlines', "O'Neil", 'tab\there', '`x`', 'a;b', 'é', '\\', '<&>', ' x '),
)

/** Rows in the order of their documents, with a name id for each text. */
const rowsOf = fc
  .array(fc.tuple(texts, texts, texts, fc.double({ min: 0, max: 1, noNaN: true })), { maxLength: 8 })
  .map((list) => {
    const names = new Map<string, number>()
    const nameOf = (text: string): number => {
      if (!names.has(text)) names.set(text, names.size + 1)
      return names.get(text) ?? 0
    }
    return list.map(([subject, relation, object, probability], at): ExtractedRow => {
      const sentence = `${subject} ${object}`
      const length = Array.from(subject).length
      const span = (text: string, start: number) => ({
        ...{ text, type: 'THING', start, end: start + Array.from(text).length },
        ...{ entityId: nameOf(text), nameId: nameOf(text) },
      })
      return {
        ...{ tripleId: at + 1, document: `doc ${Math.floor(at / 2)}`, position: Math.floor(at / 2) },
        ...{ subject: span(subject, 0), relation, object: span(object, length + 1), probability },
        ...{ sentence, sentenceStart: at % 2 === 0 ? 0 : 1000 },
      }
    })
  })

async function written(format: ResultFormat, rows: readonly ExtractedRow[], options = {}) {
  const files = new Map<string, string>()
  const sinkOf = (name: string): Sink => ({
    write: async (text) => void files.set(name, (files.get(name) ?? '') + text),
    beside: sinkOf,
  })
  const run = { runId: 'run-1', name: 'pmei seed 1' }
  const writer = resultWriters[format].open(sinkOf(''), { run, byteOrderMark: false, rawCells: true, ...options })
  await writer.begin()
  for (let at = 0; at < rows.length; at += 3) await writer.write(rows.slice(at, at + 3))
  await writer.end()
  return { files, text: files.get('') ?? '', losses: writer.losses() }
}

const check = (property: (rows: readonly ExtractedRow[]) => Promise<void>) =>
  fc.assert(fc.asyncProperty(rowsOf, property), { numRuns: 60 })

const wellFormed = (text: string): string => text.toWellFormed()

describe('a file of results', () => {
  it.each([
    ['csv', ','],
    ['tsv', '\t'],
  ] as const)('in %s has a row for each triple, whatever the texts hold', async (format, delimiter) => {
    await check(async (rows) => {
      const { text } = await written(format, rows)
      const [header = [], ...records] = parse(text, { delimiter, relax_column_count: false })
      expect(header.slice(0, 2)).toEqual(['document', 'subject'])
      expect(records.map((cells) => [cells[0], cells[1], cells[5], cells[6], cells[11], cells[12]])).toEqual(
        rows.map(({ document, subject, relation, object, sentence }) => [
          ...[document, subject.text, relation, object.text, sentence, 'pmei seed 1'],
        ]),
      )
    })
  })

  it('in CSV begins with a mark for spreadsheets and keeps them from running formulas, and says how often', async () => {
    const [row] = fc.sample(rowsOf, 50).flat()
    const rows = row ? [{ ...row, subject: { ...row.subject, text: '=1+1' }, document: '@doc', object: { ...row.object, text: 'x' }, relation: 'r', sentence: 's' }] : [] // prettier-ignore
    const { text, losses } = await written('csv', rows, { byteOrderMark: true, rawCells: false })
    expect(text.startsWith('\ufeffdocument,')).toBe(true)
    expect(text).toContain("\r\n'@doc,'=1+1,")
    expect(losses.at(-1)).toBe(
      '2 cells begin with an apostrophe, because a spreadsheet would have run them as formulas',
    )
  })

  it.each(['ntriples', 'turtle'] as const)('in %s is what an RDF library reads as these triples', async (format) => {
    await check(async (rows) => {
      const { text } = await written(format, rows)
      const quads = new Parser({ format: format === 'turtle' ? 'text/turtle' : 'N-Triples' }).parse(text)
      const named = (kind: 'e' | 'r', name: string): string =>
        decodeURIComponent(name.slice(`urn:espalier:${kind}/`.length))
      const found = quads
        .filter(({ predicate }) => predicate.value.startsWith('urn:espalier:r/'))
        .map(({ subject, predicate, object }) => [
          ...[named('e', subject.value), named('r', predicate.value), named('e', object.value)],
        ])
      expect(found).toEqual(
        rows.map(({ subject, relation, object }) => [subject.text, relation, object.text].map(wellFormed)),
      )
      const labels = quads.filter(({ predicate }) => predicate.value.endsWith('rdf-schema#label'))
      const names = new Set(rows.flatMap(({ subject, object }) => [subject.text, object.text]))
      expect(labels.length).toBe(names.size + (format === 'turtle' ? 1 : 0))
    })
  })

  it('in GraphML holds nothing that XML forbids, and a node for each end of an edge', async () => {
    await check(async (rows) => {
      const { text } = await written('graphml', rows)
      expect(text).not.toMatch(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/)
      expect(text.replaceAll(/&(amp|lt|gt|quot|#13);/g, '')).not.toMatch(/&/)
      const nodes = [...text.matchAll(/<node id="(n\d+)"/g)].map(([, id]) => id)
      const ends = [...text.matchAll(/source="(n\d+)" target="(n\d+)"/g)].flatMap(([, from, to]) => [from, to])
      expect(new Set(nodes).size).toBe(nodes.length)
      expect(new Set(ends)).toEqual(new Set(nodes))
      expect(ends).toHaveLength(rows.length * 2)
    })
    const [row] = fc.sample(rowsOf, 50).flat()
    const { losses } = await written('graphml', row ? [{ ...row, sentence: 'a\u0000b\u0001' }] : [])
    expect(losses.some((loss) => loss.endsWith('control characters were removed, which XML cannot hold'))).toBe(true)
  })

  it('for Neo4j is a file of nodes and one of relationships whose ends are among them', async () => {
    await check(async (rows) => {
      const { files } = await written('neo4j', rows)
      const [nodeHead = [], ...nodes] = parse(files.get('nodes.csv') ?? '')
      const [edgeHead = [], ...edges] = parse(files.get('relationships.csv') ?? '')
      expect(nodeHead).toEqual(['id:ID', 'name', 'entity:long', ':LABEL'])
      expect(edgeHead.slice(0, 3)).toEqual([':START_ID', ':END_ID', ':TYPE'])
      const ids = nodes.map(([id]) => id)
      expect(new Set(ids).size).toBe(ids.length)
      expect(edges.map(([from, to, type]) => [ids.includes(from ?? ''), ids.includes(to ?? ''), type])).toEqual(
        rows.map(({ relation }) => [true, true, relation]),
      )
    })
  })

  it('holds what is said of a triple beside its probability, wherever the format has a place for it', async () => {
    const [row] = fc.sample(rowsOf, 50).flat()
    if (!row) return expect.unreachable()
    const marked = { ...row, calibratedProbability: 0.625, plausibility: 'forbidden', verdict: 'wrong' } as const
    const { calibratedProbability: _c, plausibility: _p, verdict: _v, ...bare } = marked
    const rows = [marked, { ...bare, tripleId: 999 }]
    const quads = new Parser({ format: 'text/turtle' }).parse((await written('turtle', rows)).text)
    const said = quads.filter(({ predicate }) => /(calibratedProbability|plausibility|verdict)$/.test(predicate.value))
    expect(said.map(({ object }) => object.value)).toEqual(['0.625', 'forbidden', 'wrong'])
    const graph = (await written('graphml', rows)).text
    expect(graph).toContain(
      '<data key="calibrated">0.625</data><data key="plausibility">forbidden</data><data key="verdict">wrong</data>',
    )
    expect(graph.match(/<data key="(calibrated|plausibility|verdict)">/g)).toHaveLength(3)
    const [head = [], first = [], second = []] = parse(
      (await written('neo4j', rows)).files.get('relationships.csv') ?? '',
    )
    expect(head.slice(6)).toEqual(['calibrated_probability:float', 'plausibility', 'verdict'])
    expect([first.slice(6), second.slice(6)]).toEqual([
      ['0.625', 'forbidden', 'wrong'],
      ['', '', ''],
    ])
    const statements = (await written('cypher', rows)).text
    expect(statements).toContain("c: 0.625, q: 'forbidden', v: 'wrong', d: ")
    expect(statements).toContain('c: null, q: null, v: null, d: ')
  })

  it('in Cypher closes every text and name that it opens', async () => {
    await check(async (rows) => {
      const { text } = await written('cypher', rows)
      expect(text.startsWith('CREATE CONSTRAINT ')).toBe(true)
      const bare = text.replaceAll(/'(?:[^'\\]|\\.)*'|`(?:[^`]|``)*`/gs, 'T')
      expect(bare).not.toMatch(/['`]/)
      expect(bare).not.toContain('\\u0060') // another way to write a back-tick
      expect(bare.match(/s: \d+/g)?.length ?? 0).toBe(rows.length)
    })
  })

  it('in JSON lines has documents laid out as the whole extraction has them', async () => {
    await check(async (rows) => {
      const { text } = await written('jsonl', rows)
      const documents = text
        .split('\n')
        .filter(Boolean)
        .map((line): ExtractedDocument => JSON.parse(line))
      expect(documents.map(({ document }) => document)).toEqual([...new Set(rows.map(({ document }) => document))])
      const found = documents.flatMap(({ sentences }) => sentences.flatMap(({ triples }) => triples))
      expect(found.map(({ subject, relation, object }) => [subject.text, relation, object.text])).toEqual(
        rows.map(({ subject, relation, object }) => [subject.text, relation, object.text]),
      )
    })
  })
})
