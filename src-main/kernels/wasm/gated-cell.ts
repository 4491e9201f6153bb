/**
 * Gated cell on the WASM heap, a block of rows at a time: what lies between two products stays near the core, and of
 * [h ; y'] there is never more than a block. The three gates stand side by side in one matrix.
 */
import type * as tf from '@tensorflow/tfjs-core'
import { addTransposed, bytes, multiply, offsetsOf, padded, whole, type Columns } from './layout.ts'
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

/** Update and reset are opened together, the candidate after them: their columns in a matrix of all gates. */
const firstTwo = (at: number, { stride, across }: Sizes): Columns => ({ at, stride: across, columns: 2 * stride })
const third = (at: number, { stride, across }: Sizes): Columns => ({
  at: at + bytes(2, stride),
  stride: across,
  columns: stride,
})

const openGates: Run = (heap, inputs) => {
  const { functions } = heap
  const sizes = sizesOf(inputs)
  const { rows, width, shown, read, stride, across } = sizes
  const outputs = ['out', ...gates].map(() => heap.output([rows, width]))
  const [out, update, reset, candidate] = outputs.map((output) => heap.offsetOf(output)) as Four
  const { shared, shown: early } = offsetsOf(heap, inputs, ['shared', 'shown'])
  const block = heap.scratch('gated cell gates', bytes(blockRows, across))
  const reading = whole(heap.scratch('gated cell reading', bytes(blockRows, read)), read)
  const twoPanels = heap.scratch('gated cell panels of two', bytes(read, 2 * stride))
  const thirdPanels = heap.scratch('gated cell panels of the third', bytes(read, stride))
  const kernel = joinGates(heap, inputs, 'Kernel', sizes)
  const bias = joinGates(heap, inputs, 'Bias', sizes)
  functions.packPanels(kernel, across, read, 2 * stride, twoPanels)
  functions.packPanels(third(kernel, sizes).at, across, read, stride, thirdPanels)

  for (let first = 0; first < rows; first += blockRows) {
    const count = Math.min(blockRows, rows - first)
    const at = bytes(first, width)
    functions.copyMatrix(shared + at, width, reading.at, read, count, width)
    functions.copyMatrix(early + bytes(first, shown), shown, reading.at + bytes(1, width), read, count, shown)
    multiply(heap, count, reading, twoPanels, firstTwo(block, sizes), 'overwrite', bias)
    functions.openGates(block, stride, shared + at, update + at, reset + at, reading.at, read, count, width)
    multiply(heap, count, reading, thirdPanels, third(block, sizes), 'overwrite', third(bias, sizes).at)
    functions.takeCandidate(block, stride, shared + at, update + at, candidate + at, out + at, count, width)
  }
  return outputs
}

const backThroughGates: Run = (heap, inputs) => {
  const { functions } = heap
  const sizes = sizesOf(inputs)
  const { rows, width, shown, read, stride, across } = sizes
  const dShared = heap.output([rows, width])
  const dShown = heap.output([rows, shown])
  const dWeights = gates.map(() => ({ kernel: heap.output([read, width]), bias: heap.output([width]) }))
  const names = ['gradient', 'shared', 'shown', 'update', 'reset', 'candidate'] as const
  const { shown: early, ...offsets } = offsetsOf(heap, inputs, names)
  const [toShared, toShown] = [heap.offsetOf(dShared), heap.offsetOf(dShown)]
  const dGates = heap.scratch('gated cell gates', bytes(blockRows, across))
  const reading = whole(heap.scratch('gated cell reading', bytes(blockRows, read)), read)
  const wide = padded(read)
  const dReading = whole(heap.scratch('gated cell reading gradient', bytes(blockRows, wide)), wide)
  const dKernel = heap.scratch('gated cell kernel gradient', bytes(read, across))
  const dBias = heap.scratch('gated cell bias gradient', bytes(1, across))
  const twoPanels = heap.scratch('gated cell panels of two', bytes(2 * stride, wide))
  const thirdPanels = heap.scratch('gated cell panels of the third', bytes(stride, wide))
  const kernel = joinGates(heap, inputs, 'Kernel', sizes)
  functions.packPanelsTransposed(kernel, across, 2 * stride, read, twoPanels)
  functions.packPanelsTransposed(third(kernel, sizes).at, across, stride, read, thirdPanels)
  heap.floats(dGates, blockRows * across).fill(0)
  heap.floats(dKernel, read * across).fill(0)
  heap.floats(dBias, across).fill(0)

  for (let first = 0; first < rows; first += blockRows) {
    const count = Math.min(blockRows, rows - first)
    const at = bytes(first, width)
    const shownAt = bytes(first, shown)
    const [gradient, shared] = [offsets.gradient + at, offsets.shared + at]
    const [update, reset, candidate] = [offsets.update + at, offsets.reset + at, offsets.candidate + at]
    const rest = [reading.at, read, count, width] as const
    functions.copyMatrix(early + shownAt, shown, reading.at + bytes(1, width), read, count, shown)
    functions.candidateBack(gradient, shared, update, reset, candidate, dGates, stride, ...rest)
    addTransposed(heap, count, reading, third(dGates, sizes), third(dKernel, sizes))
    multiply(heap, count, third(dGates, sizes), thirdPanels, dReading)
    functions.resetBack(gradient, shared, update, reset, dGates, stride, dReading.at, wide, ...rest)
    addTransposed(heap, count, reading, firstTwo(dGates, sizes), firstTwo(dKernel, sizes))
    multiply(heap, count, firstTwo(dGates, sizes), twoPanels, dReading, 'add')
    functions.addColumnSums(dGates, count, across, dBias)
    functions.copyMatrix(dReading.at, wide, toShared + at, width, count, width)
    functions.copyMatrix(dReading.at + bytes(1, width), wide, toShown + shownAt, shown, count, shown)
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
