/** SentenceRing: all sentences of a corpus in the order of a seeded draw, so that the neighbours of one are found without reading the others. */
import { placeOf } from '#main/document/blind-share'
import type { Database } from './database.ts'

export interface SentenceRing {
  /** Ids of the sentences before this one, the nearest first, round the ring: `count` of them from the `skip`th on, fewer when it ends at the sentence itself. */
  before(sentenceId: number, skip: number, count: number): number[]
}

export interface SentenceRings {
  /** Makes the ring of a corpus, some milliseconds of work at each step; the latest one is kept until sentences come or go. */
  of(corpusId: number, seed: number): Generator<void, SentenceRing>
}

export function createRings(database: Database): SentenceRings {
  let kept: { readonly key: string; readonly ring: SentenceRing } | null = null
  return {
    *of(corpusId, seed) {
      const sentences = database.get<{ total: number | null }>(
        'SELECT sum(sentences) AS total FROM sentence_count WHERE corpus_id = ?',
        corpusId,
      )?.total
      const segmentations = database.get<{ segmentations: number }>(
        'SELECT segmentations FROM corpus WHERE corpus_id = ?',
        corpusId,
      )?.segmentations
      const key = JSON.stringify([corpusId, seed, sentences ?? 0, segmentations ?? 0])
      if (kept?.key === key) return kept.ring
      const ring = ringOf(yield* sortByDraw(yield* readIds(database, corpusId), seed), seed)
      kept = { key, ring }
      return ring
    },
  }
}

/** Number of sentences that one step reads or places. */
const sentencesAtOnce = 20_000

function* readIds(database: Database, corpusId: number): Generator<void, Int32Array> {
  const parts: number[][] = []
  for (const split of [0, 1, 2])
    for (let from = 0; ;) {
      const rows = database.all<{ id: number; position: number }>(
        `SELECT sentence_id AS id, position FROM sentence WHERE corpus_id = ? AND split = ? AND position > ?
         ORDER BY position LIMIT ?`,
        ...[corpusId, split, from, sentencesAtOnce],
      )
      const last = rows.at(-1)
      if (!last) break
      from = last.position
      parts.push(rows.map(({ id }) => id))
      yield
    }
  return Int32Array.from(parts.flat())
}

/** Puts each id into the bucket of the first bits of its draw, and sorts within the buckets, which hold one or two. */
function* sortByDraw(ids: Int32Array, seed: number): Generator<void, Int32Array> {
  const buckets = 2 ** Math.ceil(Math.log2(ids.length + 1))
  const bucketOf = (id: number): number => Math.floor(placeOf(seed, id) * buckets)
  const ends = new Int32Array(buckets + 1)
  for (const [at, id] of ids.entries()) {
    const bucket = bucketOf(id) + 1
    ends[bucket] = (ends[bucket] ?? 0) + 1
    if (at % sentencesAtOnce === 0) yield
  }
  for (let bucket = 0; bucket < buckets; bucket++) ends[bucket + 1] = (ends[bucket + 1] ?? 0) + (ends[bucket] ?? 0)
  yield
  const sorted = new Int32Array(ids.length)
  const used = ends.slice()
  for (const [at, id] of ids.entries()) {
    const bucket = bucketOf(id)
    let place = used[bucket] ?? 0
    used[bucket] = place + 1
    for (; place > (ends[bucket] ?? 0) && isBefore(id, sorted[place - 1] ?? 0, seed); place--)
      sorted[place] = sorted[place - 1] ?? 0
    sorted[place] = id
    if (at % sentencesAtOnce === 0) yield
  }
  return sorted
}

function isBefore(id: number, other: number, seed: number): boolean {
  const [own, others] = [placeOf(seed, id), placeOf(seed, other)]
  return own === others ? id < other : own < others
}

function ringOf(sorted: Int32Array, seed: number): SentenceRing {
  function indexOf(sentenceId: number): number {
    let [low, high] = [0, sorted.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if (isBefore(sorted[middle] ?? 0, sentenceId, seed)) low = middle + 1
      else high = middle
    }
    return low
  }
  return {
    before(sentenceId, skip, count) {
      const at = indexOf(sentenceId)
      const found: number[] = []
      for (let step = skip + 1; step <= skip + count && step < sorted.length; step++)
        found.push(sorted[(at - step + sorted.length) % sorted.length] ?? 0)
      return found
    },
  }
}
