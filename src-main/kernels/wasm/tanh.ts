/** Hyperbolic tangent on WASM, four values at a time where the stock kernel takes one. */
import * as tf from '@tensorflow/tfjs-core'
import { offsetsOf } from './layout.ts'
import type { WasmHeap } from './module.ts'
import { replaceKernel } from './replace-kernel.ts'

export function registerTanh(heap: WasmHeap): void {
  replaceKernel('Tanh', (stock) => (call) => {
    const { x } = call.inputs as Record<'x', tf.TensorInfo> // inputs of Tanh
    if (x.dtype !== 'float32') return stock(call)
    const output = heap.output(x.shape)
    const count = tf.util.sizeFromShape(x.shape)
    heap.functions.tanhAll({ ...offsetsOf(heap, { source: x, target: output }), count })
    return output
  })
}
