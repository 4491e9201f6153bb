/** Taggers of CasRel: logits of the ends of subjects, of the ends of a subject's objects by relation, and of the types of spans. */
import * as tf from '@tensorflow/tfjs-core'
import { lookUpRows } from '#main/kernels/rows'
import { dense, type Weights } from '../shared/weights.ts'
import type { RowRange } from './gold.ts'

export interface CasrelOutputs {
  /** Shared states H [k, d]. */
  readonly shared: tf.Tensor2D
  /** Logits of the ends of subjects [k, 2]. */
  readonly subjects: tf.Tensor2D
  /** Logits of the ends of the objects of gold subjects; null where the batch has none. */
  readonly objects: tf.Tensor2D | null
  /** Logits of the types of gold spans [s, K]; null without such spans or without types. */
  readonly types: tf.Tensor2D | null
  /** The taggers of objects and types, which a prediction asks once it knows the subjects. */
  readonly weights: Weights
}

/** Logits that a word begins and that it ends a subject [k, 2]. */
export function tagSubjects(shared: tf.Tensor2D, weights: Weights): tf.Tensor2D {
  return dense(shared, weights, 'subject')
}

/**
 * Logits that a word begins an object of relation r (output r) and that it ends one (l + r), for every word of the sentence of
 * every subject, subject by subject [words, 2 l]. A subject is the mean of its words' states, added to the state of each word.
 */
export function tagObjects(
  shared: tf.Tensor2D,
  subjects: readonly (RowRange & { readonly sentence: RowRange })[],
  weights: Weights,
): tf.Tensor2D {
  const rows = subjects.flatMap(({ sentence: { start, end } }) =>
    Array.from({ length: end - start }, (_, at) => start + at),
  )
  const owners = subjects.flatMap(({ sentence: { start, end } }, at) => Array.from({ length: end - start }, () => at))
  const words = lookUpRows(shared, tf.tensor1d(rows, 'int32'))
  const means = lookUpRows(meanStates(shared, subjects), tf.tensor1d(owners, 'int32'))
  return dense(tf.add(words, means), weights, 'object')
}

/** Logits of the types of spans [s, K]. */
export function tagTypes(shared: tf.Tensor2D, spans: readonly RowRange[], weights: Weights): tf.Tensor2D {
  return dense(meanStates(shared, spans), weights, 'type')
}

/** The mean state of the words of each span [s, d]. */
function meanStates(shared: tf.Tensor2D, spans: readonly RowRange[]): tf.Tensor2D {
  const [rows] = shared.shape
  const shares = new Float32Array(spans.length * rows)
  spans.forEach(({ start, end }, at) => shares.fill(1 / (end - start), at * rows + start, at * rows + end))
  return tf.matMul<tf.Tensor2D>(tf.tensor2d(shares, [spans.length, rows]), shared)
}
