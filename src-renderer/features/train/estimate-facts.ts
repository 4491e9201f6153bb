/** What an estimate says, as terms and values. */
import type { ExperimentEstimate } from '#main/api/experiments'
import type { RunEstimate } from '#main/api/runs'
import { formatCount, formatCoverage, formatDuration, formatMemory } from '#window/common/figures.ts'

export interface Fact {
  readonly term: string
  readonly value: string
}

export function factsOf(estimate: RunEstimate | ExperimentEstimate, runCount: number): Fact[] {
  return 'trials' in estimate ? factsOfExperiment(estimate) : factsOfRuns(estimate, runCount)
}

function factsOfRuns(estimate: RunEstimate, runCount: number): Fact[] {
  const { sentences, weights, memoryMb, secondsPerEpoch, seconds, vectors, posShare } = estimate
  const { train, dev, test } = sentences
  return [
    { term: 'Runs', value: formatCount(runCount) },
    { term: 'Train / dev / test', value: [train, dev, test].map(formatCount).join(' / ') },
    ...(vectors ? [{ term: 'Words with a vector', value: formatCoverage(vectors) }] : []),
    ...(posShare > 0 ? [{ term: 'Words with a part of speech', value: `${(100 * posShare).toFixed(1)} %` }] : []),
    { term: 'Weights at most', value: formatCount(weights) },
    { term: 'Memory, about', value: formatMemory(memoryMb) },
    { term: 'Time per epoch', value: secondsPerEpoch === null ? 'not measured yet' : formatDuration(secondsPerEpoch) },
    { term: 'Training', value: atMost(seconds) },
  ]
}

export function factsOfExperiment({ trials, runs, made, seconds, memoryMb }: ExperimentEstimate): Fact[] {
  return [
    { term: 'Combinations of settings', value: formatCount(trials) },
    { term: 'Runs', value: formatCount(runs) },
    ...(made > 0 ? [{ term: 'There already', value: formatCount(made) }] : []),
    { term: 'Memory, about', value: formatMemory(memoryMb) },
    { term: 'Training and scoring', value: atMost(seconds) },
  ]
}

const atMost = (seconds: number | null): string =>
  seconds === null ? 'known after the first run' : `${formatDuration(seconds)} at most`
