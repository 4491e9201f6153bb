/** The largest logit over the second token of a pair, real tokens only; the first wins a tie, as in PyTorch. */
import * as tf from '@tensorflow/tfjs-core'
import { defineOperation } from './operation.ts'

/** Below every logit, and far from overflow in float32. */
const never = -1e9

/** logits [B, n, n, l], mask [B, n] → maximum over real j [B, n, l]; a sentence without tokens gives about -1e9. */
export function pairMaximum(logits: tf.Tensor4D, mask: tf.Tensor2D): tf.Tensor3D {
  const [sentences, length, , relations] = logits.shape
  return defineOperation(
    (z: tf.Tensor4D) => {
      const second = tf.reshape(mask, [sentences, 1, length, 1])
      const real = tf.add(z, tf.mul(tf.sub(1, second), never))
      return { value: tf.max<tf.Tensor3D>(real, 2), saved: [tf.argMax(real, 2)] }
    },
    (gradient, [winners]) => {
      const flat = cellsOf((winners as tf.Tensor).dataSync<'int32'>(), sentences * length, length, relations)
      const cells = tf.tensor2d(flat, [flat.length, 1], 'int32')
      const table = tf.scatterND(cells, tf.reshape(gradient, [flat.length]), [logits.size])
      return [tf.reshape(table, logits.shape)]
    },
  )(logits)
}

/** Flat cell of every winner; `rows` first tokens, each with `length` second tokens. */
function cellsOf(winners: ArrayLike<number>, rows: number, length: number, relations: number): Int32Array {
  const cells = new Int32Array(rows * relations)
  for (let row = 0; row < rows; row++)
    for (let relation = 0; relation < relations; relation++) {
      const at = row * relations + relation
      cells[at] = (row * length + (winners[at] ?? 0)) * relations + relation
    }
  return cells
}
