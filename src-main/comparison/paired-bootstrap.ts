/**
 * Paired bootstrap of the difference of two systems' mean F1 (Efron's percentile interval). Every resample draws the sentences
 * once for all runs, and the runs of each system by themselves: the multi-bootstrap of Sellam et al. (2022).
 */
import { nextBits, startState, toUnit } from '#main/core/small-counter'
import { f1OfSum, sumRows, type CountTable } from './count-table.ts'

export interface BootstrapInterval {
  readonly mean: number
  /** Bounds of the 95 % interval. */
  readonly low: number
  readonly high: number
}

/** Number of additions after which the generator yields: some milliseconds. */
export const additionsPerStep = 2_000_000

/** Second minus first. The same seed gives the same interval. */
export function* pairedBootstrap(
  table: CountTable,
  { seed, resamples }: { readonly seed: number; readonly resamples: number },
): Generator<void, BootstrapInterval> {
  const { sentences, runs, firstRuns, factor } = table
  const state = startState([seed])
  const places = new Int32Array(sentences)
  const sums = new Float64Array(runs)
  const differences = new Float64Array(resamples)
  const perStep = Math.max(1, Math.floor(additionsPerStep / (sentences * runs)))
  const below = (length: number): number => Math.floor(toUnit(nextBits(state)) * length)
  const f1OfDrawn = (from: number, to: number): number => {
    let sum = 0
    for (let run = from; run < to; run++) sum += f1OfSum(sums[from + below(to - from)] ?? 0, factor)
    return sum / (to - from)
  }
  for (let drawn = 0; drawn < resamples; drawn++) {
    for (let at = 0; at < sentences; at++) places[at] = below(sentences)
    sumRows(table, places, sentences, sums)
    const first = f1OfDrawn(0, firstRuns)
    differences[drawn] = f1OfDrawn(firstRuns, runs) - first
    if (drawn % perStep === perStep - 1) yield
  }
  const mean = differences.reduce((sum, value) => sum + value, 0) / resamples
  differences.sort()
  return { mean, low: quantile(differences, 0.025), high: quantile(differences, 0.975) }
}

/** Quantile of sorted values, between its two neighbours in proportion. */
export function quantile(sorted: Float64Array, share: number): number {
  const place = share * (sorted.length - 1)
  const [low = 0, high = low] = [sorted[Math.floor(place)], sorted[Math.ceil(place)]]
  return low + (place - Math.floor(place)) * (high - low)
}
