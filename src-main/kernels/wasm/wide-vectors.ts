/**
 * Wide vectors: V8 can join two neighbouring vectors of 128 bits into one of 256, which most x86 processors have and
 * WebAssembly does not. It makes products 1.7 times faster, but V8 calls it experimental, so results are compared with
 * those without it before they are trusted.
 */
import v8 from 'node:v8'
import * as tf from '@tensorflow/tfjs-core'
import { pairLossAndMaximum } from '../pair-loss.ts'

const flag = 'experimental-wasm-revectorize'

/** Switches wide vectors on or off for everything that this process compiles from now on. */
export function useWideVectors(isOn: boolean): void {
  v8.setFlagsFromString(isOn ? `--${flag}` : `--no-${flag}`)
}

/** Number of calls after which V8 has certainly replaced its first, plain code by optimised code. */
const callsUntilOptimised = 400

/** Relative tolerance, far above rounding and far below any mistake. */
const tolerance = 1e-4

/** Whether the kernels of the running backend compute the same before and after optimisation. Call it first of all. */
export function isProven(): boolean {
  const before = computeSample()
  for (let call = 0; call < callsUntilOptimised; call++) computeSample()
  const after = computeSample()
  return before.every((value, at) => Math.abs(value - (after[at] ?? Number.NaN)) <= tolerance * (1 + Math.abs(value)))
}

/** Results of products in all directions and of the pair scorer, at sizes that no vector or panel divides. */
function computeSample(): Float32Array {
  return tf.tidy(() => {
    const matrix = (rows: number, columns: number): tf.Tensor2D =>
      tf.tensor2d(
        Float32Array.from({ length: rows * columns }, (_, at) => Math.sin(at * 0.7)),
        [rows, columns],
      )
    const [a, b] = [matrix(23, 29), matrix(29, 21)]
    const product = tf.matMul<tf.Tensor2D>(a, b)
    const { loss, maximum } = pairLossAndMaximum(
      { left: matrix(11, 29), right: matrix(11, 29), kernel: b, bias: tf.zeros([21]) },
      { lengths: [7, 4], cells: [0, 1, 2] },
    )
    const tensors = [product, tf.matMul(a, product, true), tf.matMul(product, b, false, true), loss, maximum]
    return tf.concat1d(tensors.map((tensor) => tf.reshape(tensor, [tensor.size]))).dataSync<'float32'>()
  })
}
