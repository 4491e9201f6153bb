/** Run: one execution of training with its config, metrics and outcome. An Experiment groups runs. */
import type { Scores } from '#main/evaluation/scores'
import type { Spread } from '#main/evaluation/spread'
import type { MatchMode } from '#main/evaluation/match-mode'
import type { TunedThresholds } from '#main/evaluation/tune-thresholds'
import type { RunConfig } from './config.ts'
import type { Task } from './variant.ts'

/** `interrupted`: the program ended while it ran; it can be resumed from its last checkpoint. */
export type RunStatus = 'queued' | 'running' | 'finished' | 'failed' | 'cancelled' | 'interrupted'

/** What was trained on, so that two runs are only compared when they saw the same data. */
export interface DataIdentity {
  readonly corpusName: string
  readonly splits: Record<'train' | 'dev' | 'test', SplitIdentity>
}

export interface SplitIdentity {
  readonly sentences: number
  readonly triples: number
  /** SHA-256 over the words and gold of the split's sentences, in order. */
  readonly sha256: string
}

export interface Run {
  readonly runId: string
  readonly experimentId: string
  /** "pmei seed 2" until a person gives another one; several runs may have the same. */
  readonly name: string
  /** What people write about it; empty where nobody did. */
  readonly note: string
  readonly corpusId: number
  readonly status: RunStatus
  readonly config: RunConfig
  readonly data: DataIdentity
  /** The run whose checkpoint it started from. */
  readonly fromRunId: string | null
  readonly createdMs: number
  readonly finishedMs: number | null
  /** Epochs done. */
  readonly epoch: number
  /** Epoch whose weights are kept: the earliest with the best dev F1. */
  readonly bestEpoch: number | null
  readonly bestDev: Scores | null
  /** Backend that did the work and why the faster ones were passed over. */
  readonly device: string | null
  /** Why it failed, in a sentence with a way on. */
  readonly failure: string | null
  /** Plain sentences that the program had to say of it: spans left out of training, smaller shards for lack of memory. */
  readonly notes?: readonly string[]
  /** Tuned on dev for the kept weights; null where the threshold of the config holds for all relation types. */
  readonly thresholds?: TunedThresholds | null
}

/** The parts of the loss, as in model.md 5, averaged over the sentences of an epoch. */
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
  /** Words of the shortest and of the longest. */
  readonly shortest: number
  readonly longest: number
}

export interface MetricPoint {
  readonly epoch: number
  /** Updates so far. */
  readonly step: number
  readonly losses: LossParts
  /** Dev scores of the triples per match mode. */
  readonly dev: Record<MatchMode, Scores>
  /** Dev scores of the spans. */
  readonly devEntities: Scores
  /** Training seconds of this epoch, evaluation not counted. */
  readonly seconds: number
  /** Seconds of reading and scoring dev after it; older points lack it. */
  readonly devSeconds?: number
  readonly sentencesPerSecond: number
  /** What this epoch did without; left out where it did not. */
  readonly leftOut?: LeftOut
  /** Peak resident memory of the worker's process, in MB. */
  readonly memoryMb: number
}

/** Where a running run stands, at most ten times a second. */
export interface RunProgress {
  readonly runId: string
  readonly epoch: number
  readonly epochs: number
  readonly step: number
  readonly stepInEpoch: number
  readonly stepsPerEpoch: number
  /** Total loss of the last step. */
  readonly loss: number
  readonly secondsLeft: number | null
}

/**
 * What the epoch is selected on: exact triples; of a model of relations alone, which has no spans, triples of words;
 * of a model of entities alone its spans.
 */
type Selection = Spread['of']

export function selectionOf(tasks: readonly Task[]): Selection {
  if (!tasks.includes('relation')) return 'entities'
  return tasks.includes('entity') ? 'exact' : 'partial'
}

/** The dev scores whose F1 selects the epoch. */
export function selectionScores({ dev, devEntities }: MetricPoint, tasks: readonly Task[]): Scores {
  const selection = selectionOf(tasks)
  return selection === 'entities' ? devEntities : dev[selection]
}
