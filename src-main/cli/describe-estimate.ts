/** Describes the cost of a run, in lines that are printed before it starts. */
import type { RunEstimate } from '#main/api/runs'
import { formatSeconds } from './progress.ts'

export function describeEstimate(estimate: RunEstimate, corpus: string): string[] {
  const { sentences, weights, memoryMb, secondsPerEpoch, seconds, vectors, posShare, notes } = estimate
  const count = (number: number): string => number.toLocaleString('en')
  const { train, dev, test } = sentences
  const time =
    secondsPerEpoch === null || seconds === null
      ? ''
      : `, ${formatSeconds(secondsPerEpoch)} per epoch in earlier runs, at most ${formatSeconds(seconds)} in all`
  return [
    `${corpus}: ${count(train)} sentences of train, ${count(dev)} of dev, ${count(test)} of test`,
    `model: at most ${count(weights)} weights, about ${memoryMb} MB in all${time}`,
    ...(vectors
      ? [
          `word vectors: ${count(vectors.covered)} of ${count(vectors.words)} words have one, ${(100 * vectors.tokenShare).toFixed(1)} % of the running text`,
        ]
      : []),
    ...(posShare > 0 ? [`parts of speech: ${(100 * posShare).toFixed(1)} % of the words have one (--pos)`] : []),
    ...notes,
  ]
}
