/** Counts that are kept: after whatever happens to corpora they are what counting the rows gives. */
import fc from 'fast-check'
import { setImmediate } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { runSteps } from '#main/core/steps'
import type { AnnotatedDoc } from '#main/document/annotated-doc'
import { invertChanges, type Change } from '#main/document/operation'
import { createAnnotationRepository } from '#main/storage/annotation-repository'
import { createBinRepository } from '#main/storage/bin-repository'
import { createCorpusRepository } from '#main/storage/corpus-repository'
import { openDatabase, type Database } from '#main/storage/database'
import { createEraser } from '#main/storage/eraser'
import { migrate, migrations } from '#main/storage/migrations/migrations'
import { annotatedDocs } from '../support/corpus-arbitraries.ts'
import { expectRightCounts as expectRight } from '../support/kept-counts.ts'
import { tripleDocs } from '../support/temporary-workspace.ts'

const labels = { entityTypes: [], relationTypes: [], signatures: [] }

function openMemory(steps = migrations): Database {
  const database = openDatabase(':memory:')
  migrate(database, 1, steps)
  return database
}

/** Acts on a workspace, each by a number that chooses what it acts on. */
function actsOn(database: Database) {
  let names = 0
  const corpora = createCorpusRepository(database, () => 1)
  const annotations = createAnnotationRepository(database)
  const bin = createBinRepository(database, () => 1)
  const eraser = createEraser(database)
  const pick = <Item>(items: readonly Item[], number: number): Item | undefined => items[number % items.length]
  const anyCorpus = (number: number) => pick(corpora.list(), number)?.corpusId
  const anySentence = (number: number) =>
    pick(
      database.column<number>(
        'SELECT sentence_id FROM sentence JOIN corpus USING (corpus_id) WHERE bin_id IS NULL AND is_staging = 0 AND length(tokens) > 2',
      ),
      number,
    )
  const change = (number: number, changes: (sentenceId: number) => Change[]): void => {
    const sentenceId = anySentence(number)
    if (sentenceId !== undefined) annotations.apply(sentenceId, 'Ada', 'act', changes(sentenceId), 1)
  }
  const provenance = { origin: 'person', author: 'Ada' } as const
  return {
    write: (number: number, docs: readonly AnnotatedDoc[]) => {
      const corpusId = anyCorpus(number) ?? corpora.create(`corpus ${++names}`, labels)
      corpora.addDocs(corpusId, 'dev', 'a', docs)
    },
    async importNew(_: number, docs: readonly AnnotatedDoc[]) {
      const staged = corpora.stage()
      await staged.add('train', 'b', docs, setImmediate)
      await staged.index(setImmediate)
      staged.publishAs(`corpus ${++names}`, labels)
    },
    async importBehind(number: number, docs: readonly AnnotatedDoc[]) {
      const corpusId = anyCorpus(number)
      if (corpusId === undefined) return
      const staged = corpora.stage()
      await staged.add('train', 'c', docs, setImmediate)
      await staged.index(setImmediate)
      for (const _ of staged.publishInto(corpusId)) expectRight(database)
    },
    review: (number: number) =>
      change(number, (sentenceId) => {
        const before = annotations.annotation(sentenceId).review
        return [
          { kind: 'review', before, after: { ...before, isReviewed: !before.isReviewed, isFlagged: number % 3 === 0 } },
        ]
      }),
    addSpan: (number: number) =>
      change(number, () => [
        { kind: 'span', before: null, after: { id: `new ${++names}`, start: 0, end: 1, label: 'PERSON', provenance } },
      ]),
    rename: (number: number) =>
      change(number, (sentenceId) => [
        ...annotations
          .annotation(sentenceId)
          .spans.map((before): Change => ({ kind: 'span', before, after: { ...before, label: 'THING' } })),
        ...annotations
          .annotation(sentenceId)
          .relations.map((before): Change => ({ kind: 'relation', before, after: { ...before, type: 'other' } })),
      ]),
    clear: (number: number) =>
      change(number, (sentenceId) => {
        const { spans, relations } = annotations.annotation(sentenceId)
        return [
          ...relations.map((before): Change => ({ kind: 'relation', before, after: null })),
          ...spans.map((before): Change => ({ kind: 'span', before, after: null })),
        ]
      }),
    undo: (number: number) => {
      const act = annotations.latestUndoable(anyCorpus(number) ?? 0, 'Ada')
      if (act)
        annotations.apply(act.sentenceId, 'Ada', 'undo', invertChanges(act.changes), 1, { undoes: act.operationId })
    },
    renameUnanchored: () => void database.run(`UPDATE unanchored SET type = 'other'`),
    moveSplit: (number: number) =>
      void database.run(
        'UPDATE sentence SET split = 2, position = 1000000 + sentence_id WHERE sentence_id = ?',
        anySentence(number) ?? 0,
      ),
    remove: (number: number) => {
      const corpusId = anyCorpus(number)
      if (corpusId !== undefined) bin.putCorpus(corpusId, [], 'Ada')
    },
    restore: (number: number) => {
      const entry = pick(bin.list(), number)
      if (entry) bin.restore(entry.binId, null)
    },
    erase: (number: number) => {
      const entry = pick(bin.list(), number)
      if (!entry) return
      eraser.add(bin.erase(entry.binId) ?? 0)
      expectRight(database)
      while (eraser.step()) expectRight(database)
    },
  }
}

describe('the counts of sentences and types', () => {
  it('are those of the rows after any acts in any order', async () => {
    const acts = Object.keys(actsOn(openMemory())) as (keyof ReturnType<typeof actsOn>)[]
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.constantFrom(...acts), fc.nat(1000), annotatedDocs), { maxLength: 25 }),
        async (steps) => {
          const database = openMemory()
          const own = actsOn(database)
          for (const [act, number, docs] of [
            ['write', 0, tripleDocs(['Mara left', ['Mara', 'left', 'Nobody']])] as const,
            ...steps,
          ]) {
            await own[act](number, docs)
            expectRight(database)
          }
          database.close()
        },
      ),
      { numRuns: 40 },
    )
  }, 60_000)

  it('are filled for the corpora of an older workspace', () => {
    const before = migrations.findIndex(({ name }) => name.endsWith('-counters'))
    const database = openMemory(migrations.slice(0, before))
    // rows as that schema has them: the repositories of today write columns of later steps
    database.script(`
      INSERT INTO corpus (corpus_id, name, labels, created_ms) VALUES (1, 'old', '${JSON.stringify(labels)}', 1);
      INSERT INTO doc (doc_id, corpus_id, split, file, source_id, text, tokens)
        VALUES (1, 1, 2, 'a', 'one', 'Mara left Velt', '[0,4,5,9,10,14]'), (2, 1, 2, 'a', 'two', 'Nothing .', '[0,7,8,9]');
      INSERT INTO sentence (sentence_id, doc_id, corpus_id, split, position, first_token, text, tokens, span_count, triple_count,
          overlap, ambiguous_anchors, repeated_triples)
        VALUES (1, 1, 1, 2, 1, 0, 'Mara left Velt', '[0,4,5,9,10,14]', 2, 2, 1, 0, 0),
          (2, 2, 1, 2, 2, 0, 'Nothing .', '[0,7,8,9]', 0, 0, 0, 0, 0);
      INSERT INTO span (sentence_id, position, span_id, start_token, end_token, label, origin, author)
        VALUES (1, 0, 's1', 0, 1, 'ENTITY', 'import', 'a'), (1, 1, 's2', 2, 3, 'ENTITY', 'import', 'a');
      INSERT INTO relation (sentence_id, position, relation_id, subject, type, object, origin, author)
        VALUES (1, 0, 'r1', 's1', 'left', 's2', 'import', 'a');
      INSERT INTO unanchored VALUES (1, 0, 'Mara', 'knows', 'Nobody');
    `)
    const told: string[] = []
    migrate(database, 1, migrations, { tell: (message) => void told.push(message) })
    expect(told).toEqual([expect.stringMatching(/^The workspace is being brought from schema \d+ to \d+\./)])
    expectRight(database)
    expect(database.get('SELECT sum(sentences) AS sentences, sum(triples) AS triples FROM sentence_count')).toEqual({
      ...{ sentences: 2, triples: 2 },
    })
  })

  it('tell of every change of a corpus, and of no other', () => {
    const database = openMemory()
    const corpora = createCorpusRepository(database, () => 1)
    const annotations = createAnnotationRepository(database)
    const [one, other] = ['one', 'other'].map((name) => corpora.create(name, labels))
    for (const corpusId of [one, other]) corpora.addDocs(corpusId ?? 0, 'train', 'a', tripleDocs(['Mara left']))
    const stamps = () => [corpora.changes(one ?? 0), corpora.changes(other ?? 0)]
    const [first, second] = stamps()
    const { review } = annotations.annotation(1)
    annotations.apply(1, 'Ada', 'note', [{ kind: 'review', before: review, after: { ...review, note: 'x' } }], 1)
    expect(stamps()).toEqual([expect.not.toBeOneOf([first]), second])
  })
})

describe('pages', () => {
  const database = openMemory()
  const corpora = createCorpusRepository(database, () => 1)
  const corpusId = corpora.create('made', labels)
  const docs = Array.from({ length: 90 }, (_, at) =>
    tripleDocs([`Mara ${at} left Velt`, ['Mara', at % 9 === 0 ? 'knows' : 'left', 'Velt'], ['Mara', 'is', 'Nobody']]),
  ).flat()
  corpora.addDocs(corpusId, 'train', 'a', docs.slice(0, 50))
  corpora.addDocs(corpusId, 'test', 'a', docs.slice(50))
  const all = { corpusId, limit: 7 }

  it.each([
    [{}, 90],
    [{ splits: ['test'] as const }, 40],
    [{ status: 'new' as const }, 90],
    [{ status: 'flagged' as const }, 0],
    [{ relationType: 'knows' }, 10],
    [{ relationType: 'is', splits: ['train'] as const }, 50],
    [{ entityType: 'Entity' }, null],
    [{ relationType: 'knows', status: 'new' as const, search: 'mara' }, 10],
    [{ search: 'velt' }, 90],
    [{ overlapClass: 'none' as const }, 0],
  ])('of %j join to the whole list, wherever they begin', (filter, total) => {
    const whole = corpora.sentencePage(corpusId, filter, 0, 1000)
    expect(whole.rows).toHaveLength(whole.total)
    if (total !== null) expect(whole.total).toBe(total)
    const keys = whole.rows.map(({ split, position }) => `${split} ${String(position).padStart(4, '0')}`)
    expect(keys).toEqual(keys.toSorted((a, b) => (a < b ? 1 : -1)).toSorted((a, b) => order(a) - order(b)))
    for (let offset = 0; offset < whole.total + 7; offset += 7) {
      const page = corpora.sentencePage(corpusId, filter, offset, all.limit)
      expect(page.rows).toEqual(whole.rows.slice(offset, offset + all.limit))
      expect(page.total).toBe(whole.total)
    }
  })

  const order = (key: string): number => (key.startsWith('train') ? 0 : 2e6) + Number(key.slice(-4))

  it('are read by position where a corpus has no gaps, and by counting where it has', () => {
    const page = () => corpora.sentencePage(corpusId, {}, 48, 4).rows.map(({ position }) => position)
    expect(page()).toEqual([49, 50, 1, 2])
    database.run('UPDATE sentence SET position = position + 500 WHERE corpus_id = ? AND split = 2', corpusId)
    expect(page()).toEqual([49, 50, 501, 502])
    database.run('UPDATE sentence SET position = position - 500 WHERE corpus_id = ? AND split = 2', corpusId)
  })

  it('find what is flagged, unreviewed or of a type by an index', () => {
    const plan = (sql: string) =>
      database
        .all<{ detail: string }>(`EXPLAIN QUERY PLAN ${sql}`, 1)
        .map(({ detail }) => detail)
        .join('; ')
    const list = (condition: string) =>
      plan(`SELECT sentence_id FROM sentence WHERE corpus_id = ? AND ${condition} ORDER BY split, position LIMIT 50`)
    expect(list('(is_flagged = 1 OR flagged_items > 0)')).toBe(
      'SEARCH sentence USING COVERING INDEX sentence_flagged (corpus_id=?)',
    )
    expect(list('is_reviewed = 0')).toMatch(
      /^SEARCH sentence USING COVERING INDEX sentence_review \(corpus_id=\? AND is_reviewed=\?\)$/,
    )
    expect(plan('SELECT 1 FROM sentence WHERE doc_id = ? AND position = 3')).toContain(
      'sentence_doc (doc_id=? AND position=?)',
    )
  })

  it('take the ids of a search from what was found before, until the corpus changes', () => {
    const steps = (search: string) => {
      const reading = corpora.sentencePageSteps(corpusId, { search }, 0, 5)
      let count = 0
      for (; reading.next().done !== true; count++) continue
      return count
    }
    corpora.addDocs(corpusId, 'dev', 'b', Array.from({ length: 20_100 }, () => docs.slice(0, 1)).flat())
    expect(steps('mara')).toBeGreaterThan(3)
    expect(steps('mara')).toBe(0)
    corpora.addDocs(corpusId, 'dev', 'c', docs.slice(0, 1))
    expect(steps('mara')).toBeGreaterThan(3)
    expect(runSteps(corpora.sentencePageSteps(corpusId, { search: 'mara' }, 20_180, 50)).rows).toHaveLength(11)
  })
})
