/**
 * CountTable: the counts of all runs of two systems, a row of numbers for each sentence, so that micro F1 over any choice of
 * sentences is computed tens of thousands of times a second.
 */
import type { SentenceCounts } from '#main/evaluation/sentence-counts'

/** Counts of every run of a system, all of the same sentences. */
export type SystemCounts = readonly SentenceCounts[]

export interface CountTable {
  /** For each sentence a number of each run, those of the first system before those of the second. */
  readonly cells: Float64Array
  /** A cell is the correct triples times `factor`, plus gold and predicted ones: one addition adds both parts of F1. */
  readonly factor: number
  readonly sentences: number
  readonly runs: number
  /** Number of runs of the first system. */
  readonly firstRuns: number
}

/** @throws RangeError where a system has no run, there is no sentence, or the runs differ in their sentences. */
export function createCountTable(first: SystemCounts, second: SystemCounts): CountTable {
  const all = [...first, ...second]
  const sentences = all[0]?.gold.length ?? 0
  if (first.length === 0 || second.length === 0 || sentences === 0)
    throw new RangeError('A comparison needs a run of each system and at least one sentence.')
  if (all.some(({ gold }) => gold.length !== sentences))
    throw new RangeError('Only runs on the same sentences can be compared.')
  const factor = factorOf(all)
  const cells = new Float64Array(sentences * all.length)
  for (const [run, { gold, predicted, correct }] of all.entries())
    for (let at = 0; at < sentences; at++)
      cells[at * all.length + run] = (correct[at] ?? 0) * factor + (gold[at] ?? 0) + (predicted[at] ?? 0)
  return { cells, factor, sentences, runs: all.length, firstRuns: first.length }
}

/** A power of two above every sum of gold and predicted triples. @throws RangeError where a sum would not be exact. */
function factorOf(runs: SystemCounts): number {
  let [largest, mostCorrect] = [1, 1]
  for (const { gold, predicted, correct } of runs)
    for (let at = 0; at < gold.length; at++) {
      largest = Math.max(largest, (gold[at] ?? 0) + (predicted[at] ?? 0))
      mostCorrect = Math.max(mostCorrect, correct[at] ?? 0)
    }
  const sentences = runs[0]?.gold.length ?? 0
  const factor = 2 ** Math.ceil(Math.log2(sentences * largest + 1))
  if (factor * (sentences * mostCorrect + 1) <= Number.MAX_SAFE_INTEGER) return factor
  throw new RangeError(
    `${sentences} sentences with up to ${largest} triples are too many to resample. Compare on a smaller split, or leave out the run that finds so many.`,
  )
}

/** Puts the sum of every run's cells over the first `length` of the sentences at `places` into `sums`. */
export function sumRows({ cells, runs }: CountTable, places: Int32Array, length: number, sums: Float64Array): void {
  let run = 0
  // four runs at a time: their cells are neighbours in memory, and no addition waits for another. Places are within the table.
  for (; run + 4 <= runs; run += 4) {
    let [one, two, three, four] = [0, 0, 0, 0]
    for (let at = 0; at < length; at++) {
      const cell = (places[at] as number) * runs + run
      one += cells[cell] as number
      two += cells[cell + 1] as number
      three += cells[cell + 2] as number
      four += cells[cell + 3] as number
    }
    sums[run] = one
    sums[run + 1] = two
    sums[run + 2] = three
    sums[run + 3] = four
  }
  for (; run < runs; run++) {
    let sum = 0
    for (let at = 0; at < length; at++) sum += cells[(places[at] as number) * runs + run] as number
    sums[run] = sum
  }
}

/** F1 of a sum of cells; 0 where there is neither gold nor a prediction. */
export function f1OfSum(sum: number, factor: number): number {
  const correct = Math.floor(sum / factor)
  const others = sum - correct * factor
  return others === 0 ? 0 : (2 * correct) / others
}

/** F1 of every run of both systems over all sentences. */
export function f1OfRuns(table: CountTable): { readonly first: readonly number[]; readonly second: readonly number[] } {
  const sums = new Float64Array(table.runs)
  sumRows(
    table,
    Int32Array.from({ length: table.sentences }, (_, at) => at),
    table.sentences,
    sums,
  )
  const f1s = [...sums].map((sum) => f1OfSum(sum, table.factor))
  return { first: f1s.slice(0, table.firstRuns), second: f1s.slice(table.firstRuns) }
}

export function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}
