/** Experiments in the contract: planned, estimated, started, extended, and how their candidates stand. */
import { oc, type } from '@orpc/contract'
import { z } from 'zod'
import type { SpreadScores } from '#main/evaluation/mean'
import type { ExperimentPlan } from '#main/experiments/plan'
import type { RunStatus } from '#main/runs/run'
import { presetNames } from '#main/runs/presets'
import type { ModelName } from '#main/runs/model-name'
import { networkParts, settingNamed } from '#main/runs/setting-values'
import { schemaOf, spreadsSchema } from './setting-schema.ts'
import { modelName, once, runName } from './runs.ts'
import { corpusId } from './shared.ts'

export interface ExperimentView {
  readonly experimentId: string
  readonly name: string
  readonly corpusId: number
  readonly createdMs: number
  /** The job that works through it; null where it was taken out of the list. */
  readonly jobId: number | null
  readonly runs: Readonly<Record<RunStatus, number>>
}

/** A variant with the settings of a trial; its runs differ by their seeds alone. */
export interface CandidateView {
  readonly variant: ModelName
  /** Settings of its trial that other trials have otherwise: "alpha 0.1, hidden 50". */
  readonly trial: string
  readonly runs: readonly {
    readonly runId: string
    readonly name: string
    readonly seed: number
    readonly status: RunStatus
    readonly epoch: number
  }[]
  /** F1 that selects the epoch, on dev, over the runs that have one; null where none has. */
  readonly dev: (SpreadScores & { readonly runs: number }) | null
}

export interface ExperimentDetail extends ExperimentView {
  readonly plan: ExperimentPlan
  readonly candidates: readonly CandidateView[]
}

export interface ExperimentEstimate {
  readonly trials: number
  /** Number of runs in all. */
  readonly runs: number
  /** Number of them that are there already. */
  readonly made: number
  /** Seconds that all further runs may take to be trained and scored, at the rate of former runs; null where there are none to go by. */
  readonly seconds: number | null
  readonly memoryMb: number
  readonly refusals: readonly string[]
  readonly notes: readonly string[]
}

const halving = z.object({ epochs: z.int().min(1).max(10_000), factor: z.int().min(2).max(10) })

const plan = z.object({
  name: runName,
  variants: z.array(modelName).min(1, 'choose at least one variant or family').overwrite(once).readonly(),
  seeds: z
    .array(schemaOf(settingNamed('seed')))
    .min(1, 'choose at least one seed')
    .overwrite(once)
    .readonly(),
  preset: z.enum(presetNames).default('recommended'),
  vectors: z
    .array(z.string().nullable())
    .min(1, 'name a file, or leave vectors out')
    .overwrite(once)
    .readonly()
    .default([null]),
  encoder: z
    .object({ folder: z.string().min(1), isFrozen: z.boolean() })
    .nullable()
    .default(null),
  settings: spreadsSchema('training', ...networkParts, 'machine').default({}),
  search: z
    .object({
      trials: z.int().min(1).max(1000),
      seed: z
        .int()
        .min(0)
        .max(2 ** 31),
      halving: halving.nullable(),
    })
    .nullable()
    .default(null),
})

const planned = z.object({ corpusId, plan })
const experimentId = z.string().min(1)

export const experiments = {
  list: oc.output(type<ExperimentView[]>()),
  get: oc.input(z.object({ experimentId })).output(type<ExperimentDetail>()),
  /** Estimates the runs of a plan that are not there yet. */
  estimate: oc.input(planned).output(type<ExperimentEstimate>()),
  /**
   * Makes the runs of a plan and works through them as a job. Of an experiment of the same name on the same corpus only what
   * is missing is made, and what was stopped goes on.
   */
  start: oc.input(planned).output(type<ExperimentDetail>()),
}
