/** Batch: the packed tensors of several sentences. Words of all sentences lie one after another; nothing is padded. */
import * as tf from '@tensorflow/tfjs-core'
import type { PieceBatch } from '../encoders/bert.ts'
import type { ShownEarly } from './shown-early.ts'
import type { WindowPlace } from '../encoders/inner-dropout.ts'

/** Tensors of B sentences with k words in all. The caller disposes them (`disposeBatch`). */
export interface Batch<Gold = unknown> {
  /** Number k of words in the batch. */
  readonly rows: number
  /** Number of words of every sentence, k in total. A sentence may have none. */
  readonly lengths: readonly number[]
  readonly input: BatchInput
  /** Gold of the batch, as the family of its model holds it; null when no sentence has any. */
  readonly gold: Gold | null
  /** What the maps are shown in place of early predictions; absent where they are shown these. */
  readonly early?: ShownEarly<Gold>
}

/** Input of the encoder: words, word pieces, or states that a frozen encoder computed before. */
export type BatchInput = WordInput | PieceInput | StateInput

export interface WordInput {
  readonly kind: 'words'
  /** Rows of the vocabulary [k], int32. */
  readonly tokens: tf.Tensor1D
  /** The same rows outside the backend, for word dropout. */
  readonly tokenIds: Int32Array
  /** Casing classes [k], int32. */
  readonly casing: tf.Tensor1D
  /** Rows of the parts of speech [k], int32; null where the encoder reads none. */
  readonly pos: tf.Tensor1D | null
  /** The same rows outside the backend, for word dropout. */
  readonly posIds: Int32Array | null
}

export interface PieceInput {
  readonly kind: 'pieces'
  /** Groups of consecutive windows that are encoded together; their words, one group after another, are all k words. */
  readonly groups: readonly PieceGroup[]
  /** Whether every layer's gradient keeps only the layer's input, whatever the size of the batch. */
  readonly isTight: boolean
}

export interface PieceGroup {
  readonly pieces: PieceBatch
  /** Where each window comes from, for what is drawn at random. */
  readonly windows: readonly WindowPlace[]
  /** Row of each word's first piece among all pieces of the group's windows, int32. */
  readonly first: tf.Tensor1D
}

export interface StateInput {
  readonly kind: 'states'
  /** States of all words [k, d]. */
  readonly states: tf.Tensor2D
}

export function disposeBatch({ input }: Batch): void {
  // tf.dispose walks any object, so the ids outside the backend are left out
  const { tokenIds: _tokens, posIds: _pos, ...tensors } = { ...input } as BatchInput & Partial<WordInput>
  tf.dispose(tensors as unknown as tf.TensorContainer)
}

/** First row of every sentence. */
export function startsOf(lengths: readonly number[]): number[] {
  let start = 0
  return lengths.map((length) => (start += length) - length)
}
