/** 95 % interval by resampling sentences (Efron's percentile bootstrap). */
import { drawOf } from '#main/document/seeded-draw'

export interface Interval {
  readonly low: number
  readonly high: number
}

const usualDraws = 1000

/**
 * Interval of a figure of several independent samples, each of which is resampled in its own size. The same seed gives
 * the same interval. @throws RangeError for an empty sample.
 */
export function bootstrapInterval<Item>(
  samples: readonly (readonly Item[])[],
  figureOf: (samples: readonly (readonly Item[])[]) => number,
  { seed, draws = usualDraws }: { readonly seed: number; readonly draws?: number },
): Interval {
  if (samples.some(({ length }) => length === 0)) throw new RangeError('Nothing can be drawn from an empty sample.')
  let drawn = 0
  const again = (sample: readonly Item[]): Item[] =>
    Array.from({ length: sample.length }, () => {
      const at = Math.floor(drawOf(seed, drawn++) * sample.length)
      return sample[at] as Item // the index is below the length
    })
  const figures = Float64Array.from({ length: draws }, () => figureOf(samples.map(again))).sort()
  const at = (share: number): number => figures[Math.round(share * (draws - 1))] ?? 0
  return { low: at(0.025), high: at(0.975) }
}
