/** Candidates of an experiment: a variant with the settings of a trial, whose runs differ by their seeds alone. */
import type { CandidateView } from '#main/api/experiments'
import { spreadOf } from '#main/evaluation/mean'
import { bestOf, type Scored } from '#main/experiments/halving'
import { trialsOf } from '#main/experiments/trials'
import { selectionScores, type MetricPoint, type Run } from '#main/runs/run'
import type { ModelName } from '#main/runs/model-name'
import type { Experiment } from '#main/storage/experiment-repository'
import type { Workspace } from '#main/storage/workspace'

export interface Candidate {
  readonly key: string
  readonly variant: ModelName
  readonly trial: string
  readonly runs: readonly Run[]
}

/** The candidates of a plan in its order, as far as they have runs; runs in the order of their seeds. */
export function candidatesOf({ experimentId, plan }: Experiment, { runs, experiments }: Workspace): Candidate[] {
  const trialByRun = experiments.trials(experimentId)
  const own = runs.ofExperiment(experimentId)
  return trialsOf(plan).flatMap(({ index, label }) =>
    plan.variants.flatMap((variant) => {
      const members = own.filter((run) => run.config.variant === variant && trialByRun.get(run.runId) === index)
      const key = `${variant} ${index}`
      return members.length === 0 ? [] : [{ key, variant, trial: label, runs: members.toSorted(bySeed) }]
    }),
  )
}

const bySeed = (a: Run, b: Run): number => a.config.training.seed - b.config.training.seed

/** The best candidates by their mean F1 on dev within some epochs, or at all for null. */
export function bestCandidates(
  candidates: readonly Candidate[],
  count: number,
  epochs: number | null,
  pointsOf: (runId: string) => readonly MetricPoint[],
): Candidate[] {
  const scored = candidates.map(({ key, runs }): Scored => {
    const scores = runs.map((run) => bestWithin(run, pointsOf(run.runId), epochs))
    return { key, score: scores.some((score) => score === null) ? null : spreadOf(scores.map(Number)).mean }
  })
  const best = new Set(bestOf(scored, count))
  return candidates.filter(({ key }) => best.has(key))
}

function bestWithin({ config }: Run, points: readonly MetricPoint[], epochs: number | null): number | null {
  const scores = points
    .filter(({ epoch }) => epochs === null || epoch <= epochs)
    .map((point) => selectionScores(point, config.model.tasks).f1)
  return scores.length === 0 ? null : Math.max(...scores)
}

export function viewOf({ variant, trial, runs }: Candidate): CandidateView {
  const scores = runs.flatMap(({ bestDev }) => (bestDev ? [bestDev.f1] : []))
  return {
    ...{ variant, trial },
    runs: runs.map(({ runId, name, status, epoch, config }) => ({
      ...{ runId, name, status, epoch },
      seed: config.training.seed,
    })),
    dev: scores.length === 0 ? null : { ...spreadOf(scores), runs: scores.length },
  }
}
