/** Run: one execution of training with its config, metrics and outcome. An Experiment groups runs. */
import type { Scores } from '#main/evaluation/scores'
import type { Spread } from '#main/evaluation/spread'
import type { MatchMode } from '#main/evaluation/match-mode'
import type { Thresholds } from '#main/document/prediction'
import type { SymmetricTypes } from '#main/document/relation'
import type { TunedThresholds } from '#main/evaluation/tune-thresholds'
import type { NewTextSplitting } from '#main/text/splitting'
import type { RunConfig } from './config.ts'
import type { Task } from './variant.ts'

/** State of a run. An `interrupted` run stopped because the program ended or its process broke down; it can be resumed. */
export type RunStatus = 'queued' | 'running' | 'finished' | 'failed' | 'cancelled' | 'interrupted'

/** The data that a run was trained on, so that runs are compared only where they saw the same. */
export interface DataIdentity {
  readonly corpusName: string
  readonly splits: Record<'train' | 'dev' | 'test', SplitIdentity>
  /** Set where dev was a tenth of train, which the run did not learn from, since the corpus had no dev split. */
  readonly isDevLent?: true
  /** Relation types that had no direction; absent where there was none. */
  readonly symmetric?: SymmetricTypes
  /** How it splits new text into words and sentences; runs of older versions lack it. */
  readonly splitting?: NewTextSplitting
}

export interface SplitIdentity {
  readonly sentences: number
  readonly triples: number
  /** SHA-256 of the words and gold of the split's sentences, in order. */
  readonly sha256: string
}

export interface Run {
  readonly runId: string
  readonly experimentId: string
  /** Name of the run: "pmei seed 2" until a person gives it another one. Several runs may have the same name. */
  readonly name: string
  /** Text that people wrote about the run; empty where nobody did. */
  readonly note: string
  /** Words by which people find it again; absent where it has none. */
  readonly tags?: readonly string[]
  readonly corpusId: number
  readonly status: RunStatus
  readonly config: RunConfig
  readonly data: DataIdentity
  /** The run whose checkpoint it started from. */
  readonly fromRunId: string | null
  readonly createdMs: number
  readonly finishedMs: number | null
  /** Number of epochs done. */
  readonly epoch: number
  /** Epoch whose weights are kept: the earliest with the best dev F1. */
  readonly bestEpoch: number | null
  readonly bestDev: Scores | null
  /** The backend that computed the run, and why faster ones were not used. */
  readonly device: string | null
  /** Why the run failed, in a sentence that says what to do. */
  readonly failure: string | null
  /** Remarks of the program on the run: spans left out of training, smaller shards for lack of memory. */
  readonly notes?: readonly string[]
  /** Thresholds that were tuned on dev for the kept weights; null where that of the config holds for all relation types. */
  readonly thresholds?: TunedThresholds | null
}

/** The thresholds by which a run predicts: tuned ones, or that of its config for all relation types. */
export function thresholdsOf({ config, thresholds }: Pick<Run, 'config' | 'thresholds'>): Thresholds {
  const { usual, byRelation } = thresholds ?? { usual: config.training.threshold, byRelation: {} }
  return { usual, byRelation }
}

/** Whether a run predicts by other thresholds than that of its config. */
export function isTuned(run: Pick<Run, 'config' | 'thresholds'>): boolean {
  const { usual, byRelation } = thresholdsOf(run)
  return usual !== run.config.training.threshold || Object.keys(byRelation).length > 0
}

/** Whether thresholds were chosen on dev for a run, be it that none was better than that of its config. */
export function wasTuned({ thresholds }: Pick<Run, 'thresholds'>): boolean {
  return (thresholds ?? null) !== null
}

/** The parts of the loss, equations (12) to (15) of the paper, averaged over the sentences of an epoch. */
export interface LossParts {
  readonly total: number
  readonly entity: number
  readonly relation: number
  readonly earlyEntity: number
  readonly earlyRelation: number
  readonly klEntity: number
  readonly klRelation: number
}

/** Training sentences that did not fit into memory, even alone. */
export interface LeftOut {
  readonly sentences: number
  /** Number of words in the shortest and in the longest of them. */
  readonly shortest: number
  readonly longest: number
}

export interface MetricPoint {
  readonly epoch: number
  /** Number of updates so far. */
  readonly step: number
  readonly losses: LossParts
  /** Scores of the triples on dev, per match mode. */
  readonly dev: Record<MatchMode, Scores>
  /** Scores of the spans on dev. */
  readonly devEntities: Scores
  /** Seconds that training took in this epoch, evaluation not counted. */
  readonly seconds: number
  /** Seconds that predicting and scoring dev took afterwards; points of older versions lack it. */
  readonly devSeconds?: number
  readonly sentencesPerSecond: number
  /** Training sentences that this epoch left out; absent where it left out none. */
  readonly leftOut?: LeftOut
  /** Peak resident memory of the training process, in MB. */
  readonly memoryMb: number
}

/** Progress of a running run, told at most ten times a second. */
export interface RunProgress {
  readonly runId: string
  readonly epoch: number
  readonly epochs: number
  readonly step: number
  readonly stepInEpoch: number
  readonly stepsPerEpoch: number
  /** Total loss of the latest step. */
  readonly loss: number
  readonly secondsLeft: number | null
}

/**
 * The score that selects the epoch: that of exact triples; for a model of relations alone, which has no spans, that of
 * pairs of words; for a model of entities alone, that of its spans.
 */
type Selection = Spread['of']

export function selectionOf(tasks: readonly Task[]): Selection {
  if (!tasks.includes('relation')) return 'entities'
  return tasks.includes('entity') ? 'exact' : 'partial'
}

/** The dev scores in a match mode; undefined in a point of an older version, which lacked the mode. */
export function scoresIn(dev: MetricPoint['dev'], mode: MatchMode): Scores | undefined {
  return (dev as Partial<MetricPoint['dev']>)[mode]
}

/** The dev scores whose F1 selects the epoch. */
export function selectionScores({ dev, devEntities }: MetricPoint, tasks: readonly Task[]): Scores {
  const selection = selectionOf(tasks)
  return selection === 'entities' ? devEntities : dev[selection]
}
