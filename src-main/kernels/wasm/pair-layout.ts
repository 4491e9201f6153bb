/** Layout of pairs on the heap: rows filled up to whole vectors, the kernel in panels, room for one tile. */
import type * as tf from '@tensorflow/tfjs-core'
import { bytes, padded } from './layout.ts'
import type { WasmHeap } from './module.ts'

type PairTensors = Record<'left' | 'right' | 'kernel', tf.TensorInfo>

/** Number of pairs in a tile. It must equal `tileRows` of assembly/pairs.ts, which TypeScript cannot import. */
const tileRows = 24

/** Addresses, and widths filled up to multiples of 8. */
interface PairLayout {
  readonly rows: number
  /** Width of a state; `d` is that width filled up. */
  readonly width: number
  readonly d: number
  /** Number of relation types; `l` is that number filled up. */
  readonly relations: number
  readonly l: number
  /** Address of left [k, d]; `right` is alike. */
  readonly left: number
  readonly right: number
  /** Address of the kernel [d, l]. */
  readonly kernel: number
}

export function layOut(heap: WasmHeap, { left, right, kernel }: PairTensors): PairLayout {
  const [rows = 0, width = 0] = left.shape
  const relations = kernel.shape[1] ?? 0
  const [d, l] = [padded(width), padded(relations)]
  const wideKernel = cleared(heap, 'pair.kernel', d, l)
  heap.functions.copyRows({
    source: heap.offsetOf(kernel),
    sourceStride: relations,
    target: wideKernel,
    targetStride: l,
    rows: width,
    columns: relations,
  })
  const fill = (name: string, tensor: tf.TensorInfo): number => {
    if (width === d) return heap.offsetOf(tensor)
    const target = heap.scratch(name, bytes(rows, d))
    const source = heap.offsetOf(tensor)
    heap.functions.copyRows({ source, sourceStride: width, target, targetStride: d, rows, columns: width })
    return target
  }
  return {
    rows,
    width,
    d,
    relations,
    l,
    left: fill('pair.left', left),
    right: fill('pair.right', right),
    kernel: wideKernel,
  }
}

/** Addresses that scoring needs: the kernel in panels, the bias [l], and one tile of features and of logits. */
export function layOutScoring(heap: WasmHeap, { d, l, relations, kernel }: PairLayout, bias: tf.TensorInfo) {
  const panels = heap.scratch('pair.panels', bytes(d, l))
  heap.functions.packPanels({ source: kernel, stride: l, rows: d, columns: l, target: panels })
  const wideBias = heap.scratch('pair.bias', bytes(1, l))
  heap.functions.copyRows({
    source: heap.offsetOf(bias),
    sourceStride: relations,
    target: wideBias,
    targetStride: l,
    rows: 1,
    columns: relations,
  })
  const features = heap.scratch('pair.features', bytes(tileRows, d))
  const logits = heap.scratch('pair.logits', bytes(tileRows, l))
  return { panels, bias: wideBias, features, logits }
}

/** Address of zeros [rows, width] for sums. */
export function cleared(heap: WasmHeap, name: string, rows: number, width: number): number {
  const offset = heap.scratch(name, bytes(rows, width))
  heap.floats(offset, rows * width).fill(0)
  return offset
}

/** A new tensor from rows on the heap that may be filled up. */
export function outputOf(
  heap: WasmHeap,
  source: number,
  sourceWidth: number,
  shape: readonly number[],
  dtype: 'float32' | 'int32' = 'float32',
): tf.TensorInfo {
  const result = heap.output(shape, dtype)
  const width = shape.at(-1) ?? 0
  const rows = shape.slice(0, -1).reduce((product, size) => product * size, 1)
  const target = heap.offsetOf(result)
  heap.functions.copyRows({ source, sourceStride: sourceWidth, target, targetStride: width, rows, columns: width })
  return result
}

/** Room for the largest logits of every first word and relation type, and for the rows of their second words. */
export interface Maxima {
  /** Addresses of the maxima of a sentence, which begins at row `start`. */
  of(start: number): { readonly maximum: number; readonly winners: number }
  /** New tensors [k, l], winners in int32. */
  outputs(): { readonly maximum: tf.TensorInfo; readonly winners: tf.TensorInfo }
}

/** Addresses without meaning, for a walk that needs no maxima. */
export const noMaxima = { maximum: 0, winners: 0 } as const

export function maximaOf(heap: WasmHeap, { left, kernel }: Pick<PairTensors, 'left' | 'kernel'>): Maxima {
  const [rows = 0] = left.shape
  const [, relations = 0] = kernel.shape
  const l = padded(relations)
  const maximum = heap.scratch('pair.maximum', bytes(rows, l))
  const winners = heap.scratch('pair.winners', bytes(rows, l))
  return {
    of: (start) => ({ maximum: maximum + bytes(start, l), winners: winners + bytes(start, l) }),
    outputs: () => ({
      maximum: outputOf(heap, maximum, l, [rows, relations]),
      winners: outputOf(heap, winners, l, [rows, relations], 'int32'),
    }),
  }
}
