/** The results of an extraction as rows: every filter and order gives what going through the documents gives. */
import { copyFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { nameKey } from '#main/text/name-key'
import type { ExtractedDocument, ExtractedSpan } from '#main/document/extracted-document'
import {
  rowSorts,
  type ExtractedRow,
  type PairFilter,
  type PairRow,
  type RowFilter,
  type RowPage,
  type RowPlace,
} from '#main/document/extracted-row'
import { runSteps } from '#main/core/steps'
import type { RowSorting } from '#main/storage/extractions/row-list'
import { openWorkspace, type Workspace } from '#main/storage/workspace'
import { resultsName } from '#main/storage/workspace-names'
import { listNow } from '../support/listed-rows.ts'
import { madeDocuments, type MadeOptions } from '../support/made-results.ts'
import { makeRun } from '../support/renderer-runs.ts'
import { makeCorpus, temporaryWorkspace, tripleDocs } from '../support/temporary-workspace.ts'

const small: MadeOptions = { documents: 60, sentences: 4, names: 9 }

function extracted(workspace: Workspace, documents: readonly ExtractedDocument[]): number {
  const extractionId = workspace.extractions.create({
    ...{ runId: 'pmei-1', runName: 'pmei', title: 'made', output: null, createdMs: 1 },
  })
  workspace.extractions.addDocuments(
    extractionId,
    documents.map((document) => ({
      document,
      digest: document.failure === null ? Buffer.from(document.document) : null,
    })),
  )
  listNow(workspace, extractionId)
  return extractionId
}

function open(options: MadeOptions = small) {
  const workspace = temporaryWorkspace()
  const documents = [...madeDocuments(options)]
  return { workspace, documents, extractionId: extracted(workspace, documents) }
}

/** The whole list, in pages of three. */
function allRows(workspace: Workspace, extractionId: number, filter: RowFilter, sorting: RowSorting): ExtractedRow[] {
  const rows: ExtractedRow[] = []
  let after: RowPlace | null = null
  for (;;) {
    const page: RowPage<ExtractedRow> = runSteps(
      workspace.results.rowPage({ of: 'triples', extractionId, filter, sorting, after, limit: 3 }),
    )
    rows.push(...page.rows)
    if (!page.next) return rows
    after = page.next
  }
}

interface Expected {
  readonly document: string
  readonly sentence: string
  readonly subject: string
  readonly subjectType: string
  readonly relation: string
  readonly object: string
  readonly objectType: string
  readonly probability: number
}

function expectedRows(documents: readonly ExtractedDocument[]): Expected[] {
  return documents.flatMap(({ document, sentences }) =>
    sentences.flatMap(({ text, triples }) =>
      triples.map(({ subject, relation, object, probability }) => ({
        ...{ document, sentence: text, relation, probability },
        ...{ subject: subject.text, subjectType: subject.type, object: object.text, objectType: object.type },
      })),
    ),
  )
}

const shown = ({ document, sentence, subject, relation, object, probability }: ExtractedRow): Expected => ({
  ...{ document, sentence, relation, probability },
  ...{ subject: subject.text, subjectType: subject.type, object: object.text, objectType: object.type },
})

const byText = (rows: readonly Expected[]): string[] => rows.map((row) => JSON.stringify(row)).sort()
const words = (text: string): string[] => text.toLowerCase().split(/[^a-z0-9]+/)
const holds = (text: string, search: string): boolean =>
  words(search).every((word) => words(text).some((other) => other.startsWith(word)))

const filters: readonly (readonly [RowFilter, (row: Expected) => boolean])[] = [
  [{}, () => true],
  [{ relation: 'founded' }, ({ relation }) => relation === 'founded'],
  [{ subjectType: 'organisation' }, ({ subjectType }) => subjectType === 'organisation'],
  [{ objectType: 'place', leastProbability: 0.7 }, (row) => row.objectType === 'place' && row.probability >= 0.7],
  [{ mostProbability: 0.8, relation: 'met' }, (row) => row.probability <= 0.8 && row.relation === 'met'],
  [{ document: 'part1.jsonl' }, ({ document }) => document.startsWith('part1.jsonl')],
  [{ document: 'part2.jsonl#3' }, ({ document }) => document.startsWith('part2.jsonl#3')],
  [{ search: 'pname 3' }, ({ sentence }) => holds(sentence, 'pname 3')],
  [{ search: 'pname 3', searchIn: 'names' }, (row) => [row.subject, row.object].some((name) => holds(name, 'pname 3'))],
  [{ search: 'nowhere' }, () => false],
  [{ search: '...' }, () => false],
  [
    { search: 'oname', searchIn: 'names', relation: 'works_for', document: 'part3' },
    (row) =>
      row.relation === 'works_for' &&
      row.document.startsWith('part3') &&
      [row.subject, row.object].some((name) => holds(name, 'oname')),
  ],
]

describe('rows of an extraction', () => {
  it('are the same for every filter as those of the documents, in every order, page by page', async () => {
    const { workspace, documents, extractionId } = open()
    const all = expectedRows(documents)
    for (const [filter, passes] of filters)
      for (const by of rowSorts)
        for (const isDescending of [false, true]) {
          const rows = allRows(workspace, extractionId, filter, { by, isDescending })
          expect([JSON.stringify(filter), by, byText(rows.map(shown))]).toEqual([
            ...[JSON.stringify(filter), by],
            byText(all.filter(passes)),
          ])
          expect(isSorted(rows, by, isDescending)).toBe(true)
        }
  })

  it('are the same where too many match to look them up one by one', async () => {
    const { workspace, documents, extractionId } = open({ documents: 3000, sentences: 6, names: 40 })
    const all = expectedRows(documents)
    expect(all.length).toBeGreaterThan(25_000)
    for (const [filter, passes] of filters.filter(([filter]) => filter.document !== 'part2.jsonl#3'))
      for (const by of rowSorts) {
        const marks = runSteps(
          workspace.results.marks({
            ...{ of: 'triples', extractionId, filter, sorting: { by, isDescending: true } },
            ...{ after: null, most: 1_000_000 },
          }),
        )
        expect([filter, by, marks.count]).toEqual([filter, by, all.filter(passes).length])
        const [, second] = marks.places
        if (!second) continue
        const request = { of: 'triples', extractionId, filter, sorting: { by, isDescending: true } } as const
        const jumped = runSteps(workspace.results.rowPage({ ...request, after: second, limit: 10 }))
        const walked = runSteps(workspace.results.rowPage({ ...request, after: null, limit: 210 }))
        expect(jumped.rows).toEqual(walked.rows.slice(200))
      }
  }, 120_000)

  it('are counted piece by piece, each behind the one before', async () => {
    const { workspace, extractionId } = await open({ documents: 400, sentences: 4, names: 40 })
    const list = {
      of: 'triples',
      extractionId,
      filter: {},
      sorting: { by: 'probability', isDescending: true },
    } as const
    const mark = (after: RowPlace | null, most: number) => runSteps(workspace.results.marks({ ...list, after, most }))
    const whole = mark(null, 1_000_000)
    const first = mark(null, 300)
    const rest = mark(first.next, 1_000_000)
    expect([first.count, first.places.length, rest.next, whole.next]).toEqual([300, 3, null, null])
    expect(first.count + rest.count).toBe(whole.count)
    expect([...first.places, ...rest.places]).toEqual(whole.places)
  })

  it('count at once where a counter knows, and say so where only going through them would tell', async () => {
    const { workspace, documents, extractionId } = open()
    const all = expectedRows(documents)
    const total = (filter: RowFilter) =>
      runSteps(
        workspace.results.rowPage({
          ...{
            of: 'triples',
            extractionId,
            filter,
            sorting: { by: 'order', isDescending: false },
            after: null,
            limit: 3,
          },
        }),
      ).total
    expect(total({})).toBe(all.length)
    expect(total({ relation: 'met' })).toBe(all.filter(({ relation }) => relation === 'met').length)
    expect(total({ relation: 'met', leastProbability: 0.6 })).toBeNull()
    const facts = workspace.results.facts(extractionId)
    expect(facts).toMatchObject({ documents: 60, listed: 60, triples: all.length })
    expect(facts.types.find(({ type }) => type === 'person')?.subjects).toBe(
      all.filter(({ subjectType }) => subjectType === 'person').length,
    )
  })

  it('go on being made where a kill stopped them, nothing twice and nothing left out, also within one sentence', () => {
    const made = [...madeDocuments(small)]
    const crowded = made.map((document, at) =>
      at === 3 ? { ...document, sentences: document.sentences.map(repeated) } : document,
    )
    const facts = [1, Infinity].map((killedAfter) => {
      const { workspace, extractionId } = open({ ...small, documents: 0 })
      workspace.extractions.addDocuments(
        extractionId,
        crowded.map((document) => ({ document, digest: null })),
      )
      for (let times = 0; workspace.results.isBehind(extractionId); times++) {
        expect(times).toBeLessThan(100)
        listNow(workspace, extractionId, killedAfter)
      }
      const rows = allRows(workspace, extractionId, {}, { by: 'order', isDescending: false })
      expect(rows.map(shown)).toEqual(expectedRows(crowded))
      const request = { of: 'pairs', extractionId, filter: {}, sorting: { by: 'support', isDescending: true } } as const
      const pairs = runSteps(workspace.results.pairPage({ ...request, after: null, limit: 1000 })).rows
      return { pairs: pairs.map((pair) => ({ ...pair, pairId: 0 })), facts: workspace.results.facts(extractionId) }
    })
    expect(facts[0]).toEqual(facts[1])
  })

  it('are those of the documents of the last attempt, where an extraction began again', () => {
    const { workspace, extractionId } = open({ ...small, documents: 0 })
    const addAll = (documents: readonly ExtractedDocument[]): void =>
      workspace.extractions.addDocuments(
        extractionId,
        documents.map((document) => ({ document, digest: null })),
      )
    const failed = { runId: 'pmei-1', sentences: [], failure: 'no text' }
    addAll(['a', 'b', 'c'].map((document) => ({ ...failed, document })))
    listNow(workspace, extractionId)
    workspace.extractions.clear(extractionId)
    expect(workspace.results.facts(extractionId)).toMatchObject({ documents: 0, listed: 0 })
    const made = [...madeDocuments({ ...small, documents: 3 })]
    addAll(made)
    expect(workspace.results.isBehind(extractionId)).toBe(true)
    listNow(workspace, extractionId)
    const rows = allRows(workspace, extractionId, {}, { by: 'order', isDescending: false })
    expect(rows.map(shown)).toEqual(expectedRows(made))
  })

  it('are made again where their file was lost, damaged, or is that of another workspace', () => {
    const first = open()
    const folder = first.workspace.folder
    const file = path.join(folder, resultsName)
    const all = allRows(first.workspace, first.extractionId, {}, { by: 'order', isDescending: false })
    const other = open({ ...small, documents: 90 }).workspace
    other.close()
    first.workspace.close()
    const spoilt: (() => void)[] = [
      () => rmSync(file),
      () => writeFileSync(file, 'no database'),
      () => copyFileSync(path.join(other.folder, resultsName), file),
    ]
    for (const spoil of spoilt) {
      spoil()
      const workspace = openWorkspace(folder)
      expect(workspace.results.facts(first.extractionId)).toMatchObject({ documents: 60, listed: 0, triples: 0 })
      listNow(workspace, first.extractionId)
      expect(allRows(workspace, first.extractionId, {}, { by: 'order', isDescending: false })).toEqual(all)
      workspace.close()
    }
  })
})

/** The sentence with its triples many times over: more than one step makes rows of. */
function repeated(sentence: ExtractedDocument['sentences'][number]): ExtractedDocument['sentences'][number] {
  return { ...sentence, triples: Array.from({ length: 200 }, () => sentence.triples).flat() }
}

function isSorted(rows: readonly ExtractedRow[], by: RowSorting['by'], isDescending: boolean): boolean {
  const key = (row: ExtractedRow): string | number =>
    by === 'probability'
      ? row.probability
      : by === 'order'
        ? row.tripleId
        : by === 'relation'
          ? row.relation
          : row.subject.text.toLowerCase()
  return rows.every((row, at) => {
    const next = rows[at + 1]
    return !next || (isDescending ? key(row) >= key(next) : key(row) <= key(next))
  })
}

it('rows of a sentence as long as a book hold what stands around them, by its place', () => {
  const workspace = temporaryWorkspace()
  const [document] = madeDocuments({ ...small, documents: 1 })
  const sentence = document?.sentences.find(({ triples }) => triples.length > 0)
  if (!document || !sentence) throw new Error('it has triples')
  const before = '🌱 word '.repeat(3000)
  const moved = (span: ExtractedSpan): ExtractedSpan => ({
    ...span,
    start: span.start + 21_000,
    end: span.end + 21_000,
  })
  const long = {
    ...{ ...sentence, text: `${before}${sentence.text}${before}` },
    triples: sentence.triples.map((triple) => ({
      ...triple,
      subject: moved(triple.subject),
      object: moved(triple.object),
    })),
  }
  const extractionId = extracted(workspace, [{ ...document, sentences: [long] }])
  const rows = allRows(workspace, extractionId, {}, { by: 'order', isDescending: false })
  expect(rows).toHaveLength(sentence.triples.length)
  for (const { sentence: shown, sentenceStart, subject, object } of rows) {
    expect(shown.length).toBeLessThan(1000)
    for (const { text, start, end } of [subject, object])
      expect(
        Array.from(shown)
          .slice(start - sentenceStart, end - sentenceStart)
          .join(''),
      ).toBe(text)
  }
})

describe('pairs of an extraction', () => {
  it('have the support of all their triples, whatever variant of a name these have', async () => {
    const { workspace, documents, extractionId } = open()
    const groups = Map.groupBy(
      documents.flatMap(({ document, sentences }) =>
        sentences.flatMap(({ triples }, sentence) => triples.map((triple) => ({ document, sentence, triple }))),
      ),
      ({ triple }) => [nameKey(triple.subject.text), triple.relation, nameKey(triple.object.text)].join('\n'),
    )
    const request = { of: 'pairs', extractionId, filter: {}, sorting: { by: 'support', isDescending: true } } as const
    const { rows, total } = runSteps(workspace.results.pairPage({ ...request, after: null, limit: 1000 }))
    expect(total).toBe(groups.size)
    expect(rows).toHaveLength(groups.size)
    for (const pair of rows) {
      const own = groups.get([nameKey(pair.subject.name), pair.relation, nameKey(pair.object.name)].join('\n')) ?? []
      const probabilities = own.map(({ triple }) => triple.probability)
      expect(pair).toMatchObject({
        triples: own.length,
        sentences: new Set(own.map(({ document, sentence }) => `${document} ${sentence}`)).size,
        documents: new Set(own.map(({ document }) => document)).size,
        bestProbability: Math.max(...probabilities),
      })
      const mean = probabilities.reduce((sum, each) => sum + each, 0) / own.length
      expect(pair.meanProbability).toBeCloseTo(mean, 10)
      const opened = allRows(workspace, extractionId, { pairId: pair.pairId }, { by: 'order', isDescending: false })
      expect(opened).toHaveLength(own.length)
    }
    expect(rows.map(({ sentences }) => sentences)).toEqual(
      rows.map(({ sentences }) => sentences).toSorted((a, b) => b - a),
    )
  })

  it('of equal support stand by their names, page after page, and the other way round from below', () => {
    const { workspace, extractionId } = open()
    const list = (filter: PairFilter, isDescending: boolean): PairRow[] => {
      const request = { of: 'pairs', extractionId, filter, sorting: { by: 'support', isDescending }, limit: 7 } as const
      const rows: PairRow[] = []
      for (let after: RowPlace | null = null; ;) {
        const page: RowPage<PairRow> = runSteps(workspace.results.pairPage({ ...request, after }))
        rows.push(...page.rows)
        if (!page.next) return rows
        after = page.next
      }
    }
    const orderOf = ({ sentences, subject, relation, object }: PairRow): string =>
      [String(1e6 - sentences), nameKey(subject.name), relation, nameKey(object.name)].join('\t')
    const all = list({}, true).map(orderOf)
    expect(all.length).toBeGreaterThan(100)
    expect(all).toEqual(all.toSorted())
    expect(list({}, false).map(orderOf)).toEqual(all.toReversed())
    const met = list({ relation: 'met' }, true).map(orderOf)
    expect(met).toEqual(all.filter((order) => order.split('\t')[2] === 'met'))
    const strong = list({ leastSentences: 2, leastProbability: 0.8 }, true)
    const isStrong = ({ sentences, bestProbability }: PairRow): boolean => sentences >= 2 && bestProbability >= 0.8
    expect(strong.map(orderOf)).toEqual(list({}, true).filter(isStrong).map(orderOf))
    expect(strong.length).toBeGreaterThan(0)
  })

  it('contradict each other: another relation of the same two, or another object where training mostly has one', async () => {
    const { workspace, extractionId } = open()
    const corpusId = makeCorpus(workspace, tripleDocs(['Jon left']))
    workspace.runs.insert({ ...makeRun('pmei', 1, { corpusId }), runId: 'pmei-1' })
    const request = { of: 'pairs', extractionId, sorting: { by: 'support', isDescending: true }, after: null } as const
    const list = (filter: { conflicts?: boolean; relation?: string }) =>
      runSteps(workspace.results.pairPage({ ...request, filter, limit: 1000 })).rows
    expect(list({}).flatMap(({ otherObjects }) => otherObjects)).toEqual([])
    workspace.corrections.keepFunctional('pmei-1', new Map([['founded', 0.95], ['met', 0.5], ['born_in', null]])) // prettier-ignore
    const pairs = list({})
    for (const pair of pairs) {
      const sameEnds = pairs.filter(
        (other) =>
          other.pairId !== pair.pairId &&
          other.subject.entityId === pair.subject.entityId &&
          other.object.entityId === pair.object.entityId,
      )
      expect(pair.otherRelations.length).toBe(Math.min(5, sameEnds.length))
      const sameSubject = pairs.filter(
        (other) =>
          other.pairId !== pair.pairId &&
          other.subject.entityId === pair.subject.entityId &&
          other.relation === pair.relation,
      )
      expect(pair.otherObjects.length).toBe(pair.relation === 'founded' ? Math.min(5, sameSubject.length) : 0)
    }
    const isConflicting = pairs.filter((pair) => pair.otherObjects.length + pair.otherRelations.length > 0)
    expect(isConflicting.length).toBeGreaterThan(0)
    expect(list({ conflicts: true }).map(({ pairId }) => pairId)).toEqual(isConflicting.map(({ pairId }) => pairId))
  })
})

describe('entities of an extraction', () => {
  it('have the variants of their names, and their relations', async () => {
    const { workspace, documents, extractionId } = open()
    const names = documents.flatMap(({ sentences }) =>
      sentences.flatMap(({ triples }) => triples.flatMap(({ subject, object }) => [subject, object])),
    )
    const groups = Map.groupBy(names, ({ text }) => nameKey(text))
    const page = (search?: string) =>
      runSteps(
        workspace.results.entityPage({ of: 'entities', extractionId, filter: { search }, after: null, limit: 1000 }),
      )
    const { rows, total } = page()
    expect(total).toBe(groups.size)
    for (const entity of rows) {
      const own = groups.get(nameKey(entity.name)) ?? []
      expect(entity.mentions).toBe(own.length)
      expect(entity.variantCount).toBe(new Set(own.map(({ text }) => text)).size)
      expect(entity.variants.reduce((sum, { mentions }) => sum + mentions, 0)).toBe(own.length)
      const rowsOf = allRows(
        workspace,
        extractionId,
        { entityId: entity.entityId },
        { by: 'order', isDescending: false },
      )
      const pairs = runSteps(
        workspace.results.pairPage({
          ...{ of: 'pairs', extractionId, filter: { entityId: entity.entityId }, after: null, limit: 1000 },
          sorting: { by: 'support', isDescending: true },
        }),
      ).rows
      expect(entity.relations.reduce((sum, { pairs: count }) => sum + count, 0)).toBe(pairs.length)
      expect(pairs.reduce((sum, { triples }) => sum + triples, 0)).toBe(rowsOf.length)
    }
    expect(page('PNAME 2').rows.map(({ name }) => nameKey(name))).toEqual(['pname 2'])
  })

  it('have a neighbourhood of as many nodes as are asked for, the best supported first', async () => {
    const { workspace, extractionId } = open()
    const [centre] = runSteps(
      workspace.results.entityPage({ of: 'entities', extractionId, filter: {}, after: null, limit: 1 }),
    ).rows
    const near = (depth: 1 | 2, nodes: number) => workspace.results.neighbourhood(centre?.entityId ?? 0, depth, nodes)
    const few = near(1, 4)
    expect(few?.nodes).toHaveLength(4)
    expect(few?.nodes[0]).toMatchObject({ entityId: centre?.entityId, distance: 0 })
    expect(few?.leftOut).toBeGreaterThan(0)
    expect(near(2, 100)?.nodes.some(({ distance }) => distance === 2)).toBe(true)
    expect(near(1, 100)).toMatchObject({ leftOut: 0, isMore: false })
    expect(workspace.results.neighbourhood(1e9, 1, 5)).toBeNull()
  })
})

describe('two extractions', () => {
  it('are told apart triple by triple, and relation by relation', async () => {
    const { workspace, documents, extractionId } = open()
    const others = [...madeDocuments({ ...small, lost: 0.2, shift: 0.2 })]
    const otherId = extracted(workspace, others)
    const keys = (list: readonly ExtractedDocument[]) =>
      new Map(
        list.flatMap(({ document, sentences }) =>
          sentences.flatMap(({ triples }) =>
            triples.map(({ subject, relation, object, probability }) => [
              [document, subject.start, subject.end, relation, object.start, object.end].join(),
              probability,
            ]),
          ),
        ),
      )
    const [here, there] = [keys(documents), keys(others)]
    const both = [...here.keys()].filter((key) => there.has(key))
    const changed = both.filter((key) => Math.abs((here.get(key) ?? 0) - (there.get(key) ?? 0)) >= 0.05)
    const compared = runSteps(workspace.results.compare(extractionId, otherId))
    expect(compared).toMatchObject({
      ...{ both: both.length, changed: changed.length },
      ...{ onlyHere: here.size - both.length, onlyThere: there.size - both.length },
    })
    expect(compared.relations.reduce((sum, row) => sum + row.onlyHere, 0)).toBe(compared.onlyHere)
    for (const [are, count] of [
      ['only', compared.onlyHere],
      ['both', both.length],
      ['changed', changed.length],
    ] as const) {
      // prettier-ignore
      const filter = { against: { extractionId: otherId, are } }
      const rows = allRows(workspace, extractionId, filter, { by: 'probability', isDescending: true })
      expect([are, rows.length]).toEqual([are, count])
      for (const { otherProbability } of rows) expect(otherProbability === null).toBe(are === 'only')
    }
  })

  it('of different inputs are refused in a sentence that names the first difference', async () => {
    const { workspace, extractionId } = open()
    const otherId = extracted(workspace, [...madeDocuments({ ...small, perFile: 5 })])
    expect(() => runSteps(workspace.results.compare(extractionId, otherId))).toThrow(
      'These extractions are of different inputs: where one has part0.jsonl#6, the other has part1.jsonl#1.',
    )
  })
})
