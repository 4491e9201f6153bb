/** Slices of a matrix on WASM. The stock kernel copies the whole matrix into JavaScript for every slice. */
import * as tf from '@tensorflow/tfjs-core'
import { bytes } from './layout.ts'
import type { WasmHeap } from './module.ts'
import { replaceKernel } from './replace-kernel.ts'

export function registerSlice(heap: WasmHeap): void {
  replaceKernel('Slice', (stock) => (call) => {
    const { x } = call.inputs as Record<'x', tf.TensorInfo> // inputs of Slice
    if (!isMatrix(x)) return stock(call)
    const { begin, size } = call.attrs as unknown as tf.SliceAttrs
    const [from = [], sizes = []] = tf.slice_util.parseSliceParams(x as tf.Tensor, begin, size) // only its shape is used
    return part(heap, x, from, sizes)
  })
  replaceKernel('SplitV', (stock) => (call) => {
    const { x } = call.inputs as Record<'x', tf.TensorInfo> // inputs of SplitV
    if (!isMatrix(x)) return stock(call)
    const { numOrSizeSplits, axis } = call.attrs as unknown as tf.SplitVAttrs
    const [along = 0] = tf.util.parseAxisParam(axis, x.shape)
    let at = 0
    return tf.backend_util.prepareSplitSize(x as tf.Tensor, numOrSizeSplits, along).map((count) => {
      const begin = [0, 0].with(along, at)
      at += count
      return part(heap, x, begin, x.shape.with(along, count))
    })
  })
}

function isMatrix({ shape, dtype }: tf.TensorInfo): boolean {
  return shape.length === 2 && dtype === 'float32'
}

function part(heap: WasmHeap, x: tf.TensorInfo, begin: readonly number[], size: readonly number[]): tf.TensorInfo {
  const [, across = 0] = x.shape
  const [row = 0, column = 0] = begin
  const [rows = 0, columns = 0] = size
  const output = heap.output([rows, columns])
  const source = heap.offsetOf(x) + bytes(row, across) + bytes(1, column)
  const target = heap.offsetOf(output)
  heap.functions.copyMatrix({ source, sourceStride: across, target, targetStride: columns, rows, columns })
  return output
}
