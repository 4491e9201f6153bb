/** Layout of the gated cell's gates on the heap: update, reset and candidate side by side in one matrix. */
import type * as tf from '@tensorflow/tfjs-core'
import { bytes, padded, type Columns } from './layout.ts'
import type { WasmHeap } from './module.ts'

export interface Sizes {
  readonly rows: number
  /** Widths d, y and d + y. */
  readonly width: number
  readonly shown: number
  readonly inputWidth: number
  /** Distance from one gate to the next; `across` is the width of all gates together. */
  readonly stride: number
  readonly across: number
}

export function sizesOf(inputs: { readonly shared: tf.TensorInfo; readonly shown: tf.TensorInfo }): Sizes {
  const [rows = 0, width = 0] = inputs.shared.shape
  const [, shown = 0] = inputs.shown.shape
  const stride = padded(width)
  return { rows, width, shown, inputWidth: width + shown, stride, across: 3 * stride }
}

/** Columns of update and reset in a matrix of all gates. The two are opened together, the candidate after them. */
export const firstTwo = (at: number, { stride, across }: Sizes): Columns => ({
  at,
  stride: across,
  columns: 2 * stride,
})
export const third = (at: number, { stride, across }: Sizes): Columns => ({
  at: at + bytes(2, stride),
  stride: across,
  columns: stride,
})

/**
 * Address of the gates' kernels [d + y, across] or biases [1, across] side by side, with zeros behind a gate that is
 * narrower than its place.
 */
export function joinGates(
  heap: WasmHeap,
  name: string,
  parts: readonly tf.TensorInfo[],
  rows: number,
  { width, stride, across }: Sizes,
): number {
  const joined = heap.scratch(name, bytes(rows, across))
  heap.floats(joined, rows * across).fill(0)
  parts.forEach((part, gate) => {
    const target = joined + bytes(gate, stride)
    const source = heap.offsetOf(part)
    heap.functions.copyMatrix({ source, sourceStride: width, target, targetStride: across, rows, columns: width })
  })
  return joined
}

/** A new tensor with one gate's columns of a matrix of all gates. */
export function cutGate(
  heap: WasmHeap,
  source: number,
  shape: readonly number[],
  { width, across }: Sizes,
): tf.TensorInfo {
  const output = heap.output(shape)
  const rows = shape.length === 1 ? 1 : (shape[0] ?? 0)
  const target = heap.offsetOf(output)
  heap.functions.copyMatrix({ source, sourceStride: across, target, targetStride: width, rows, columns: width })
  return output
}

/** Copies a dense matrix into columns of `matrix`, from `column` on. */
export function copyInto(
  heap: WasmHeap,
  matrix: Columns,
  column: number,
  { source, columns }: { readonly source: number; readonly columns: number },
  rows: number,
): void {
  const target = matrix.at + bytes(1, column)
  heap.functions.copyMatrix({ source, sourceStride: columns, target, targetStride: matrix.stride, rows, columns })
}

/** Copies columns of `matrix`, from `column` on, into a dense matrix. */
export function copyFrom(
  heap: WasmHeap,
  matrix: Columns,
  column: number,
  { target, columns }: { readonly target: number; readonly columns: number },
  rows: number,
): void {
  const source = matrix.at + bytes(1, column)
  heap.functions.copyMatrix({ source, sourceStride: matrix.stride, target, targetStride: columns, rows, columns })
}
