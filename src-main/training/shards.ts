/** Shards: a batch cut so that its pair tensors fit into memory; their gradients add up to the whole batch's. */
import * as tf from '@tensorflow/tfjs-core'
import type { ModelConfig } from '#main/runs/config'

type Sizes = Pick<ModelConfig, 'hidden' | 'relations'>

/**
 * Floats of pair features and logits that one shard may take, by backend. WebAssembly needs 0.5 GB for its share in all
 * and is no faster with more; TensorFlow is, and takes about 1.5 GB (measured at d = 200).
 */
export function shardBudget(): number {
  return tf.getBackend() === 'wasm' ? 4e6 : 16e6
}

/** A sentence above it would need more than 3 GB, close to all that WebAssembly has: 415 words with 171 relation types. */
export const sentenceBudget = 64e6

/** Floats of `count` sentences padded to `length`: count x n x n x (d + l). */
export function shardCost(count: number, length: number, { hidden, relations }: Sizes): number {
  return count * length * length * (2 * hidden + relations.length)
}

/** Consecutive sentences together as long as they cost no more than `budget`; a longer sentence stands alone. */
export function planShards<Item extends { readonly words: readonly string[] }>(
  sentences: readonly Item[],
  sizes: Sizes,
  budget: number = shardBudget(),
): Item[][] {
  const shards: Item[][] = []
  let current: Item[] = []
  let longest = 0
  for (const sentence of sentences) {
    longest = Math.max(longest, sentence.words.length)
    if (current.length > 0 && shardCost(current.length + 1, longest, sizes) > budget) {
      shards.push(current)
      current = []
      longest = sentence.words.length
    }
    current.push(sentence)
  }
  return current.length > 0 ? [...shards, current] : shards
}
