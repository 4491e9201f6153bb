/** Adam and square sums on WASM: one pass over the numbers instead of ten. */
import * as tf from '@tensorflow/tfjs-core'
import type { AdamRates } from '../adam.ts'
import { offsetsOf } from './layout.ts'
import type { WasmHeap } from './module.ts'
import { registerOwnKernel } from './own-kernel.ts'

const inputNames = ['weight', 'gradient', 'first', 'second'] as const

export function registerAdam(heap: WasmHeap): void {
  registerOwnKernel('AdamMove', (inputs, rates) => move(heap, inputs, rates as unknown as AdamRates))
  registerOwnKernel('SumOfSquares', (inputs) => {
    const x = inputs['x'] as tf.TensorInfo // its only input
    const total = heap.functions.sumOfSquares(heap.offsetOf(x), tf.util.sizeFromShape(x.shape))
    const result = heap.output([])
    heap.floats(heap.offsetOf(result), 1)[0] = total
    return [result]
  })
}

function move(heap: WasmHeap, inputs: tf.NamedTensorInfoMap, rates: AdamRates): tf.TensorInfo[] {
  const { shape } = inputs['weight'] as tf.TensorInfo // the shape of all
  const outputs = inputNames.slice(1).map(() => heap.output(shape))
  const { weight, gradient, first, second } = offsetsOf(heap, inputs, inputNames)
  const [newWeight = 0, newFirst = 0, newSecond = 0] = outputs.map((output) => heap.offsetOf(output))
  const { rate, correction, scale, decayFirst, decaySecond, epsilon } = rates
  heap.functions.adamMove(
    tf.util.sizeFromShape(shape),
    weight,
    gradient,
    first,
    second,
    newWeight,
    newFirst,
    newSecond,
    rate,
    correction,
    scale,
    decayFirst,
    decaySecond,
    epsilon,
  )
  return outputs
}
