/**
 * Gated cell on the WASM heap, a block of rows at a time: what lies between two products stays near the core, and of
 * [h ; y'] there is never more than a block. The three gates stand side by side in one matrix.
 */
import type * as tf from '@tensorflow/tfjs-core'
import { add, bytes, noBias, offsetsOf, overwrite, padded, transposedScratch } from './layout.ts'
import type { WasmHeap } from './module.ts'
import { registerOwnKernel } from './own-kernel.ts'

export function registerGatedCell(heap: WasmHeap): void {
  registerOwnKernel('GatedCell', (inputs) => openGates(heap, inputs))
  registerOwnKernel('GatedCellGradient', (inputs) => backThroughGates(heap, inputs))
}

type Run = (heap: WasmHeap, inputs: tf.NamedTensorInfoMap) => tf.TensorInfo[]

/** Rows worked on together; any number from 48 to 240 is about as fast. */
const blockRows = 96

const gates = ['update', 'reset', 'candidate'] as const

interface Sizes {
  readonly rows: number
  /** d, y and d + y. */
  readonly width: number
  readonly shown: number
  readonly read: number
  /** Distance between gates, and their row together. */
  readonly stride: number
  readonly across: number
}

function sizesOf(inputs: tf.NamedTensorInfoMap): Sizes {
  const [rows = 0, width = 0] = inputs['shared']?.shape ?? []
  const [, shown = 0] = inputs['shown']?.shape ?? []
  const stride = padded(width)
  return { rows, width, shown, read: width + shown, stride, across: 3 * stride }
}

const openGates: Run = (heap, inputs) => {
  const { functions } = heap
  const sizes = sizesOf(inputs)
  const { rows, width, shown, read, stride, across } = sizes
  const outputs = ['out', ...gates].map(() => heap.output([rows, width]))
  const [out, update, reset, candidate] = outputs.map((output) => heap.offsetOf(output)) as Four
  const { shared, shown: early } = offsetsOf(heap, inputs, ['shared', 'shown'])
  const block = heap.scratch('gated cell gates', bytes(blockRows, across))
  const reading = heap.scratch('gated cell reading', bytes(blockRows, read))
  const gatePanels = heap.scratch('gated cell gate panels', bytes(read, 2 * stride))
  const candidatePanels = heap.scratch('gated cell candidate panels', bytes(read, stride))
  const bias = joinGates(heap, inputs, 'Bias', sizes)
  const kernel = joinGates(heap, inputs, 'Kernel', sizes)
  const toCandidate = bytes(2, stride)
  functions.packPanels(kernel, across, read, 2 * stride, gatePanels)
  functions.packPanels(kernel + toCandidate, across, read, stride, candidatePanels)

  for (let first = 0; first < rows; first += blockRows) {
    const count = Math.min(blockRows, rows - first)
    const at = bytes(first, width)
    functions.copyMatrix(shared + at, width, reading, read, count, width)
    functions.copyMatrix(early + bytes(first, shown), shown, reading + bytes(1, width), read, count, shown)
    functions.multiply(reading, read, gatePanels, block, across, count, 2 * stride, read, overwrite, bias)
    functions.openGates(block, stride, shared + at, update + at, reset + at, reading, read, count, width)
    functions.multiply(
      reading,
      read,
      candidatePanels,
      block + toCandidate,
      across,
      count,
      stride,
      read,
      overwrite,
      bias + toCandidate,
    )
    functions.takeCandidate(block, stride, shared + at, update + at, candidate + at, out + at, count, width)
  }
  return outputs
}

const backThroughGates: Run = (heap, inputs) => {
  const { functions } = heap
  const sizes = sizesOf(inputs)
  const { rows, width, shown, read, stride, across } = sizes
  const readStride = padded(read)
  const dShared = heap.output([rows, width])
  const dShown = heap.output([rows, shown])
  const dWeights = gates.map(() => ({ kernel: heap.output([read, width]), bias: heap.output([width]) }))
  const names = ['gradient', 'shared', 'shown', 'update', 'reset', 'candidate'] as const
  const { gradient, shared, shown: early, update, reset, candidate } = offsetsOf(heap, inputs, names)
  const [toShared, toShown] = [heap.offsetOf(dShared), heap.offsetOf(dShown)]
  const dGates = heap.scratch('gated cell gates', bytes(blockRows, across))
  const reading = heap.scratch('gated cell reading', bytes(blockRows, read))
  const dReading = heap.scratch('gated cell reading gradient', bytes(blockRows, readStride))
  const gatePanels = heap.scratch('gated cell gate panels', bytes(2 * stride, readStride))
  const candidatePanels = heap.scratch('gated cell candidate panels', bytes(stride, readStride))
  const dKernel = heap.scratch('gated cell kernel gradient', bytes(read, across))
  const dBias = heap.scratch('gated cell bias gradient', bytes(1, across))
  const transposed = heap.scratch('gated cell transposed product', transposedScratch(across))
  const kernel = joinGates(heap, inputs, 'Kernel', sizes)
  const toCandidate = bytes(2, stride)
  functions.packPanelsTransposed(kernel, across, 2 * stride, read, gatePanels)
  functions.packPanelsTransposed(kernel + toCandidate, across, stride, read, candidatePanels)
  heap.floats(dGates, blockRows * across).fill(0)
  heap.floats(dKernel, read * across).fill(0)
  heap.floats(dBias, across).fill(0)

  for (let first = 0; first < rows; first += blockRows) {
    const count = Math.min(blockRows, rows - first)
    const at = bytes(first, width)
    const shownAt = bytes(first, shown)
    const dCandidate = dGates + toCandidate
    functions.copyMatrix(early + shownAt, shown, reading + bytes(1, width), read, count, shown)
    functions.candidateBack(
      gradient + at,
      shared + at,
      update + at,
      reset + at,
      candidate + at,
      dGates,
      stride,
      reading,
      read,
      count,
      width,
    )
    functions.multiplyTransposed(
      reading,
      read,
      dCandidate,
      across,
      dKernel + toCandidate,
      across,
      read,
      stride,
      count,
      add,
      transposed,
    )
    functions.multiply(
      dCandidate,
      across,
      candidatePanels,
      dReading,
      readStride,
      count,
      readStride,
      stride,
      overwrite,
      noBias,
    )
    functions.resetBack(
      gradient + at,
      shared + at,
      update + at,
      reset + at,
      dGates,
      stride,
      dReading,
      readStride,
      reading,
      read,
      count,
      width,
    )
    functions.multiplyTransposed(
      reading,
      read,
      dGates,
      across,
      dKernel,
      across,
      read,
      2 * stride,
      count,
      add,
      transposed,
    )
    functions.multiply(dGates, across, gatePanels, dReading, readStride, count, readStride, 2 * stride, add, noBias)
    functions.addColumnSums(dGates, count, across, dBias)
    functions.copyMatrix(dReading, readStride, toShared + at, width, count, width)
    functions.copyMatrix(dReading + bytes(1, width), readStride, toShown + shownAt, shown, count, shown)
  }
  dWeights.forEach(({ kernel, bias }, gate) => {
    functions.copyMatrix(dKernel + bytes(gate, stride), across, heap.offsetOf(kernel), width, read, width)
    functions.copyMatrix(dBias + bytes(gate, stride), across, heap.offsetOf(bias), width, 1, width)
  })
  return [dShared, dShown, ...dWeights.flatMap(({ kernel, bias }) => [kernel, bias])]
}

type Four = [number, number, number, number]

/** The gates' kernels [d + y, across] or biases [1, across] side by side, zeros where a gate is narrower than its place. */
function joinGates(
  heap: WasmHeap,
  inputs: tf.NamedTensorInfoMap,
  part: 'Kernel' | 'Bias',
  { width, read, stride, across }: Sizes,
): number {
  const rows = part === 'Kernel' ? read : 1
  const joined = heap.scratch(`gated cell ${part.toLowerCase()}`, bytes(rows, across))
  heap.floats(joined, rows * across).fill(0)
  const offsets = offsetsOf(
    heap,
    inputs,
    gates.map((gate) => `${gate}${part}` as const),
  )
  gates.forEach((gate, place) => {
    const target = joined + bytes(place, stride)
    heap.functions.copyMatrix(offsets[`${gate}${part}`], width, target, across, rows, width)
  })
  return joined
}
