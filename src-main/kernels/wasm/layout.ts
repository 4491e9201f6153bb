/** Layout of matrices on the heap, and products of such matrices. */
import type * as tf from '@tensorflow/tfjs-core'
import type { WasmHeap } from './module.ts'

/** Width filled up to whole panels of a product: a multiple of 8. */
export const padded = (width: number): number => Math.ceil(width / 8) * 8

/** Bytes of `rows` rows of float32 numbers; also the distance between two rows. */
export const bytes = (rows: number, width: number): number => 4 * rows * width

/** Some columns of a matrix on the heap. The number of rows is given to the product. */
export interface Columns {
  /** Address of the first number. */
  readonly at: number
  /** Distance between two rows, in numbers. */
  readonly stride: number
  readonly columns: number
}

/** A matrix with all its columns. */
export const whole = (at: number, columns: number): Columns => ({ at, stride: columns, columns })

/** Depth of a block of `multiplyTransposed`, as in assembly/products.ts. */
export const transposedDepth = 96

/** Whether a product overwrites its target or is added to it. */
type Mode = 'overwrite' | 'add'
export const modes: Readonly<Record<Mode, number>> = { overwrite: 0, add: 1 }

/**
 * target [rows, n] = a [rows, k] x panels [k, n] + bias [n], or target + a x panels with mode `add`. `panels` and `bias`
 * are addresses, a bias of 0 means none; n is a multiple of 8.
 */
export function multiply(
  { functions }: WasmHeap,
  rows: number,
  a: Columns,
  panels: number,
  target: Columns,
  mode: Mode = 'overwrite',
  bias = 0,
): void {
  functions.multiply({
    a: a.at,
    aStride: a.stride,
    panels,
    bias,
    mode: modes[mode],
    target: target.at,
    targetStride: target.stride,
    rows,
    columns: target.columns,
    inner: a.columns,
  })
}

/** target += (transposed a) x b, where a and b have `rows` rows; the width of b and target is a multiple of 8. */
export function addTransposed(heap: WasmHeap, rows: number, a: Columns, b: Columns, target: Columns): void {
  heap.functions.multiplyTransposed({
    a: a.at,
    aStride: a.stride,
    b: b.at,
    bStride: b.stride,
    mode: modes.add,
    target: target.at,
    targetStride: target.stride,
    rows: a.columns,
    columns: b.columns,
    inner: rows,
    scratch: heap.scratch('transposed block', bytes(transposedDepth, b.columns)),
  })
}

/** Addresses of tensors by name. */
export function offsetsOf<Tensors extends { readonly [Name in keyof Tensors]: tf.TensorInfo }>(
  heap: WasmHeap,
  tensors: Tensors,
): { readonly [Name in keyof Tensors]: number } {
  const offsets = Object.entries<tf.TensorInfo>(tensors).map(([name, tensor]) => [name, heap.offsetOf(tensor)])
  return Object.fromEntries(offsets) as { [Name in keyof Tensors]: number } // the same names
}
