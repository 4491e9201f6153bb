/** What an estimate says, as terms and values. */
import type { ExperimentEstimate } from '#main/api/experiments'
import type { RunEstimate } from '#main/api/runs'
import { formatCount, formatCoverage, formatDuration, formatMemory } from '#window/common/figures.ts'

export interface Fact {
  readonly term: string
  readonly value: string
}

export function factsOfRuns(estimate: RunEstimate, runCount: number, epochs: number): Fact[] {
  const { sentences, weights, memoryMb, secondsPerEpoch, vectors, posShare } = estimate
  const { train, dev, test } = sentences
  const total = secondsPerEpoch === null ? null : secondsPerEpoch * epochs * runCount
  return [
    { term: 'Runs', value: formatCount(runCount) },
    { term: 'Train / dev / test', value: [train, dev, test].map(formatCount).join(' / ') },
    ...(vectors ? [{ term: 'Words with a vector', value: formatCoverage(vectors) }] : []),
    ...(posShare > 0 ? [{ term: 'Words with a part of speech', value: `${(100 * posShare).toFixed(1)} %` }] : []),
    { term: 'Weights at most', value: formatCount(weights) },
    { term: 'Memory, about', value: formatMemory(memoryMb) },
    { term: 'Time per epoch', value: secondsPerEpoch === null ? 'not measured yet' : formatDuration(secondsPerEpoch) },
    allEpochs(total),
  ]
}

export function factsOfExperiment({ trials, runs, made, seconds, memoryMb }: ExperimentEstimate): Fact[] {
  return [
    { term: 'Combinations of settings', value: formatCount(trials) },
    { term: 'Runs', value: formatCount(runs) },
    ...(made > 0 ? [{ term: 'There already', value: formatCount(made) }] : []),
    { term: 'Memory, about', value: formatMemory(memoryMb) },
    allEpochs(seconds),
  ]
}

const allEpochs = (seconds: number | null): Fact => ({
  term: 'All epochs',
  value: seconds === null ? 'known after the first run' : `${formatDuration(seconds)} at most`,
})
