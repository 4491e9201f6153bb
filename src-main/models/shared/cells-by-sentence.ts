/** Likely cells of a batch, sentence by sentence. */
import type { LikelyCells } from '#main/kernels/pair-prediction'
import { startsOf } from './batch.ts'

/** A cell with words counted from the beginning of its sentence. */
export interface FoundCell {
  readonly first: number
  readonly second: number
  /** Index of the score among those of a pair. */
  readonly output: number
  readonly probability: number
}

/** The cells of each sentence, most probable first; a kernel has kept few of them. */
export function cellsBySentence({ cells, logits }: LikelyCells, lengths: readonly number[]): FoundCell[][] {
  const starts = startsOf(lengths)
  const logitOf = (at: number): number => logits[at] ?? 0
  let cell = 0
  return lengths.map((length, sentence) => {
    const start = starts[sentence] ?? 0
    const from = cell
    // cells are in the order of their rows
    while (cell < logits.length && (cells[3 * cell] ?? 0) < start + length) cell++
    return Array.from({ length: cell - from }, (_, at) => from + at)
      .sort((a, b) => logitOf(b) - logitOf(a) || a - b)
      .map((at) => ({
        first: (cells[3 * at] ?? 0) - start,
        second: (cells[3 * at + 1] ?? 0) - start,
        output: cells[3 * at + 2] ?? 0,
        probability: 1 / (1 + Math.exp(-logitOf(at))),
      }))
  })
}
