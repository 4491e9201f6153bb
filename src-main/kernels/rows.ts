/** Rows of a matrix selected by number, with gradients that every backend can compute. */
import * as tf from '@tensorflow/tfjs-core'
import { defineOperation } from './operation.ts'

/**
 * Rows [k, w] of `table` [V, w] with the numbers `ids` [k], int32. The stock gradient of `gather` needs a kernel that
 * WASM lacks; here the gradients of rows that were selected several times are summed by a scatter.
 */
export function lookUpRows(table: tf.Tensor2D, ids: tf.Tensor1D): tf.Tensor2D {
  return defineOperation(
    ({ rows }: { rows: tf.Tensor2D }) => ({ value: tf.gather(rows, ids), saved: { ids } }),
    (gradient, saved) => ({ rows: tf.scatterND(tf.expandDims(saved.ids, 1), gradient, table.shape) }),
  )({ rows: table })
}

/** Permutation of rows and its inverse, both [k] int32. */
export interface RowOrder {
  readonly order: tf.Tensor1D
  readonly inverse: tf.Tensor1D
}

/** Permuted rows of x [k, w]: row r is row order[r] of x. The gradient is permuted back by the inverse. */
export function permuteRows(x: tf.Tensor2D, { order, inverse }: RowOrder): tf.Tensor2D {
  return defineOperation(
    ({ rows }: { rows: tf.Tensor2D }) => ({ value: tf.gather(rows, order), saved: { inverse } }),
    (gradient, saved) => ({ rows: tf.gather(gradient, saved.inverse) }),
  )({ rows: x })
}
