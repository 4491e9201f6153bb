/** The pair scorer's loss on WASM: its gradients, and the maximum, come from the same walk over the pairs. */
import type * as tf from '@tensorflow/tfjs-core'
import type { PairGold } from '../pair-loss.ts'
import { bytes } from './layout.ts'
import type { WasmHeap } from './module.ts'
import { registerOwnKernel, type RunKernel } from './own-kernel.ts'
import { cleared, layOut, layOutScoring, outputOf, type PairTensors } from './pair-layout.ts'

type Scored = PairTensors & Record<'bias', tf.TensorInfo>
type Won = PairTensors & Record<'gradient' | 'winners', tf.TensorInfo>

export function registerPairLoss(heap: WasmHeap): void {
  const run = (withMaximum: boolean): RunKernel => {
    return (inputs, attributes) => lossOf(heap, inputs as Scored, attributes as unknown as PairGold, withMaximum)
  }
  registerOwnKernel('PairLoss', run(false))
  registerOwnKernel('PairLossAndMaximum', run(true))
  registerOwnKernel('PairMaximumGradient', (inputs) => throughWinners(heap, inputs as Won))
}

/** → loss, gradients of left, right, kernel and bias; with the maximum also it [k, l] and its rows [k, l] int32. */
function lossOf(heap: WasmHeap, inputs: Scored, { lengths, cells }: PairGold, withMaximum: boolean): tf.TensorInfo[] {
  const layout = layOut(heap, inputs)
  const { rows, width, d, relations, l } = layout
  const scoring = layOutScoring(heap, layout, inputs.bias)
  const back = heap.scratch('pair.back', bytes(d, l))
  heap.functions.packPanelsTransposed(layout.kernel, l, l, d, back)
  const mask = heap.scratch('pair.mask', bytes(1, l))
  heap.integers(mask, l).fill(0).fill(-1, 0, relations)
  const perSentence = placeCells(heap, lengths, cells)
  const dLeft = cleared(heap, 'pair.dLeft', rows, d)
  const dRight = cleared(heap, 'pair.dRight', rows, d)
  const dPanels = cleared(heap, 'pair.dPanels', d, l)
  const dBias = cleared(heap, 'pair.dBias', 1, l)
  const maximum = withMaximum ? heap.scratch('pair.maximum', bytes(rows, l)) : 0
  const winners = withMaximum ? heap.scratch('pair.winners', bytes(rows, l)) : 0
  let total = 0
  for (const { start, words, offset, count } of perSentence)
    total += heap.functions.pairLoss(
      words,
      d,
      l,
      layout.left + bytes(start, d),
      layout.right + bytes(start, d),
      scoring.panels,
      back,
      scoring.bias,
      mask,
      offset,
      count,
      dLeft + bytes(start, d),
      dRight + bytes(start, d),
      dPanels,
      dBias,
      scoring.features,
      scoring.logits,
      start,
      withMaximum ? maximum + bytes(start, l) : 0,
      withMaximum ? winners + bytes(start, l) : 0,
    )
  const loss = heap.output([])
  heap.floats(heap.offsetOf(loss), 1)[0] = total
  const dKernel = heap.scratch('pair.dKernel', bytes(d, l))
  heap.functions.unpackPanels(dPanels, d, l, dKernel)
  return [
    loss,
    outputOf(heap, dLeft, d, [rows, width]),
    outputOf(heap, dRight, d, [rows, width]),
    outputOf(heap, dKernel, l, [width, relations]),
    outputOf(heap, dBias, l, [relations]),
    ...(withMaximum
      ? [outputOf(heap, maximum, l, [rows, relations]), outputOf(heap, winners, l, [rows, relations], 'int32')]
      : []),
  ]
}

interface PlacedSentence {
  readonly start: number
  readonly words: number
  /** Address and number of its cells, each (pair, relation). */
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

/** → gradients of left, right, kernel and bias, for one pair per first word and relation. */
function throughWinners(heap: WasmHeap, inputs: Won): tf.TensorInfo[] {
  const layout = layOut(heap, inputs)
  const { rows, width, d, relations, l } = layout
  const columns = heap.scratch('pair.columns', bytes(l, d))
  heap.functions.transpose(layout.kernel, d, l, columns)
  const dColumns = cleared(heap, 'pair.dColumns', l, d)
  const dLeft = cleared(heap, 'pair.dLeft', rows, d)
  const dRight = cleared(heap, 'pair.dRight', rows, d)
  const dBias = cleared(heap, 'pair.dBias', 1, l)
  heap.functions.pairMaximumGradient(
    rows,
    d,
    relations,
    heap.offsetOf(inputs.gradient),
    heap.offsetOf(inputs.winners),
    layout.left,
    layout.right,
    columns,
    dLeft,
    dRight,
    dColumns,
    dBias,
  )
  const dKernel = heap.scratch('pair.dKernel', bytes(d, l))
  heap.functions.transpose(dColumns, l, d, dKernel)
  return [
    outputOf(heap, dLeft, d, [rows, width]),
    outputOf(heap, dRight, d, [rows, width]),
    outputOf(heap, dKernel, l, [width, relations]),
    outputOf(heap, dBias, l, [relations]),
  ]
}
