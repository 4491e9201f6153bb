/** The batches of one epoch: shuffled by a seed, sentences of about one length together, or as the file has them. */
import type { TrainingConfig } from '#main/runs/setting-values'
import { createRandom, type Random } from '#main/model/random'

interface BatchOrder {
  readonly batchSize: number
  readonly seed: number
  readonly epoch: number
  readonly order: TrainingConfig['order']
}

/** Sentences are sorted by length within pools of this many batches; larger pools waste less and shuffle less. */
const batchesPerPool = 8

/** Keeps this draw apart from all others of the same seed. */
const stream = 101

/** Indices into `lengths`, every one once; shortest first within a bucketed batch. */
export function planBatches(lengths: readonly number[], { batchSize, seed, epoch, order }: BatchOrder): number[][] {
  if (order === 'file') return chunk([...lengths.keys()], batchSize)
  const random = createRandom(seed, stream, epoch)
  const indices = shuffle(
    lengths.map((_, index) => index),
    random,
  )
  if (order === 'shuffled') return chunk(indices, batchSize)
  const batches = chunk(indices, batchSize * batchesPerPool).flatMap((pool) =>
    chunk(
      pool.toSorted((a, b) => (lengths[a] ?? 0) - (lengths[b] ?? 0)),
      batchSize,
    ),
  )
  return shuffle(batches, random)
}

/** A new order, by Fisher and Yates. */
export function shuffle<Item>(items: readonly Item[], random: Random): Item[] {
  const result = [...items]
  for (let last = result.length - 1; last > 0; last--) {
    const other = random.integer(last + 1)
    ;[result[last], result[other]] = [result[other] as Item, result[last] as Item] // both lie inside
  }
  return result
}

/** Pieces of `size`, the last one possibly shorter. */
export function chunk<Item>(items: readonly Item[], size: number): Item[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, piece) =>
    items.slice(piece * size, (piece + 1) * size),
  )
}
