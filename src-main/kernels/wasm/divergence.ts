/** KL divergence of diagonal normal distributions on WASM: one pass forward, one back. */
import * as tf from '@tensorflow/tfjs-core'
import { divergenceGradientKernel, divergenceKernel } from '../divergence.ts'
import { offsetsOf } from './layout.ts'
import type { WasmHeap } from './module.ts'
import { registerOwnKernel } from './own-kernel.ts'

export function registerDivergence(heap: WasmHeap): void {
  registerOwnKernel(divergenceKernel, (inputs) => {
    const count = tf.util.sizeFromShape(inputs.mean.shape)
    return { divergence: heap.scalar(heap.functions.divergence({ count, ...offsetsOf(heap, inputs) })) }
  })
  registerOwnKernel(divergenceGradientKernel, ({ gradient, ...inputs }) => {
    const { shape } = inputs.mean // all inputs and outputs have this shape
    const outputs = {
      dMean: heap.output(shape),
      dVariance: heap.output(shape),
      dPriorMean: heap.output(shape),
      dPriorVariance: heap.output(shape),
    }
    heap.functions.divergenceBack({
      count: tf.util.sizeFromShape(shape),
      gradient: heap.floats(heap.offsetOf(gradient), 1)[0] ?? Number.NaN, // a scalar
      ...offsetsOf(heap, inputs),
      ...offsetsOf(heap, outputs),
    })
    return outputs
  })
}
