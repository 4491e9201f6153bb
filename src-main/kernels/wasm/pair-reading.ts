/** Pairs without gold on WASM: the most probable cells, and the largest logits if asked for, in one walk. */
import type * as tf from '@tensorflow/tfjs-core'
import { keepMostProbable } from '../most-probable.ts'
import { joinCells, type ReadCells } from '../pair-reading.ts'
import { bytes } from './layout.ts'
import type { WasmHeap } from './module.ts'
import { registerOwnKernel } from './own-kernel.ts'
import { layOut, layOutScoring, outputOf, type PairTensors } from './pair-layout.ts'

type Scored = PairTensors & Record<'bias', tf.TensorInfo>

interface Asked {
  readonly lengths: readonly number[]
  readonly floor: number
  readonly cellsPerWord: number
  readonly withMaximum: boolean
}

/**
 * Pairs walked before it is seen whether there are too many cells: a few tiles. A model that has learnt little finds
 * half of all cells likely, and needs no more room than for what is kept, as much again, and one walk more.
 */
const pairsPerWalk = 96

export function registerPairReading(heap: WasmHeap): void {
  registerOwnKernel('PairReading', (inputs, asked) => read(heap, inputs as Scored, asked as unknown as Asked))
}

/** → cells [c, 3] int32, logits [c], maximum [k, l] if asked for. */
function read(heap: WasmHeap, inputs: Scored, { lengths, floor, cellsPerWord, withMaximum }: Asked): tf.TensorInfo[] {
  const layout = layOut(heap, inputs)
  const { rows, d, relations, l } = layout
  const scoring = layOutScoring(heap, layout, inputs.bias)
  const maximum = withMaximum ? heap.scratch('pair.maximum', bytes(rows, l)) : 0
  const winners = withMaximum ? heap.scratch('pair.winners', bytes(rows, l)) : 0

  function readSentence(words: number, start: number): ReadCells {
    const pairs = words * words
    const most = Math.min(cellsPerWord * words, pairs * relations)
    const ofWalk = Math.min(pairsPerWalk, pairs) * relations
    // twice as many as are kept: a sentence of a thousand words would be sorted thousands of times
    const room = 2 * most + ofWalk
    const found = heap.scratch('pair.found', bytes(room, 3))
    const values = heap.scratch('pair.values', bytes(room, 1))
    const views = { cells: heap.integers(found, 3 * room), logits: heap.floats(values, room) }
    let count = 0
    let least = floor
    for (let first = 0; first < pairs; first += pairsPerWalk) {
      count += heap.functions.pairReading(
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
        least,
        found + bytes(count, 3),
        values + bytes(count, 1),
        first,
        Math.min(first + pairsPerWalk, pairs),
      )
      if (count + ofWalk <= room && first + pairsPerWalk < pairs) continue
      const kept = keepMostProbable(views, count, most)
      count = kept.count
      least = kept.floor ?? least
    }
    return { cells: views.cells.slice(0, 3 * count), logits: views.logits.slice(0, count) }
  }

  const sentences: ReadCells[] = []
  let start = 0
  for (const words of lengths) {
    sentences.push(readSentence(words, start))
    start += words
  }
  const { cells, logits } = joinCells(sentences)
  const [toCells, toLogits] = [heap.output([logits.length, 3], 'int32'), heap.output([logits.length])]
  heap.integers(heap.offsetOf(toCells), cells.length).set(cells)
  heap.floats(heap.offsetOf(toLogits), logits.length).set(logits)
  return [toCells, toLogits, ...(withMaximum ? [outputOf(heap, maximum, l, [rows, relations])] : [])]
}
