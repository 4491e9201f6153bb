/** LSTM on the WASM heap: one product per step, and one transposed product over all steps for the recurrent kernel. */
import type { InputsOf, OutputsOf } from '../kernel.ts'
import { lstmGradientKernel, lstmKernel } from '../lstm.ts'
import { addTransposed, bytes, multiply, offsetsOf, padded, whole } from './layout.ts'
import type { WasmHeap } from './module.ts'
import { registerOwnKernel } from './own-kernel.ts'

export function registerLstm(heap: WasmHeap): void {
  registerOwnKernel(lstmKernel, (inputs, { stepSizes }) => runSteps(heap, inputs, stepSizes))
  registerOwnKernel(lstmGradientKernel, (inputs, { stepSizes }) => backThroughSteps(heap, inputs, stepSizes))
}

function runSteps(
  heap: WasmHeap,
  inputs: InputsOf<typeof lstmKernel>,
  stepSizes: readonly number[],
): OutputsOf<typeof lstmKernel> {
  const { functions } = heap
  const { rows, largest, steps } = stepsOf(stepSizes)
  const [width = 0, across = 0] = inputs.recurrent.shape
  const wide = padded(across)
  const outputs = {
    states: heap.output([rows, width]),
    activated: heap.output([rows, across]),
    cells: heap.output([rows, width]),
  }
  const { gates, recurrent } = offsetsOf(heap, inputs)
  const { states, activated, cells } = offsetsOf(heap, outputs)
  const panels = heap.scratch('lstm panels', bytes(width, wide))
  const product = heap.scratch('lstm product', bytes(largest, wide))
  const noCells = heap.scratch('lstm first cells', bytes(largest, width))
  heap.floats(product, largest * wide).fill(0)
  heap.floats(noCells, largest * width).fill(0)
  functions.packPanels({ source: recurrent, stride: across, rows: width, columns: across, target: panels })

  for (const { first, running, before } of steps) {
    const [at, gatesAt, last] = [bytes(first, width), bytes(first, across), bytes(before ?? 0, width)]
    if (before !== null) multiply(heap, running, whole(states + last, width), panels, whole(product, wide))
    functions.lstmStep({
      gates: gates + gatesAt,
      product,
      productWidth: wide,
      previous: before === null ? noCells : cells + last,
      states: states + at,
      activated: activated + gatesAt,
      cells: cells + at,
      rows: running,
      width,
    })
  }
  return outputs
}

function backThroughSteps(
  heap: WasmHeap,
  inputs: InputsOf<typeof lstmGradientKernel>,
  stepSizes: readonly number[],
): OutputsOf<typeof lstmGradientKernel> {
  const { functions } = heap
  const { rows, largest, steps } = stepsOf(stepSizes)
  const [width = 0, across = 0] = inputs.recurrent.shape
  const [narrow, wide] = [padded(width), padded(across)]
  const outputs = { dGates: heap.output([rows, across]), dRecurrent: heap.output([width, across]) }
  const { dGates, dRecurrent } = offsetsOf(heap, outputs)
  const { gradient, recurrent, states, activated, cells } = offsetsOf(heap, inputs)
  const panels = heap.scratch('lstm panels', bytes(across, narrow))
  const dStates = heap.scratch('lstm product', bytes(largest, narrow))
  const dCells = heap.scratch('lstm cells', bytes(largest, width))
  const noCells = heap.scratch('lstm first cells', bytes(largest, width))
  // the state before each row of steps after the first
  const previous = heap.scratch('lstm previous states', bytes(rows - largest, width))
  // products read and write whole panels, so that other widths are computed beside the outputs
  const isWhole = wide === across
  const wideGates = isWhole ? dGates : heap.scratch('lstm gate gradients', bytes(rows, wide))
  const wideRecurrent = isWhole ? dRecurrent : heap.scratch('lstm recurrent gradient', bytes(width, wide))
  if (!isWhole) heap.floats(wideGates, rows * wide).fill(0)
  heap.floats(wideRecurrent, width * wide).fill(0)
  // sentences that have ended send no gradient back
  for (const [nothing, columns] of [
    [dStates, narrow],
    [dCells, width],
    [noCells, width],
  ] as const)
    heap.floats(nothing, largest * columns).fill(0)
  functions.packPanelsTransposed({ source: recurrent, stride: across, rows: across, columns: width, target: panels })

  for (const { first, running, before } of steps.toReversed()) {
    const [at, gatesAt, last] = [bytes(first, width), bytes(first, wide), bytes(before ?? 0, width)]
    functions.lstmStepBack({
      gradient: gradient + at,
      dStates,
      dStatesWidth: narrow,
      dCells,
      previous: before === null ? noCells : cells + last,
      activated: activated + bytes(first, across),
      cells: cells + at,
      dGates: wideGates + gatesAt,
      dGatesWidth: wide,
      rows: running,
      width,
    })
    if (before === null) break
    const dStep = { at: wideGates + gatesAt, stride: wide, columns: across }
    multiply(heap, running, dStep, panels, whole(dStates, narrow))
    functions.copyMatrix({
      source: states + last,
      sourceStride: width,
      target: previous + bytes(first - largest, width),
      targetStride: width,
      rows: running,
      columns: width,
    })
  }
  const dLater = whole(wideGates + bytes(largest, wide), wide)
  addTransposed(heap, rows - largest, whole(previous, width), dLater, whole(wideRecurrent, wide))
  if (!isWhole) {
    const cut = { sourceStride: wide, targetStride: across, columns: across }
    functions.copyMatrix({ source: wideGates, target: dGates, rows, ...cut })
    functions.copyMatrix({ source: wideRecurrent, target: dRecurrent, rows: width, ...cut })
  }
  return outputs
}

interface Step {
  /** First row of the step; `before` is that of the step before. */
  readonly first: number
  readonly before: number | null
  readonly running: number
}

function stepsOf(stepSizes: readonly number[]): { rows: number; largest: number; steps: Step[] } {
  const steps: Step[] = []
  let rows = 0
  for (const running of stepSizes) {
    steps.push({ first: rows, before: steps.at(-1)?.first ?? null, running })
    rows += running
  }
  return { rows, largest: stepSizes[0] ?? 0, steps }
}
