/** Prediction over pairs on WASM: the likely cells, and the largest logits on request, in one walk. */
import type { InputsOf, OutputsOf } from '../kernel.ts'
import { keepMostProbable } from '../most-probable.ts'
import {
  joinCells,
  pairPredictionAndMaximumKernel,
  pairPredictionKernel,
  type LikelyCells,
  type PairLimits,
} from '../pair-prediction.ts'
import { bytes } from './layout.ts'
import type { WasmHeap } from './module.ts'
import { registerOwnKernel } from './own-kernel.ts'
import { layOut, layOutScoring, maximaOf, noMaxima, type Maxima } from './pair-layout.ts'

/**
 * Number of pairs walked, a few tiles, before cells are dropped. A model that has learnt little finds half of all
 * cells likely; it then needs room for twice the kept cells and for those of one more walk.
 */
const pairsPerWalk = 96

export function registerPairPrediction(heap: WasmHeap): void {
  registerOwnKernel(pairPredictionKernel, (inputs, limits) => likelyCells(heap, inputs, limits, null))
  registerOwnKernel(pairPredictionAndMaximumKernel, (inputs, limits) => {
    const maxima = maximaOf(heap, inputs)
    return { ...likelyCells(heap, inputs, limits, maxima), maximum: maxima.outputs().maximum }
  })
}

/** The likely cells; with `maxima`, also the largest logits, which are left on the heap. */
function likelyCells(
  heap: WasmHeap,
  inputs: InputsOf<typeof pairPredictionKernel>,
  { lengths, floor, cellsPerWord }: PairLimits,
  maxima: Maxima | null,
): OutputsOf<typeof pairPredictionKernel> {
  const layout = layOut(heap, inputs)
  const { d, relations, l } = layout
  const scoring = layOutScoring(heap, layout, inputs.bias)

  function ofSentence(words: number, start: number): LikelyCells {
    const pairs = words * words
    const most = Math.min(cellsPerWord * words, pairs * relations)
    const ofWalk = Math.min(pairsPerWalk, pairs) * relations
    // room for twice the kept cells, since a sentence of a thousand words would otherwise be sorted thousands of times
    const room = 2 * most + ofWalk
    const found = heap.scratch('pair.found', bytes(room, 3))
    const values = heap.scratch('pair.values', bytes(room, 1))
    const views = { cells: heap.integers(found, 3 * room), logits: heap.floats(values, room) }
    let count = 0
    let least = floor
    for (let first = 0; first < pairs; first += pairsPerWalk) {
      count += heap.functions.pairPrediction({
        words,
        d,
        l,
        relations,
        left: layout.left + bytes(start, d),
        right: layout.right + bytes(start, d),
        ...scoring,
        start,
        ...(maxima?.of(start) ?? noMaxima),
        floor: least,
        found: found + bytes(count, 3),
        values: values + bytes(count, 1),
        begin: first,
        end: Math.min(first + pairsPerWalk, pairs),
      })
      if (count + ofWalk <= room && first + pairsPerWalk < pairs) continue
      const kept = keepMostProbable(views, count, most)
      count = kept.count
      least = kept.floor ?? least
    }
    return { cells: views.cells.slice(0, 3 * count), logits: views.logits.slice(0, count) }
  }

  const sentences: LikelyCells[] = []
  let start = 0
  for (const words of lengths) {
    sentences.push(ofSentence(words, start))
    start += words
  }
  const { cells, logits } = joinCells(sentences)
  const outputs = { cells: heap.output([logits.length, 3], 'int32'), logits: heap.output([logits.length]) }
  heap.integers(heap.offsetOf(outputs.cells), cells.length).set(cells)
  heap.floats(heap.offsetOf(outputs.logits), logits.length).set(logits)
  return outputs
}
