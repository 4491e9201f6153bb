/** What a pass costs in memory, in floats and from sizes alone: for who cuts batches, and for who announces a run. */
import { stateWidth, type BertSizes, type ModelConfig } from './config.ts'

export type PassSizes = Pick<ModelConfig, 'encoder' | 'relations'>

/** Of sentences that are computed at once, a quarter of a gigabyte: more gain nothing. */
export const shardBudget = 64e6

/** Pieces that are encoded at once: more gain nothing, and a long text alone would fill the memory. */
export const piecesAtOnce = 8 * 512

/**
 * Floats that live at once, per word: about this many states of width d (gates, maps and heads, each with its
 * gradient), and this many rows of l relation types. Nothing grows with the pairs.
 */
const perWord = { states: 48, relations: 6 } as const

/** Floats of sentences with `words` words in all. */
export function shardCost(words: number, sizes: PassSizes): number {
  const { encoder, relations } = sizes
  const top = words * (perWord.states * stateWidth(sizes) + perWord.relations * relations.length)
  return encoder.kind === 'bert' && !encoder.isFrozen ? top + words * bertFloats(encoder.sizes) : top
}

/** About so many pieces make a word, the padding of windows counted in. */
const piecesPerWord = 2

/** What a word costs in a BERT that is trained: per layer a dozen states, and a row of attention per head, of a window. */
function bertFloats(sizes: BertSizes): number {
  return piecesPerWord * sizes.layers * layerFloats(sizes, Math.min(sizes.positions, 128))
}

/** Floats of a sentence in a shard of its own: where that would keep much, a BERT's layers are computed one by one. */
export function costAlone(words: number, sizes: PassSizes): number {
  const { encoder } = sizes
  if (encoder.kind !== 'bert' || encoder.isFrozen) return shardCost(words, sizes)
  const { layers, width, positions } = encoder.sizes
  const pieces = words * piecesPerWord
  const read = shardCost(words, { ...sizes, encoder: { ...encoder, isFrozen: true } }) + pieces * layers * width
  const oneLayer = Math.min(pieces, piecesAtOnce) * layerFloats(encoder.sizes, positions)
  return Math.min(shardCost(words, sizes), read + oneLayer)
}

/** Floats that a layer's gradient keeps of a piece, in windows of `length` pieces: about a dozen states, and its attention. */
export function layerFloats({ width, inner, heads }: BertSizes, length: number): number {
  return 12 * width + 4 * inner + 4 * heads * length
}
