/** Batch: the packed tensors of several sentences. Words of all sentences lie one after another; nothing is padded. */
import * as tf from '@tensorflow/tfjs-core'
import type { PieceBatch } from './bert.ts'

/** Tensors of B sentences with k words in all. The caller disposes them (`disposeBatch`). */
export interface Batch {
  /** k. */
  readonly rows: number
  /** Words of every sentence; they sum to k. A sentence may have none. */
  readonly lengths: readonly number[]
  readonly input: BatchInput
  /** Null when no sentence carries gold. */
  readonly gold: Gold | null
}

/** What the encoder reads: words, word pieces, or states that a frozen encoder computed before. */
export type BatchInput = WordInput | PieceInput | StateInput

export interface WordInput {
  readonly kind: 'words'
  /** Rows of the vocabulary [k], int32. */
  readonly tokens: tf.Tensor1D
  /** The same outside the backend, for who changes some of them. */
  readonly tokenIds: Int32Array
  /** Casing classes [k], int32. */
  readonly casing: tf.Tensor1D
  /** Rows of the parts of speech [k], int32; null where the encoder reads none. */
  readonly pos: tf.Tensor1D | null
  /** The same outside the backend. */
  readonly posIds: Int32Array | null
}

export interface PieceInput {
  readonly kind: 'pieces'
  /** Consecutive windows that are encoded at once; their words, one group after another, are all k. */
  readonly groups: readonly PieceGroup[]
  /** Every layer's gradient keeps only what the layer reads, also where all would be little. */
  readonly isTight: boolean
}

export interface PieceGroup {
  readonly pieces: PieceBatch
  /** Where each word's first piece stands among all pieces of the group's windows, int32. */
  readonly first: tf.Tensor1D
}

export interface StateInput {
  readonly kind: 'states'
  /** [k, d]. */
  readonly states: tf.Tensor2D
}

export interface Gold {
  /** Index of every token's tag [k], int32. */
  readonly tags: tf.Tensor1D
  /** Distinct cells that hold: subject row, object row, relation, one after another, in this order. */
  readonly cells: readonly number[]
  readonly left: LeftOut
}

/** Gold that tags and cells cannot hold: it is not trained on, but counted. */
export interface LeftOut {
  /** Spans that share a token with one that stays. */
  readonly overlapping: number
  /** Spans and relations of a type the model does not know. */
  readonly unknownType: number
}

export function disposeBatch({ input, gold }: Batch): void {
  // it walks any object, so not the ids outside the backend
  const { tokenIds: _tokens, posIds: _pos, ...tensors } = { ...input } as BatchInput & Partial<WordInput>
  tf.dispose(tensors as unknown as tf.TensorContainer)
  if (gold) tf.dispose(gold.tags)
}

/** First row of every sentence. */
export function startsOf(lengths: readonly number[]): number[] {
  let start = 0
  return lengths.map((length) => (start += length) - length)
}
