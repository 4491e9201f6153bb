/** 95 % intervals of all figures of a tally at once, by resampling its units (Efron's percentile bootstrap). */
import { nextBits, startState, toUnit } from '#main/core/small-counter'
import type { SumOf, Tally } from './tally.ts'

export interface FigureInterval {
  readonly low: number
  readonly high: number
}

/** A figure of sums; null where it is undefined. */
export type FigureOf = (sumOf: SumOf) => number | null

export interface Resampling {
  readonly seed: number
  readonly draws: number
}

export const usualDraws = 1000

/** Share of draws in which a figure may be undefined and still get an interval of the others. */
const mostUndefined = 0.05

/** Number of additions after which the generator yields: some milliseconds. */
const additionsPerStep = 2_000_000

/**
 * Every draw takes as many units as there are, with replacement, for all figures together. The same seed gives the same intervals.
 * @param units the units that are drawn from.
 * @returns null for a figure where there are fewer than two units, or where too many draws left it undefined.
 */
export function* resample(
  tally: Tally,
  units: readonly number[],
  figures: readonly FigureOf[],
  { seed, draws }: Resampling,
): Generator<void, (FigureInterval | null)[]> {
  if (units.length < 2) return figures.map(() => null)
  const drawn = figures.map(() => new Float64Array(draws))
  const state = startState([seed])
  const weights = new Int32Array(units.reduce((most, unit) => Math.max(most, unit), 0) + 1)
  const rows = [...tally.keys()].map((key) => ({ key, ...tally.rows(key) }))
  const sums = new Map(rows.map(({ key, width }) => [key, new Float64Array(width)]))
  const sumOf: SumOf = (key, place) => sums.get(key)?.[place] ?? 0
  const cost = rows.reduce((sum, { values }) => sum + values.length, units.length)
  for (let draw = 0, spent = 0; draw < draws; draw++, spent += cost) {
    weights.fill(0)
    for (let at = 0; at < units.length; at++) {
      const unit = units[Math.floor(toUnit(nextBits(state)) * units.length)] ?? 0
      weights[unit] = (weights[unit] ?? 0) + 1
    }
    for (const { key, ...own } of rows) addWeighted(own, weights, sums.get(key) ?? new Float64Array(own.width))
    for (const [at, figureOf] of figures.entries()) (drawn[at] as Float64Array)[draw] = figureOf(sumOf) ?? NaN // of this figure
    if (spent < additionsPerStep) continue
    spent = 0
    yield
  }
  return drawn.map(intervalOf)
}

function addWeighted(
  { units, values, width }: { readonly units: Int32Array; readonly values: Float64Array; readonly width: number },
  weights: Int32Array,
  sums: Float64Array,
): void {
  sums.fill(0)
  for (let row = 0; row < units.length; row++) {
    const weight = weights[units[row] as number] as number // units are within the weights
    if (weight === 0) continue
    for (let at = 0; at < width; at++) sums[at] = (sums[at] as number) + weight * (values[row * width + at] as number)
  }
}

function intervalOf(drawn: Float64Array): FigureInterval | null {
  const figures = drawn.filter((figure) => !Number.isNaN(figure)).sort()
  if (figures.length < drawn.length * (1 - mostUndefined)) return null
  return { low: quantile(figures, 0.025), high: quantile(figures, 0.975) }
}

/** Quantile of sorted values, between its two neighbours in proportion. */
function quantile(sorted: Float64Array, share: number): number {
  const place = share * (sorted.length - 1)
  const [low = 0, high = low] = [sorted[Math.floor(place)], sorted[Math.ceil(place)]]
  return low + (place - Math.floor(place)) * (high - low)
}
