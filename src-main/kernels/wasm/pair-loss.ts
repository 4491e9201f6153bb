/** Loss of the pair scorer on WASM: its gradients and the maximum come from the same walk over the pairs. */
import type { InputsOf, OutputsOf } from '../kernel.ts'
import { pairLossAndMaximumKernel, pairLossKernel, pairMaximumGradientKernel } from '../pair-loss.ts'
import type { PairGold } from '../pairs.ts'
import { bytes, offsetsOf } from './layout.ts'
import type { WasmHeap } from './module.ts'
import { registerOwnKernel } from './own-kernel.ts'
import { cleared, layOut, layOutScoring, maximaOf, noMaxima, outputOf, type Maxima } from './pair-layout.ts'

type LossInputs = InputsOf<typeof pairLossKernel>
type WinnerInputs = InputsOf<typeof pairMaximumGradientKernel>

export function registerPairLoss(heap: WasmHeap): void {
  registerOwnKernel(pairLossKernel, (inputs, gold) => lossOf(heap, inputs, gold, null))
  registerOwnKernel(pairLossAndMaximumKernel, (inputs, gold) => {
    const maxima = maximaOf(heap, inputs)
    return { ...lossOf(heap, inputs, gold, maxima), ...maxima.outputs() }
  })
  registerOwnKernel(pairMaximumGradientKernel, (inputs) => gradientOfMaximum(heap, inputs))
}

/** Loss and gradients; with `maxima`, also the largest logits, which are left on the heap. */
function lossOf(
  heap: WasmHeap,
  inputs: LossInputs,
  { lengths, cells }: PairGold,
  maxima: Maxima | null,
): OutputsOf<typeof pairLossKernel> {
  const layout = layOut(heap, inputs)
  const { rows, width, d, relations, l } = layout
  const scoring = layOutScoring(heap, layout, inputs.bias)
  const backPanels = heap.scratch('pair.back', bytes(d, l))
  heap.functions.packPanelsTransposed({ source: layout.kernel, stride: l, rows: l, columns: d, target: backPanels })
  const mask = heap.scratch('pair.mask', bytes(1, l))
  heap.integers(mask, l).fill(0).fill(-1, 0, relations)
  const perSentence = placeCells(heap, lengths, cells)
  const dLeft = cleared(heap, 'pair.dLeft', rows, d)
  const dRight = cleared(heap, 'pair.dRight', rows, d)
  const dPanels = cleared(heap, 'pair.dPanels', d, l)
  const dBias = cleared(heap, 'pair.dBias', 1, l)
  let total = 0
  for (const { start, words, offset, count } of perSentence)
    total += heap.functions.pairLoss({
      words,
      d,
      l,
      left: layout.left + bytes(start, d),
      right: layout.right + bytes(start, d),
      ...scoring,
      backPanels,
      mask,
      cells: offset,
      count,
      dLeft: dLeft + bytes(start, d),
      dRight: dRight + bytes(start, d),
      dPanels,
      dBias,
      start,
      ...(maxima?.of(start) ?? noMaxima),
    })
  const dKernel = heap.scratch('pair.dKernel', bytes(d, l))
  heap.functions.unpackPanels({ panels: dPanels, rows: d, columns: l, target: dKernel })
  return {
    loss: heap.scalar(total),
    dLeft: outputOf(heap, dLeft, d, [rows, width]),
    dRight: outputOf(heap, dRight, d, [rows, width]),
    dKernel: outputOf(heap, dKernel, l, [width, relations]),
    dBias: outputOf(heap, dBias, l, [relations]),
  }
}

interface PlacedSentence {
  readonly start: number
  readonly words: number
  /** Address of the sentence's cells, each (pair, relation); `count` is their number. */
  readonly offset: number
  readonly count: number
}

/** Sentences that have words, with the cells that hold in them on the heap. */
function placeCells(heap: WasmHeap, lengths: readonly number[], cells: readonly number[]): PlacedSentence[] {
  const offset = heap.scratch('pair.cells', 8 * (cells.length / 3) + 8)
  const placed = heap.integers(offset, (2 * cells.length) / 3)
  let [start, at] = [0, 0]
  return lengths.flatMap((words) => {
    const first = at
    for (; at < cells.length / 3 && (cells[3 * at] ?? 0) < start + words; at++) {
      const [subject = 0, object = 0, relation = 0] = cells.slice(3 * at, 3 * at + 3)
      placed[2 * at] = (subject - start) * words + object - start
      placed[2 * at + 1] = relation
    }
    start += words
    return words > 0 ? [{ start: start - words, words, offset: offset + 8 * first, count: at - first }] : []
  })
}

/** Gradients of the maximum, which one pair per first word and relation type has. */
function gradientOfMaximum(heap: WasmHeap, inputs: WinnerInputs): OutputsOf<typeof pairMaximumGradientKernel> {
  const layout = layOut(heap, inputs)
  const { rows, width, d, relations, l } = layout
  const columns = heap.scratch('pair.columns', bytes(l, d))
  heap.functions.transpose({ source: layout.kernel, rows: d, columns: l, target: columns })
  const dColumns = cleared(heap, 'pair.dColumns', l, d)
  const dLeft = cleared(heap, 'pair.dLeft', rows, d)
  const dRight = cleared(heap, 'pair.dRight', rows, d)
  const dBias = cleared(heap, 'pair.dBias', 1, l)
  const { gradient, winners } = inputs
  heap.functions.pairMaximumGradient({
    words: rows,
    d,
    relations,
    ...offsetsOf(heap, { gradient, winners }),
    left: layout.left,
    right: layout.right,
    columns,
    dLeft,
    dRight,
    dColumns,
    dBias,
  })
  const dKernel = heap.scratch('pair.dKernel', bytes(d, l))
  heap.functions.transpose({ source: dColumns, rows: l, columns: d, target: dKernel })
  return {
    dLeft: outputOf(heap, dLeft, d, [rows, width]),
    dRight: outputOf(heap, dRight, d, [rows, width]),
    dKernel: outputOf(heap, dKernel, l, [width, relations]),
    dBias: outputOf(heap, dBias, l, [relations]),
  }
}
