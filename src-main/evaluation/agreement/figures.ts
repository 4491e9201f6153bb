/** Figures of a tally with their intervals, or with why there is none. */
import type { Figure } from './report.ts'
import { resample, type FigureOf, type Resampling } from './resample.ts'
import { sumsOf, type SumOf, type Tally } from './tally.ts'

/** A figure that is asked for. */
export interface AskedFigure {
  readonly of: FigureOf
  /** Counts what the figure rests on. */
  readonly units: (sumOf: SumOf) => number
  /** Why it is undefined where units were counted, as a part of a sentence. */
  readonly whenUndefined: string
  /** What is said where there are no units. */
  readonly whenNone: string
}

/** Computes all figures of a tally, in the order in which they are asked for. */
export function* figuresOf(
  tally: Tally,
  units: readonly number[],
  asked: readonly AskedFigure[],
  resampling: Resampling,
): Generator<void, Figure[]> {
  const sumOf = sumsOf(tally)
  const intervals = yield* resample(
    tally,
    units,
    asked.map((figure) => figure.of),
    resampling,
  )
  return asked.map((figure, at) => {
    const [value, interval, count] = [figure.of(sumOf), intervals[at] ?? null, figure.units(sumOf)]
    if (value === null)
      return { value, interval: null, units: count, missing: count === 0 ? figure.whenNone : figure.whenUndefined }
    const missing =
      units.length < 2 ? 'an interval needs at least two sentences' : 'it stands in too few sentences for an interval'
    return { value, interval, units: count, missing: interval ? null : missing }
  })
}
