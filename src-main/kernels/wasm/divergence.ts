/** KL between diagonal normal distributions on WASM: one pass forward, one back. */
import * as tf from '@tensorflow/tfjs-core'
import { offsetsOf } from './layout.ts'
import type { WasmHeap } from './module.ts'
import { registerOwnKernel } from './own-kernel.ts'

const names = ['mean', 'variance', 'priorMean', 'priorVariance'] as const

export function registerDivergence(heap: WasmHeap): void {
  registerOwnKernel('GaussianDivergence', (inputs) => {
    const { count, offsets } = layOut(heap, inputs)
    const result = heap.output([])
    heap.floats(heap.offsetOf(result), 1)[0] = heap.functions.divergence(count, ...offsets)
    return [result]
  })
  registerOwnKernel('GaussianDivergenceGradient', (inputs) => {
    const { shape, count, offsets } = layOut(heap, inputs)
    const [gradient = 0] = heap.floats(heap.offsetOf(inputs['gradient'] as tf.TensorInfo), 1) // a scalar
    const outputs = names.map(() => heap.output(shape))
    heap.functions.divergenceBack(count, gradient, ...offsets, ...outputs.map((output) => heap.offsetOf(output)))
    return outputs
  })
}

function layOut(heap: WasmHeap, inputs: tf.NamedTensorInfoMap) {
  const { shape } = inputs['mean'] as tf.TensorInfo // that of all four
  const offsets = offsetsOf(heap, inputs, names)
  return { shape, count: tf.util.sizeFromShape(shape), offsets: names.map((name) => offsets[name]) }
}
