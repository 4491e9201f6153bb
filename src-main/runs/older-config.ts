/** Upgrades of stored configs: a config of an earlier version becomes one of today. A setting that it lacks gets its usual value. */
import type { ModelConfig, RunConfig } from './config.ts'
import { usualValues, type TrainingConfig } from './setting-values.ts'
import { tasks } from './variant.ts'

/** A model config of the first version, in which sizes lay flat and the map was a switch. */
interface FlatModel {
  readonly wordDimension: number
  readonly hidden: number
  readonly casingDimension: number
  readonly early: boolean
  readonly stochastic: boolean
}

type StoredModel = RunConfig['model'] | FlatModel

/** Upgrades a model config; unknown fields are kept. */
export function upgradeModel<Model extends RunConfig['model'] | ModelConfig>(stored: Model | FlatModel): Model {
  const model = isFlat(stored) ? unfold(stored) : stored
  const { encoder } = model
  const upgraded = {
    ...usualValues('model'),
    ...('family' in model && model.family === 'rin' ? usualValues('rin') : {}),
    ...model,
    encoder: encoder.kind === 'lstm' ? { ...usualValues('lstm'), ...encoder } : encoder,
  }
  return upgraded as unknown as Model // the fields that it lacked were added
}

const isFlat = (model: StoredModel): model is FlatModel => !('encoder' in model)

function unfold({ wordDimension, hidden, casingDimension, stochastic, ...rest }: FlatModel) {
  return {
    ...rest,
    tasks,
    map: stochastic ? 'stochastic' : rest.early ? 'deterministic' : 'none',
    encoder: { kind: 'lstm', wordDimension, hidden, casingDimension },
  } as const
}

export function upgradeTraining(stored: Partial<TrainingConfig>): TrainingConfig {
  return { ...usualValues('training', 'seed'), ...stored }
}

type StoredRun = Omit<RunConfig, 'preset'> & Partial<Pick<RunConfig, 'preset'>>

export function upgradeRunConfig(stored: StoredRun): RunConfig {
  return {
    ...usualValues('machine'),
    ...stored,
    preset: stored.preset ?? 'recommended',
    model: upgradeModel(stored.model),
    training: upgradeTraining(stored.training),
  }
}
