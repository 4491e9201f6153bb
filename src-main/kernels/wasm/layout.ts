/** How kernels lay matrices out on the heap, and what products may do with what is there. */
import type * as tf from '@tensorflow/tfjs-core'
import type { WasmHeap } from './module.ts'

/** Filled up to whole panels of a product. */
export const padded = (width: number): number => Math.ceil(width / 8) * 8

/** Size of float32 rows; a distance too. */
export const bytes = (rows: number, width: number): number => 4 * rows * width

/** Modes of a product: into its place whatever was there, or onto what was there. */
export const overwrite = 0
export const add = 1

/** A product without a bias. */
export const noBias = 0

/** Numbers that a transposed product needs beside its result: a block of 96 rows as panels. */
export const transposedScratch = (width: number): number => bytes(96, padded(width))

/** Where a kernel's inputs lie, by name. */
export function offsetsOf<Name extends string>(
  heap: WasmHeap,
  inputs: tf.NamedTensorInfoMap,
  names: readonly Name[],
): Record<Name, number> {
  const offsets = names.map((name) => [name, heap.offsetOf(inputs[name] as tf.TensorInfo)]) // a kernel gets all it names
  return Object.fromEntries(offsets) as Record<Name, number>
}
