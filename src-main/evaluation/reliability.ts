/** Reliability: whether triples of a probability are right as often as it says. */

/** A probability that was stated, and whether it came true. */
export interface Stated {
  readonly probability: number
  readonly isRight: boolean
}

export interface ReliabilityBin {
  /** Bounds of the probabilities in it: from, and below (the last bin: up to and with) `to`. */
  readonly from: number
  readonly to: number
  readonly count: number
  readonly right: number
  /** Mean of the stated probabilities; 0 in an empty bin. */
  readonly meanProbability: number
}

export interface Reliability {
  readonly count: number
  readonly right: number
  /** Bins of one width; empty ones are listed too. */
  readonly bins: readonly ReliabilityBin[]
  /** Expected calibration error: mean of |stated - right| over the bins, by their counts. */
  readonly ece: number
  /** Mean squared error of the probabilities (Brier's score). */
  readonly brier: number
}

export const usualBins = 10

export function reliabilityOf(stated: readonly Stated[], binCount: number = usualBins): Reliability {
  const sums = Array.from({ length: binCount }, () => ({ count: 0, right: 0, probability: 0 }))
  let squares = 0
  for (const { probability, isRight } of stated) {
    const sum = sums[Math.min(binCount - 1, Math.floor(probability * binCount))]
    if (!sum) throw new RangeError(`A probability is 0 to 1: found ${probability}.`)
    sum.count++
    sum.right += Number(isRight)
    sum.probability += probability
    squares += (probability - Number(isRight)) ** 2
  }
  const count = stated.length
  const bins = sums.map((sum, at): ReliabilityBin => ({
    ...{ from: at / binCount, to: (at + 1) / binCount, count: sum.count, right: sum.right },
    meanProbability: sum.count === 0 ? 0 : sum.probability / sum.count,
  }))
  const gaps = sums.reduce((total, sum) => total + Math.abs(sum.probability - sum.right), 0)
  return {
    ...{ count, bins, right: sums.reduce((total, sum) => total + sum.right, 0) },
    ece: count === 0 ? 0 : gaps / count,
    brier: count === 0 ? 0 : squares / count,
  }
}
