/** Bands: the mean of several runs at one place, with a standard deviation to either side. */
import { spreadOf } from '#main/evaluation/mean'
import type { ChartPoint } from './chart.ts'

export const bandNote = 'Lines are means over the runs of a row, bands one standard deviation (n − 1) to either side.'
export const bandBounds = ['mean − SD', 'mean + SD'] as const

/** @throws RangeError where there is no value. */
export function bandAt(x: number, values: readonly number[]): ChartPoint {
  if (values.length === 0) throw new RangeError('A band needs at least one value.')
  const { mean, deviation } = spreadOf(values)
  return deviation === null ? { x, y: mean } : { x, y: mean, low: mean - deviation, high: mean + deviation }
}
