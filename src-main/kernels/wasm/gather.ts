/** Gather of rows on WASM. The stock kernel computes the place of every single value, which takes 200 times as long. */
import * as tf from '@tensorflow/tfjs-core'
import { offsetsOf } from './layout.ts'
import type { WasmHeap } from './module.ts'
import { replaceKernel } from './replace-kernel.ts'

export function registerGather(heap: WasmHeap): void {
  replaceKernel('GatherV2', (stock) => (call) => {
    const { x, indices } = call.inputs as Record<'x' | 'indices', tf.TensorInfo> // inputs of GatherV2
    const { axis, batchDims } = call.attrs as unknown as tf.GatherV2Attrs
    const isRows = axis === 0 && batchDims === 0 && x.dtype === 'float32' && indices.dtype === 'int32'
    return isRows ? gatherRows(heap, x, indices) : stock(call)
  })
}

function gatherRows(heap: WasmHeap, x: tf.TensorInfo, indices: tf.TensorInfo): tf.TensorInfo {
  const [count = 0, ...rowShape] = x.shape
  const rows = tf.util.sizeFromShape(indices.shape)
  const output = heap.output([...indices.shape, ...rowShape])
  const { source, numbers, target } = offsetsOf(heap, { source: x, numbers: indices, target: output })
  const columns = tf.util.sizeFromShape(rowShape)
  const failed = heap.functions.gatherRows({ source, count, numbers, target, rows, columns })
  if (failed >= 0) {
    const [number] = heap.integers(numbers + 4 * failed, 1)
    throw new Error(`There is no row ${number} to gather: the table has ${count}`)
  }
  return output
}
