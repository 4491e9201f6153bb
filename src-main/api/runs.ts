/** Runs in the contract: estimated, started, resumed, scored. */
import { oc, type } from '@orpc/contract'
import { z } from 'zod'
import type { BinEntry } from '#main/document/bin-entry'
import type { Removal } from '#main/document/removal'
import type { CalibrationCheck } from '#main/evaluation/calibration-check'
import type { StoredCalibration } from '#main/evaluation/run-calibration'
import type { EarlyEffects } from '#main/comparison/early-effects'
import type { Spread } from '#main/evaluation/spread'
import type { ScoringCost, StoredEvaluation } from '#main/evaluation/stored-evaluation'
import type { Corrections } from '#main/runs/corrections'
import { presetNames } from '#main/runs/presets'
import type { MetricPoint, Run } from '#main/runs/run'
import { modelNames } from '#main/runs/model-name'
import { networkParts, settingNamed } from '#main/runs/setting-values'
import { mostInTag, mostTags } from '#main/runs/tags'
import { schemaOf, settingsSchema } from './setting-schema.ts'
import { corpusId, runId, split } from './shared.ts'

export interface RunDetail {
  readonly run: Run
  readonly points: readonly MetricPoint[]
  readonly weights: { readonly all: number; readonly withoutVectors: number } | null
}

export interface RunEstimate {
  readonly sentences: { readonly train: number; readonly dev: number; readonly test: number }
  readonly weights: number
  readonly memoryMb: number
  /** Mean over the models of training an epoch and scoring dev behind it, in former runs; null where there are none to go by. */
  readonly secondsPerEpoch: number | null
  /** Seconds that all runs may take until they are trained, at the rate of former runs; null as above. */
  readonly seconds: number | null
  /** Seconds for scoring dev and test of all runs once they are trained; null as above. */
  readonly scoringSeconds: number | null
  /** Coverage of the word vectors; null without any. */
  readonly vectors: VectorCoverage | null
  /** Share of the train split's words that have a part of speech, 0 to 1. */
  readonly posShare: number
  /** Reasons why training cannot start; empty when it can. */
  readonly refusals: readonly string[]
  readonly notes: readonly string[]
}

/** VectorCoverage: the share of the train split that a word-vector file knows. */
export interface VectorCoverage {
  /** Number of different words in the train split, in lower case. */
  readonly words: number
  /** Number of them that have a vector. */
  readonly covered: number
  /** Share of all words of the text that have a vector, 0 to 1. */
  readonly tokenShare: number
}

export const modelName = z.enum(modelNames)

/** Drops repeated values; the first place counts. */
export const once = <T>(values: T[]): T[] => [...new Set(values)]

export const runName = z
  .string()
  .trim()
  .min(1, 'a run needs a name')
  .max(120, 'a name has 120 characters at most')
  .regex(/^[^\p{Cc}]*$/u, 'a name is one line')

const runTag = z
  .string()
  .trim()
  .min(1, 'a tag is a word')
  .max(mostInTag, `a tag has ${mostInTag} characters at most`)
  .regex(/^[^\p{Cc},]*$/u, 'a tag has no comma')

/** The settings of new runs, one run per variant and seed. Everything left out takes its default. */
export const runRequest = z.object({
  corpusId,
  /** The models: variants of PMEI, and other families by their names. */
  variants: z.array(modelName).min(1, 'choose at least one variant or family').overwrite(once),
  seeds: z
    .array(schemaOf(settingNamed('seed')))
    .min(1, 'choose at least one seed')
    .overwrite(once),
  /** Name of a set of settings; single settings below override it. */
  preset: z.enum(presetNames).default('recommended'),
  /**
   * Path of a word-vector file on this machine, `english` for those that come with the program, or `none`. Null takes the
   * English ones where they cover enough of train, or those of the run to start from.
   */
  vectors: z.string().nullable().default(null),
  /** A Hugging Face folder of a BERT on this machine, in place of word vectors and LSTM. */
  encoder: z
    .object({ folder: z.string().min(1), isFrozen: z.boolean() })
    .nullable()
    .default(null),
  model: settingsSchema(...networkParts).default({}),
  training: settingsSchema('training').default({}),
  backend: schemaOf(settingNamed('backend')).default('auto'),
  threads: schemaOf(settingNamed('threads')).default(0),
  /** Left out, a run is called "pmei seed 1"; several runs share it, each with what varies behind it. */
  name: runName.optional(),
  /** Start from the best checkpoint of this run. */
  fromRunId: runId.nullable().default(null),
})

export type RunRequest = z.infer<typeof runRequest>

export const runs = {
  list: oc.output(type<Run[]>()),
  get: oc.input(z.object({ runId: runId })).output(type<RunDetail>()),
  estimate: oc.input(runRequest).output(type<RunEstimate>()),
  /** Queues one run per variant and seed; they are worked one after the other. */
  start: oc.input(runRequest).output(type<Run[]>()),
  cancel: oc.input(z.object({ runId: runId })).output(type<void>()),
  /** Stops a run, or takes one that waits out of the queue, as interrupted: it is to go on later. */
  pause: oc.input(z.object({ runId: runId })).output(type<void>()),
  /** Goes on from the last checkpoint of an interrupted, cancelled or failed run. */
  resume: oc.input(z.object({ runId: runId })).output(type<Run>()),
  rename: oc.input(z.object({ runId, name: runName })).output(type<Run>()),
  /** Sentences of its corpus that people changed since the run was made; none where the corpus is in the bin. */
  corrections: oc.input(z.object({ runId })).output(type<Corrections>()),
  /** Puts what people write about a run in place of what stood there; empty takes it away. */
  setNote: oc.input(z.object({ runId, note: z.string().trim().max(10_000) })).output(type<Run>()),
  /** Puts tags in place of those that the run has. */
  setTags: oc.input(z.object({ runId, tags: z.array(runTag).max(mostTags).overwrite(once) })).output(type<Run>()),
  /** Facts about what would go into the bin. */
  removal: oc.input(z.object({ runId: runId })).output(type<Removal>()),
  /** Into the bin; a run that is queued or running refuses this unless it may be cancelled. */
  remove: oc.input(z.object({ runId: runId, cancelRuns: z.boolean().default(false) })).output(type<BinEntry>()),
  /** The stored evaluation of a run on a split, and the cost of scoring it; predicts nothing. */
  evaluation: oc
    .input(z.object({ runId: runId, split: split }))
    .output(type<{ readonly stored: StoredEvaluation | null; readonly cost: ScoringCost }>()),
  /**
   * The stored evaluation; where there is none, the split is scored with the best checkpoint, and predicted before unless
   * its predictions are stored. With `again` it is also scored when its gold changed since.
   */
  evaluate: oc
    .input(z.object({ runId: runId, split: split, again: z.boolean().optional() }))
    .output(type<StoredEvaluation>()),
  /** Exact scores over several draws of the stochastic maps. */
  spread: oc.input(z.object({ runId: runId, split: split, draws: z.int().min(2).max(100) })).output(type<Spread>()),
  /** Scores of the final predictions when gold, those of other words, or nothing stand in for the early ones. */
  effects: oc.input(z.object({ runId: runId, split: split })).output(type<EarlyEffects>()),
  /** Tunes a threshold per relation type on dev; everything that predicts with the run uses them from then on. */
  tune: oc.input(z.object({ runId: runId })).output(type<Run>()),
  /** The calibration of a run on dev that is stored for its present weights; null where it was not computed. */
  calibration: oc.input(z.object({ runId: runId })).output(type<StoredCalibration | null>()),
  /** The same, computed where there is none of the present gold; dev is predicted before where it must be. */
  calibrate: oc.input(z.object({ runId: runId })).output(type<StoredCalibration>()),
  /** Checks the calibration and the thresholds for these precisions, all from dev, on a split, which is predicted where it must be. */
  checkCalibration: oc
    .input(z.object({ runId: runId, split: split, precisions: z.array(z.number().gt(0).lt(1)).max(20).default([]) }))
    .output(type<CalibrationCheck>()),
  /** Drops tuned thresholds and returns to the one of the config. */
  untune: oc.input(z.object({ runId: runId })).output(type<Run>()),
}
