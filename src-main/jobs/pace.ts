/** Pace: how fast work goes and how long the rest takes, from what was done lately. */

export interface Pace {
  /** Notes how much is done at a moment, in milliseconds. */
  note(done: number, atMs: number): void
  /** Amount that is done in a second; null before a second has passed. */
  rate(): number | null
  /** Seconds that the rest takes at this rate; null where the total or the rate is not known. */
  secondsLeft(total: number | null): number | null
}

interface Sample {
  readonly done: number
  readonly atMs: number
}

/** Work of the last half minute counts: long enough to be steady, short enough to follow a change. */
const windowMs = 30_000

/** Samples closer than this to the last kept one replace each other, so that their number stays small. */
const apartMs = 500

const leastMs = 1000

/** @param begin how much was done when this attempt began, and when. */
export function createPace(begin: Sample): Pace {
  let samples: Sample[] = [begin]
  let last = begin
  const rate = (): number | null => {
    const first = samples[0] ?? begin
    const ms = last.atMs - first.atMs
    return ms < leastMs ? null : ((last.done - first.done) / ms) * 1000
  }
  return {
    note(done, atMs) {
      last = { done, atMs }
      if (atMs - (samples.at(-1) ?? begin).atMs < apartMs) return
      // one sample from before the window stays, so that a slow job has a rate too
      const recent = samples.findLastIndex((sample) => atMs - sample.atMs >= windowMs)
      samples = [...samples.slice(Math.max(0, recent)), last]
    },
    rate,
    secondsLeft(total) {
      const perSecond = rate()
      if (total === null || perSecond === null || perSecond <= 0) return null
      return Math.max(0, total - last.done) / perSecond
    },
  }
}
