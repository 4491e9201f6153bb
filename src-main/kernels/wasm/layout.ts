/** How kernels lay matrices out on the heap, and products of such matrices. */
import type * as tf from '@tensorflow/tfjs-core'
import type { WasmHeap } from './module.ts'

/** Filled up to whole panels of a product. */
export const padded = (width: number): number => Math.ceil(width / 8) * 8

/** Size of float32 rows; a distance too. */
export const bytes = (rows: number, width: number): number => 4 * rows * width

/** Some columns of a matrix on the heap; products have as many rows as they are told. */
export interface Columns {
  /** Address of the first. */
  readonly at: number
  /** Numbers from one row to the next. */
  readonly stride: number
  readonly columns: number
}

/** A matrix with all its columns. */
export const whole = (at: number, columns: number): Columns => ({ at, stride: columns, columns })

/** What a product does with what stands in its place. */
type Mode = 'overwrite' | 'add'
const modes: Readonly<Record<Mode, number>> = { overwrite: 0, add: 1 }

/** target = a x panels + bias (address; 0 is none), or that much more; target's columns are a multiple of 8. */
export function multiply(
  { functions }: WasmHeap,
  rows: number,
  a: Columns,
  panels: number,
  target: Columns,
  mode: Mode = 'overwrite',
  bias = 0,
): void {
  const { at, stride, columns } = target
  functions.multiply(a.at, a.stride, panels, at, stride, rows, columns, a.columns, modes[mode], bias)
}

/** Adds transposed a x b to target, both with so many rows; target's columns are a multiple of 8. */
export function addTransposed(heap: WasmHeap, rows: number, a: Columns, b: Columns, target: Columns): void {
  const block = heap.scratch('transposed block', bytes(96, b.columns))
  const { at, stride } = target
  const sizes = [a.columns, b.columns, rows]
  heap.functions.multiplyTransposed(a.at, a.stride, b.at, b.stride, at, stride, ...sizes, modes.add, block)
}

/** Where a kernel's inputs lie, by name. */
export function offsetsOf<Name extends string>(
  heap: WasmHeap,
  inputs: tf.NamedTensorInfoMap,
  names: readonly Name[],
): Record<Name, number> {
  const offsets = names.map((name) => [name, heap.offsetOf(inputs[name] as tf.TensorInfo)]) // a kernel gets all it names
  return Object.fromEntries(offsets) as Record<Name, number>
}
