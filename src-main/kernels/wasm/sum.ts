/** Sums over rows on WASM, as in the gradient of every bias. The stock kernel transposes its input first. */
import * as tf from '@tensorflow/tfjs-core'
import type { WasmHeap } from './module.ts'
import { replaceKernel } from './replace-kernel.ts'

export function registerSum(heap: WasmHeap): void {
  replaceKernel('Sum', (stock) => (call) => {
    const { x } = call.inputs as Record<'x', tf.TensorInfo> // inputs of Sum
    const { axis, keepDims } = call.attrs as unknown as tf.SumAttrs
    const axes = tf.util.parseAxisParam(axis, x.shape)
    const areFirst = axes.length < x.shape.length && axes.every((axis, at) => axis === at)
    return areFirst && !keepDims && x.dtype === 'float32' ? sumRows(heap, x, axes.length) : stock(call)
  })
}

/** Sum over the first `axes` axes. */
function sumRows(heap: WasmHeap, x: tf.TensorInfo, axes: number): tf.TensorInfo {
  const [rows, columns] = [x.shape.slice(0, axes), x.shape.slice(axes)].map(tf.util.sizeFromShape) as [number, number]
  const output = heap.output(x.shape.slice(axes))
  const sums = heap.offsetOf(output)
  heap.floats(sums, columns).fill(0)
  heap.functions.addColumnSums({ source: heap.offsetOf(x), rows, columns, sums })
  return output
}
