/** Rows of a matrix picked by number, with gradients that every backend can compute. */
import * as tf from '@tensorflow/tfjs-core'
import { defineOperation } from './operation.ts'

/**
 * table [V, w], ids [k] int32 → [k, w]. The stock gradient of `gather` needs a kernel that WASM lacks;
 * here rows that were picked several times are summed by a scatter.
 */
export function lookUpRows(table: tf.Tensor2D, ids: tf.Tensor1D): tf.Tensor2D {
  return defineOperation(
    (rows: tf.Tensor2D) => ({ value: tf.gather(rows, ids), saved: [ids] }),
    (gradient, [picked]) => [
      tf.scatterND(tf.expandDims(picked as tf.Tensor1D, 1), gradient, table.shape), // saved above
    ],
  )(table)
}

/** A rearrangement of rows and the one that undoes it, both [k] int32. */
export interface RowOrder {
  readonly order: tf.Tensor1D
  readonly inverse: tf.Tensor1D
}

/** Row r of the result is row order[r] of x [k, w]; its gradient is put back by the inverse. */
export function permuteRows(x: tf.Tensor2D, { order, inverse }: RowOrder): tf.Tensor2D {
  return defineOperation(
    (rows: tf.Tensor2D) => ({ value: tf.gather(rows, order), saved: [inverse] }),
    (gradient, [back]) => [tf.gather(gradient, back as tf.Tensor1D)], // saved above
  )(x)
}
