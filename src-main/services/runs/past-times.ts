/** PastTimes: how long former runs on a corpus took, from which the time of further ones is estimated. */
import { stateWidth, type RunConfig } from '#main/runs/config'
import type { MetricPoint, Run } from '#main/runs/run'
import { sizeOfPart } from '#main/runs/train-part'
import type { Workspace } from '#main/storage/workspace'

/** Seconds that a run takes, by what it is doing. */
export interface RunTime {
  /** An epoch of training with the scoring of dev behind it. */
  readonly perEpoch: number
  /** What comes before and after its epochs: reading the corpus, starting the model, writing checkpoints. */
  readonly besides: number
  /** Scoring dev and test once it is trained. */
  readonly scoring: number
}

/** Rates of one former run. */
interface PastRun extends Omit<RunTime, 'perEpoch'> {
  readonly config: RunConfig
  /** Seconds of training for each of its training sentences. */
  readonly perSentence: number
  readonly devPerEpoch: number
}

/** Answers with the mean over former runs of the same model that are most alike; null where there is none. */
export type PastTimes = (config: RunConfig, trainSentences: number) => RunTime | null

/** A former run with its points. */
export interface FormerRun {
  readonly run: Pick<Run, 'config' | 'data'>
  readonly points: readonly MetricPoint[]
  /** What all attempts at it took; null where its job was taken out of the list. */
  readonly workedMs: number | null
}

export function formerRuns({ runs, jobs }: Pick<Workspace, 'runs' | 'jobs'>, corpusId: number): FormerRun[] {
  return runs
    .list()
    .filter((run) => run.corpusId === corpusId)
    .map((run) => ({
      ...{ run, points: runs.points(run.runId) },
      workedMs: jobs.newest('train', run.runId)?.workedMs ?? null,
    }))
}

export function pastTimesOf(former: readonly FormerRun[]): PastTimes {
  const past = former.flatMap((run) => timesOf(run) ?? [])
  return (config, trainSentences) => {
    const alike = past.filter((run) => run.config.variant === config.variant && isAlike(run.config, config))
    const same = alike.filter((run) => isSetAlike(run.config, config))
    const chosen = same.length > 0 ? same : alike
    if (chosen.length === 0) return null
    const mean = (of: (run: PastRun) => number): number => chosen.reduce((sum, run) => sum + of(run), 0) / chosen.length
    const learnt = sizeOfPart(config.training.trainPart, trainSentences)
    return {
      perEpoch: mean(({ perSentence, devPerEpoch }) => perSentence * learnt + devPerEpoch),
      besides: mean(({ besides }) => besides),
      scoring: mean(({ scoring }) => scoring),
    }
  }
}

function timesOf({ run, points, workedMs }: FormerRun): PastRun | null {
  if (points.length === 0) return null
  const { train, dev, test } = run.data.splits
  const seconds = points.reduce((sum, point) => sum + point.seconds, 0)
  const devSeconds = points.reduce((sum, point) => sum + (point.devSeconds ?? 0), 0)
  const devPerEpoch = devSeconds / points.length
  const perSentence = seconds / points.length / Math.max(1, sizeOfPart(run.config.training.trainPart, train.sentences))
  const besides = workedMs === null ? 0 : Math.max(0, workedMs / 1000 - seconds - devSeconds)
  const scoring = devPerEpoch * (1 + test.sentences / Math.max(1, dev.sentences))
  return { config: run.config, perSentence, devPerEpoch, besides, scoring }
}

/** Do their encoders take about as long? */
function isAlike({ model: one }: RunConfig, { model: other }: RunConfig): boolean {
  const work = ({ encoder }: RunConfig['model']): string =>
    encoder.kind === 'lstm' ? '' : `${encoder.isFrozen ? 'frozen' : 'trained'} ${encoder.sizes.layers}`
  return stateWidth(one) === stateWidth(other) && work(one) === work(other)
}

const isSetAlike = (one: RunConfig, other: RunConfig): boolean =>
  one.training.batchSize === other.training.batchSize && one.backend === other.backend && one.threads === other.threads
