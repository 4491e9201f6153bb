/** Finds what stands twice in a corpus: sentences by their hashes in one pass over an index, triples and documents by theirs. */
import { splits, type Split } from '#main/document/doc'
import type { LeakedTriples, LeakExample, LeakReport, RepeatCount } from '#main/document/leak-report'
import { textKey } from '#main/evaluation/match-items'
import { textHash } from '#main/text/likeness'
import { readRelations, readSpans, readUnanchored } from './annotation-rows.ts'
import type { Database } from './database.ts'
import { textTriples } from './sentence-facts.ts'
import { byIds } from './sentence-set.ts'
import { splitAt, unpackTokens, wordsOf } from './words.ts'

const mostExamples = 200
/** Numbers of rows that one step reads. */
const [likeAtOnce, sentencesAtOnce, docsAtOnce] = [2000, 200, 500]

interface LikeRow {
  readonly loose_hash: number
  readonly exact_hash: number
  readonly split: number
  readonly sentence_id: number
}

interface Pair {
  readonly row: LikeRow
  readonly other: LikeRow
}

/** Reads a corpus, some milliseconds of work at each step. */
export function* readLeaks(database: Database, corpusId: number): Generator<void, LeakReport> {
  const counts = splits.flatMap((split, own) =>
    splits.slice(0, own + 1).map((other) => ({ split, other, exact: 0, normalised: 0 })),
  )
  const pairs: Pair[] = []
  for (const group of likeGroups(database, corpusId)) {
    if (group) countGroup(group, counts, pairs)
    else yield
  }
  const triples = yield* readTriples(database, corpusId)
  const documents = yield* countDocuments(database, corpusId)
  const chosen = pairs
    .sort((a, b) => b.row.split - a.row.split || a.row.sentence_id - b.row.sentence_id)
    .slice(0, mostExamples)
  return { repeats: counts, triples, documents, examples: readExamples(database, chosen) }
}

/** Sentences of one normalised text, where there are several; null after each step. */
function* likeGroups(database: Database, corpusId: number): Generator<LikeRow[] | null, void> {
  let group: LikeRow[] = []
  let after: LikeRow = { loose_hash: -1, exact_hash: -1, split: -1, sentence_id: -1 }
  for (;;) {
    const rows = database.all<LikeRow>(
      `SELECT loose_hash, exact_hash, split, sentence_id FROM sentence INDEXED BY sentence_likeness
       WHERE corpus_id = ? AND (loose_hash, exact_hash, split, sentence_id) > (?, ?, ?, ?)
       ORDER BY loose_hash, exact_hash, split, sentence_id LIMIT ?`,
      ...[corpusId, after.loose_hash, after.exact_hash, after.split, after.sentence_id, likeAtOnce],
    )
    for (const row of rows) {
      if (group[0] && group[0].loose_hash !== row.loose_hash) {
        if (group.length > 1) yield group
        group = []
      }
      group.push(row)
    }
    const last = rows.at(-1)
    if (!last) break
    after = last
    yield null
  }
  if (group.length > 1) yield group
}

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] }

/** Counts the sentences of equal normalised texts, and takes those of dev and test that stand in train as examples. */
function countGroup(group: readonly LikeRow[], counts: readonly Mutable<RepeatCount>[], pairs: Pair[]): void {
  const alike = [...Map.groupBy(group, ({ exact_hash }) => exact_hash).values()]
  for (const count of counts) {
    count.normalised += countRepeats(group, count)
    for (const same of alike) count.exact += countRepeats(same, count)
  }
  const first = group.find(({ split }) => split === 0)
  if (!first) return
  const trained = new Map<number, LikeRow>()
  for (const row of group) if (row.split === 0) trained.set(row.exact_hash, trained.get(row.exact_hash) ?? row)
  for (const row of group) {
    if (row.split === 0 || pairs.length >= 50 * mostExamples) continue
    pairs.push({ row, other: trained.get(row.exact_hash) ?? first })
  }
}

/** Number of sentences of a split that stand in the other one; of the same one, all but the first. */
function countRepeats(group: readonly LikeRow[], { split, other }: RepeatCount): number {
  const inSplit = (name: Split): number => group.filter((row) => splitAt(row.split) === name).length
  const own = inSplit(split)
  if (split === other) return Math.max(0, own - 1)
  return inSplit(other) > 0 ? own : 0
}

function readExamples(database: Database, pairs: readonly Pair[]): LeakExample[] {
  const place = (sentenceId: number) =>
    database.get<{ split: number; position: number; text: string }>(
      'SELECT split, position, text FROM sentence WHERE sentence_id = ?',
      sentenceId,
    )
  return pairs.flatMap(({ row, other }) => {
    const [own, there] = [place(row.sentence_id), place(other.sentence_id)]
    if (!own || !there) return []
    const placeOf = (at: typeof own, sentenceId: number) => ({
      ...{ sentenceId, split: splitAt(at.split), position: at.position },
    })
    return [
      {
        ...{ ...placeOf(own, row.sentence_id), text: own.text },
        ...{ other: placeOf(there, other.sentence_id), isExact: row.exact_hash === other.exact_hash },
      },
    ]
  })
}

/** Triples of dev and test, and how many of them stand in train. */
function* readTriples(database: Database, corpusId: number): Generator<void, LeakedTriples[]> {
  const [train, ...others] = [new Set<number>(), new Set<number>(), new Set<number>()]
  yield* takeTriples(database, corpusId, 0, train)
  const told: LeakedTriples[] = []
  for (const [index, found] of others.entries()) {
    yield* takeTriples(database, corpusId, index + 1, found)
    const inTrain = [...found].filter((hash) => train?.has(hash)).length
    told.push({ split: splitAt(index + 1), triples: found.size, inTrain })
  }
  return told
}

/** Adds the hashes of a split's triples. */
function* takeTriples(
  database: Database,
  corpusId: number,
  split: number,
  found: Set<number> | undefined,
): Generator<void, void> {
  for (let last = 0; ;) {
    const rows = database.all<{ sentence_id: number; position: number; text: string; tokens: string }>(
      `SELECT sentence_id, position, text, tokens FROM sentence
       WHERE corpus_id = ? AND split = ? AND position > ? ORDER BY position LIMIT ?`,
      ...[corpusId, split, last, sentencesAtOnce],
    )
    const end = rows.at(-1)
    if (!end) return
    last = end.position
    const set = byIds(rows.map(({ sentence_id }) => sentence_id))
    const [spans, relations, unanchored] = [
      ...([readSpans(database, set), readRelations(database, set), readUnanchored(database, set)] as const),
    ]
    for (const { sentence_id: id, text, tokens } of rows) {
      const content = {
        ...{ spans: spans.get(id) ?? [], relations: relations.get(id) ?? [], unanchored: unanchored.get(id) ?? [] },
        repeatedTriples: 0,
      }
      if (content.relations.length === 0 && content.unanchored.length === 0) continue
      const words = wordsOf(text, unpackTokens(tokens))
      for (const triple of textTriples(words, content)) found?.add(textHash(textKey(triple)))
    }
    yield
  }
}

/** Number of documents whose name a document of another split has too. */
function* countDocuments(database: Database, corpusId: number): Generator<void, number> {
  const places = new Map<number, number>()
  const total = { documents: 0 }
  for (const pass of ['note', 'count'])
    for (const split of splits.keys())
      for (let last = 0; ;) {
        const docs = database.all<{ doc_id: number; source_id: string }>(
          'SELECT doc_id, source_id FROM doc WHERE corpus_id = ? AND split = ? AND doc_id > ? ORDER BY doc_id LIMIT ?',
          ...[corpusId, split, last, docsAtOnce],
        )
        const end = docs.at(-1)
        if (!end) break
        last = end.doc_id
        for (const { source_id } of docs) {
          const hash = textHash(source_id)
          const known = places.get(hash) ?? 0
          if (pass === 'note') places.set(hash, known | (1 << split))
          else if (known !== 1 << split) total.documents++
        }
        yield
      }
  return total.documents
}
