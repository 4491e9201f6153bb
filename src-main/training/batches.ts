/**
 * Batches of one epoch: shuffled with a seed, sentences of about the same length together, or in the order of the
 * file.
 */
import type { TrainingConfig } from '#main/runs/setting-values'
import { createRandom, type Random } from '#main/models/shared/random'

interface BatchOrder {
  readonly batchSize: number
  readonly seed: number
  readonly epoch: number
  readonly order: TrainingConfig['order']
}

/** Number of batches in a pool within which sentences are sorted by length. Larger pools pad less and shuffle less. */
const batchesPerPool = 8

/** Number that keeps this random stream apart from all others of the same seed. */
const stream = 101

/** Batches of indices into `lengths`. Every index occurs once; a bucketed batch has its shortest sentence first. */
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

/** The items in a new order (Fisher-Yates shuffle). */
export function shuffle<Item>(items: readonly Item[], random: Random): Item[] {
  const result = [...items]
  for (let last = result.length - 1; last > 0; last--) {
    const other = random.integer(last + 1)
    ;[result[last], result[other]] = [result[other] as Item, result[last] as Item] // both indices lie inside the list
  }
  return result
}

/** Pieces of `size` items each; the last piece may be shorter. */
export function chunk<Item>(items: readonly Item[], size: number): Item[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, piece) =>
    items.slice(piece * size, (piece + 1) * size),
  )
}
