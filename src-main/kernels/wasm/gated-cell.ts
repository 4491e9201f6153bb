/**
 * Gated cell on the WASM heap, in blocks of rows: what lies between two products stays in the cache, and only one
 * block of [h ; y'] exists at a time. The three gates stand side by side in one matrix.
 */
import type * as tf from '@tensorflow/tfjs-core'
import { gatedCellGradientKernel, gatedCellKernel } from '../gated-cell.ts'
import type { InputsOf, OutputsOf } from '../kernel.ts'
import { copyFrom, copyInto, cutGate, firstTwo, joinGates, sizesOf, third, type Sizes } from './gate-layout.ts'
import { addTransposed, bytes, multiply, offsetsOf, padded, whole } from './layout.ts'
import type { WasmHeap } from './module.ts'
import { registerOwnKernel } from './own-kernel.ts'

export function registerGatedCell(heap: WasmHeap): void {
  registerOwnKernel(gatedCellKernel, (inputs) => openGates(heap, inputs))
  registerOwnKernel(gatedCellGradientKernel, (inputs) => backThroughGates(heap, inputs))
}

type CellInputs = InputsOf<typeof gatedCellKernel>
type CellOutputs = OutputsOf<typeof gatedCellKernel>
type TraceInputs = InputsOf<typeof gatedCellGradientKernel>
type Gradients = OutputsOf<typeof gatedCellGradientKernel>

/** Number of rows in a block. Any number from 48 to 240 is about as fast. */
const blockRows = 96

function openGates(heap: WasmHeap, inputs: CellInputs): CellOutputs {
  const { functions } = heap
  const sizes = sizesOf(inputs)
  const { rows, width, shown, inputWidth, stride, across } = sizes
  const output = () => heap.output([rows, width])
  const outputs = { out: output(), update: output(), reset: output(), candidate: output() }
  const to = offsetsOf(heap, outputs)
  const from = offsetsOf(heap, { shared: inputs.shared, shown: inputs.shown })
  const gateRows = heap.scratch('gated cell gates', bytes(blockRows, across))
  const input = whole(heap.scratch('gated cell input', bytes(blockRows, inputWidth)), inputWidth)
  const twoPanels = heap.scratch('gated cell panels of two', bytes(inputWidth, 2 * stride))
  const thirdPanels = heap.scratch('gated cell panels of the third', bytes(inputWidth, stride))
  const kernel = joinKernels(heap, inputs, sizes)
  const biases = [inputs.updateBias, inputs.resetBias, inputs.candidateBias]
  const bias = joinGates(heap, 'gated cell bias', biases, 1, sizes)
  const pack = { stride: across, rows: inputWidth }
  functions.packPanels({ source: kernel, ...pack, columns: 2 * stride, target: twoPanels })
  functions.packPanels({ source: third(kernel, sizes).at, ...pack, columns: stride, target: thirdPanels })

  for (let first = 0; first < rows; first += blockRows) {
    const count = Math.min(blockRows, rows - first)
    const at = bytes(first, width)
    const [shared, update, candidate] = [from.shared + at, to.update + at, to.candidate + at]
    const block = { gates: gateRows, stride, shared, update, rows: count, width }
    copyInto(heap, input, 0, { source: shared, columns: width }, count)
    copyInto(heap, input, width, { source: from.shown + bytes(first, shown), columns: shown }, count)
    multiply(heap, count, input, twoPanels, firstTwo(gateRows, sizes), 'overwrite', bias)
    functions.openGates({ ...block, reset: to.reset + at, input: input.at, inputWidth })
    multiply(heap, count, input, thirdPanels, third(gateRows, sizes), 'overwrite', third(bias, sizes).at)
    functions.takeCandidate({ ...block, candidate, out: to.out + at })
  }
  return outputs
}

function backThroughGates(heap: WasmHeap, inputs: TraceInputs): Gradients {
  const { functions } = heap
  const sizes = sizesOf(inputs)
  const { rows, width, shown, inputWidth, stride, across } = sizes
  const [dShared, dShown] = [heap.output([rows, width]), heap.output([rows, shown])]
  const { shown: early, ...states } = offsetsOf(heap, {
    gradient: inputs.gradient,
    shared: inputs.shared,
    shown: inputs.shown,
    update: inputs.update,
    reset: inputs.reset,
    candidate: inputs.candidate,
  })
  const to = offsetsOf(heap, { dShared, dShown })
  const dGates = heap.scratch('gated cell gates', bytes(blockRows, across))
  const input = whole(heap.scratch('gated cell input', bytes(blockRows, inputWidth)), inputWidth)
  const wide = padded(inputWidth)
  const dInput = whole(heap.scratch('gated cell input gradient', bytes(blockRows, wide)), wide)
  const dKernel = heap.scratch('gated cell kernel gradient', bytes(inputWidth, across))
  const dBias = heap.scratch('gated cell bias gradient', bytes(1, across))
  const twoPanels = heap.scratch('gated cell panels of two', bytes(2 * stride, wide))
  const thirdPanels = heap.scratch('gated cell panels of the third', bytes(stride, wide))
  const kernel = joinKernels(heap, inputs, sizes)
  const pack = { stride: across, columns: inputWidth }
  functions.packPanelsTransposed({ source: kernel, ...pack, rows: 2 * stride, target: twoPanels })
  functions.packPanelsTransposed({ source: third(kernel, sizes).at, ...pack, rows: stride, target: thirdPanels })
  heap.floats(dGates, blockRows * across).fill(0)
  heap.floats(dKernel, inputWidth * across).fill(0)
  heap.floats(dBias, across).fill(0)

  for (let first = 0; first < rows; first += blockRows) {
    const count = Math.min(blockRows, rows - first)
    const at = bytes(first, width)
    const shownAt = bytes(first, shown)
    const [gradient, shared] = [states.gradient + at, states.shared + at]
    const [update, reset, candidate] = [states.update + at, states.reset + at, states.candidate + at]
    const block = { gradient, shared, update, reset, dGates, stride, input: input.at, inputWidth, rows: count, width }
    copyInto(heap, input, width, { source: early + shownAt, columns: shown }, count)
    functions.candidateBack({ ...block, candidate })
    addTransposed(heap, count, input, third(dGates, sizes), third(dKernel, sizes))
    multiply(heap, count, third(dGates, sizes), thirdPanels, dInput)
    functions.resetBack({ ...block, dInput: dInput.at, dInputWidth: wide })
    addTransposed(heap, count, input, firstTwo(dGates, sizes), firstTwo(dKernel, sizes))
    multiply(heap, count, firstTwo(dGates, sizes), twoPanels, dInput, 'add')
    functions.addColumnSums({ source: dGates, rows: count, columns: across, sums: dBias })
    copyFrom(heap, dInput, 0, { target: to.dShared + at, columns: width }, count)
    copyFrom(heap, dInput, width, { target: to.dShown + shownAt, columns: shown }, count)
  }
  const kernelOf = (gate: number): tf.TensorInfo =>
    cutGate(heap, dKernel + bytes(gate, stride), [inputWidth, width], sizes)
  const biasOf = (gate: number): tf.TensorInfo => cutGate(heap, dBias + bytes(gate, stride), [width], sizes)
  return {
    dShared,
    dShown,
    dUpdateKernel: kernelOf(0),
    dUpdateBias: biasOf(0),
    dResetKernel: kernelOf(1),
    dResetBias: biasOf(1),
    dCandidateKernel: kernelOf(2),
    dCandidateBias: biasOf(2),
  }
}

function joinKernels(
  heap: WasmHeap,
  { updateKernel, resetKernel, candidateKernel }: Pick<CellInputs, 'updateKernel' | 'resetKernel' | 'candidateKernel'>,
  sizes: Sizes,
): number {
  return joinGates(heap, 'gated cell kernel', [updateKernel, resetKernel, candidateKernel], sizes.inputWidth, sizes)
}
