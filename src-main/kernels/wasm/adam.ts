/** Adam and sums of squares on WASM: one pass over the numbers instead of ten. */
import * as tf from '@tensorflow/tfjs-core'
import { adamMove, sumOfSquaresKernel } from '../adam.ts'
import { offsetsOf } from './layout.ts'
import type { WasmHeap } from './module.ts'
import { registerOwnKernel } from './own-kernel.ts'

export function registerAdam(heap: WasmHeap): void {
  registerOwnKernel(adamMove, (inputs, rates) => {
    const { shape } = inputs.weight
    const outputs = { newWeight: heap.output(shape), newFirst: heap.output(shape), newSecond: heap.output(shape) }
    const count = tf.util.sizeFromShape(shape)
    heap.functions.adamMove({ count, ...offsetsOf(heap, inputs), ...offsetsOf(heap, outputs), ...rates })
    return outputs
  })
  registerOwnKernel(sumOfSquaresKernel, ({ x }) => {
    const total = heap.functions.sumOfSquares({ values: heap.offsetOf(x), count: tf.util.sizeFromShape(x.shape) })
    return { sum: heap.scalar(total) }
  })
}
