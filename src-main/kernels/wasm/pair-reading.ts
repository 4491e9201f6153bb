/** Pairs without gold on WASM: every cell worth keeping, and the largest logits if asked for, in one walk. */
import type * as tf from '@tensorflow/tfjs-core'
import { bytes } from './layout.ts'
import type { WasmHeap } from './module.ts'
import { registerOwnKernel } from './own-kernel.ts'
import { layOut, layOutScoring, outputOf, type PairTensors } from './pair-layout.ts'

type Scored = PairTensors & Record<'bias', tf.TensorInfo>

interface Asked {
  readonly lengths: readonly number[]
  readonly floor: number
  readonly withMaximum: boolean
}

/** Cells that a sentence has room for at first, per word: a trained model finds a few. */
const cellsPerWord = 64

export function registerPairReading(heap: WasmHeap): void {
  registerOwnKernel('PairReading', (inputs, asked) => read(heap, inputs as Scored, asked as unknown as Asked))
}

/** → cells [c, 3] int32, logits [c], maximum [k, l] if asked for. */
function read(heap: WasmHeap, inputs: Scored, { lengths, floor, withMaximum }: Asked): tf.TensorInfo[] {
  const layout = layOut(heap, inputs)
  const { rows, d, relations, l } = layout
  const scoring = layOutScoring(heap, layout, inputs.bias)
  const maximum = withMaximum ? heap.scratch('pair.maximum', bytes(rows, l)) : 0
  const winners = withMaximum ? heap.scratch('pair.winners', bytes(rows, l)) : 0
  const cells: Int32Array[] = []
  const logits: Float32Array[] = []
  let start = 0
  for (const words of lengths) {
    /** Number of cells of the sentence, of which as many were written as there is room for. */
    const walk = (room: number): number =>
      heap.functions.pairReading(
        words,
        d,
        l,
        relations,
        layout.left + bytes(start, d),
        layout.right + bytes(start, d),
        scoring.panels,
        scoring.bias,
        scoring.features,
        scoring.logits,
        start,
        withMaximum ? maximum + bytes(start, l) : 0,
        withMaximum ? winners + bytes(start, l) : 0,
        floor,
        heap.scratch('pair.found', bytes(room, 3)),
        heap.scratch('pair.values', bytes(room, 1)),
        room,
      )
    const room = cellsPerWord * Math.max(words, 1)
    const count = words > 0 ? walk(room) : 0
    // once more with room for all: an untrained model finds half of all cells likely
    if (count > room) walk(count)
    cells.push(heap.integers(heap.scratch('pair.found', bytes(count, 3)), 3 * count).slice())
    logits.push(heap.floats(heap.scratch('pair.values', bytes(count, 1)), count).slice())
    start += words
  }
  const found = logits.reduce((sum, { length }) => sum + length, 0)
  const [toCells, toLogits] = [heap.output([found, 3], 'int32'), heap.output([found])]
  let at = 0
  logits.forEach((values, sentence) => {
    heap.integers(heap.offsetOf(toCells) + 12 * at, 3 * values.length).set(cells[sentence] ?? [])
    heap.floats(heap.offsetOf(toLogits) + 4 * at, values.length).set(values)
    at += values.length
  })
  return [toCells, toLogits, ...(withMaximum ? [outputOf(heap, maximum, l, [rows, relations])] : [])]
}
