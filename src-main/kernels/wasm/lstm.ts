/** LSTM on the WASM heap: one product per step, and one transposed product over all steps for the recurrent kernel. */
import type * as tf from '@tensorflow/tfjs-core'
import { addTransposed, bytes, multiply, offsetsOf, padded, whole } from './layout.ts'
import type { WasmHeap } from './module.ts'
import { registerOwnKernel } from './own-kernel.ts'

export function registerLstm(heap: WasmHeap): void {
  const stepSizes = (attributes: tf.NamedAttrMap) => attributes['stepSizes'] as number[] // as the kernel asks for
  registerOwnKernel('Lstm', (inputs, attributes) => runSteps(heap, inputs, stepSizes(attributes)))
  registerOwnKernel('LstmGradient', (inputs, attributes) => backThroughSteps(heap, inputs, stepSizes(attributes)))
}

type Run = (heap: WasmHeap, inputs: tf.NamedTensorInfoMap, stepSizes: readonly number[]) => tf.TensorInfo[]

const runSteps: Run = (heap, inputs, stepSizes) => {
  const { functions } = heap
  const { rows, largest, steps } = stepsOf(stepSizes)
  const [width = 0, across = 0] = inputs['recurrent']?.shape ?? []
  const wide = padded(across)
  const outputs = [heap.output([rows, width]), heap.output([rows, across]), heap.output([rows, width])]
  const [states, activated, cells] = outputs.map((output) => heap.offsetOf(output)) as [number, number, number]
  const { gates, recurrent } = offsetsOf(heap, inputs, ['gates', 'recurrent'])
  const panels = heap.scratch('lstm panels', bytes(width, wide))
  const product = heap.scratch('lstm product', bytes(largest, wide))
  const noCells = heap.scratch('lstm first cells', bytes(largest, width))
  heap.floats(product, largest * wide).fill(0)
  heap.floats(noCells, largest * width).fill(0)
  functions.packPanels(recurrent, across, width, across, panels)

  for (const { first, running, before } of steps) {
    const [at, gatesAt, last] = [bytes(first, width), bytes(first, across), bytes(before ?? 0, width)]
    if (before !== null) multiply(heap, running, whole(states + last, width), panels, whole(product, wide))
    functions.lstmStep(
      gates + gatesAt,
      product,
      wide,
      before === null ? noCells : cells + last,
      states + at,
      activated + gatesAt,
      cells + at,
      running,
      width,
    )
  }
  return outputs
}

const backThroughSteps: Run = (heap, inputs, stepSizes) => {
  const { functions } = heap
  const { rows, largest, steps } = stepsOf(stepSizes)
  const [width = 0, across = 0] = inputs['recurrent']?.shape ?? []
  const [narrow, wide] = [padded(width), padded(across)]
  const outputs = [heap.output([rows, across]), heap.output([width, across])]
  const [dGates, dRecurrent] = outputs.map((output) => heap.offsetOf(output)) as [number, number]
  const names = ['gradient', 'recurrent', 'states', 'activated', 'cells'] as const
  const { gradient, recurrent, states, activated, cells } = offsetsOf(heap, inputs, names)
  const panels = heap.scratch('lstm panels', bytes(across, narrow))
  const dStates = heap.scratch('lstm product', bytes(largest, narrow))
  const dCells = heap.scratch('lstm cells', bytes(largest, width))
  const noCells = heap.scratch('lstm first cells', bytes(largest, width))
  // rows of steps after the first pair with these
  const previous = heap.scratch('lstm previous states', bytes(rows - largest, width))
  // products read and write whole panels: other widths are computed beside the outputs
  const isWhole = wide === across
  const wideGates = isWhole ? dGates : heap.scratch('lstm gate gradients', bytes(rows, wide))
  const wideRecurrent = isWhole ? dRecurrent : heap.scratch('lstm recurrent gradient', bytes(width, wide))
  if (!isWhole) heap.floats(wideGates, rows * wide).fill(0)
  heap.floats(wideRecurrent, width * wide).fill(0)
  // sentences that ended bring nothing back
  for (const [nothing, columns] of [
    [dStates, narrow],
    [dCells, width],
    [noCells, width],
  ] as const)
    heap.floats(nothing, largest * columns).fill(0)
  functions.packPanelsTransposed(recurrent, across, across, width, panels)

  for (const { first, running, before } of steps.toReversed()) {
    const [at, gatesAt, last] = [bytes(first, width), bytes(first, wide), bytes(before ?? 0, width)]
    functions.lstmStepBack(
      gradient + at,
      dStates,
      narrow,
      dCells,
      before === null ? noCells : cells + last,
      activated + bytes(first, across),
      cells + at,
      wideGates + gatesAt,
      wide,
      running,
      width,
    )
    if (before === null) break
    const dStep = { at: wideGates + gatesAt, stride: wide, columns: across }
    multiply(heap, running, dStep, panels, whole(dStates, narrow))
    functions.copyMatrix(states + last, width, previous + bytes(first - largest, width), width, running, width)
  }
  const dLater = whole(wideGates + bytes(largest, wide), wide)
  addTransposed(heap, rows - largest, whole(previous, width), dLater, whole(wideRecurrent, wide))
  if (!isWhole) {
    functions.copyMatrix(wideGates, wide, dGates, across, rows, across)
    functions.copyMatrix(wideRecurrent, wide, dRecurrent, across, width, across)
  }
  return outputs
}

interface Step {
  /** First row, and that of the step before. */
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
