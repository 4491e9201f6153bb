/** The hyperbolic tangent on WASM, four values at once where the stock kernel takes one. */
import * as tf from '@tensorflow/tfjs-core'
import type { WasmHeap } from './module.ts'
import { replaceKernel } from './replace-kernel.ts'

export function registerTanh(heap: WasmHeap): void {
  replaceKernel('Tanh', (stock) => (call) => {
    const { x } = call.inputs as Record<'x', tf.TensorInfo> // what Tanh is called with
    if (x.dtype !== 'float32') return stock(call)
    const output = heap.output(x.shape)
    heap.functions.tanhAll(heap.offsetOf(x), heap.offsetOf(output), tf.util.sizeFromShape(x.shape))
    return output
  })
}
