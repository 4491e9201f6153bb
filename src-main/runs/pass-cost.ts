/** Memory cost of a pass, in floats, told from sizes alone. Training cuts its batches by it, and an estimate announces it. */
import { stateWidth, type BertSizes, type ModelConfig } from './config.ts'

export type PassSizes = Pick<ModelConfig, 'encoder' | 'relations'>

/** Number of floats that one shard may hold (a quarter of a gigabyte). Larger shards were not faster. */
export const shardBudget = 64e6

/** Number of word pieces that are encoded at once. More were not faster, and a long text alone would fill the memory. */
export const piecesAtOnce = 8 * 512

/**
 * Number of floats per word that are alive at the same time: so many states of width d (gates, maps and heads, each with
 * its gradient), and so many rows of l relation types. Nothing grows with the number of pairs.
 */
const perWord = { states: 48, relations: 6 } as const

/** Number of floats for a shard of sentences with `words` words in all. */
export function shardCost(words: number, sizes: PassSizes): number {
  const { encoder, relations } = sizes
  const top = words * (perWord.states * stateWidth(sizes) + perWord.relations * relations.length)
  return encoder.kind === 'bert' && !encoder.isFrozen ? top + words * bertFloats(encoder.sizes) : top
}

/** Number of word pieces per word, the padding of windows counted in; a rule of thumb. */
const piecesPerWord = 2

/** Number of floats per word in a BERT that is trained: in every layer a dozen states, and a row of attention per head. */
function bertFloats(sizes: BertSizes): number {
  return piecesPerWord * sizes.layers * layerFloats(sizes, Math.min(sizes.positions, 128))
}

/** Number of floats for a sentence in a shard of its own. Where that is much, a BERT's layers are computed one by one. */
export function costAlone(words: number, sizes: PassSizes): number {
  const { encoder } = sizes
  if (encoder.kind !== 'bert' || encoder.isFrozen) return shardCost(words, sizes)
  const { layers, width, positions } = encoder.sizes
  const pieces = words * piecesPerWord
  const read = shardCost(words, { ...sizes, encoder: { ...encoder, isFrozen: true } }) + pieces * layers * width
  const oneLayer = Math.min(pieces, piecesAtOnce) * layerFloats(encoder.sizes, positions)
  return Math.min(shardCost(words, sizes), read + oneLayer)
}

/** Number of floats that the gradient of a layer keeps per word piece, in windows of `length` pieces: a dozen states, and attention. */
export function layerFloats({ width, inner, heads }: BertSizes, length: number): number {
  return 12 * width + 4 * inner + 4 * heads * length
}
