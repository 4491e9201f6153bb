/** Configs as earlier versions stored them → as they are now: nothing that was trained is lost by a new field. */
import { defaultTraining, type ModelConfig, type RunConfig, type TrainingConfig } from './config.ts'
import { tasks } from './variants.ts'

/** Before encoders and tasks could be chosen, sizes lay flat and the map was a switch. */
interface FlatModel {
  readonly wordDimension: number
  readonly hidden: number
  readonly casingDimension: number
  readonly early: boolean
  readonly stochastic: boolean
}

type StoredModel = RunConfig['model'] | FlatModel

/** Fields that it does not know are kept. */
export function upgradeModel<Model extends RunConfig['model'] | ModelConfig>(stored: Model | FlatModel): Model {
  if (!isFlat(stored)) return withPosDimension(stored)
  const { wordDimension, hidden, casingDimension, stochastic, ...rest } = stored
  const upgraded = {
    ...rest,
    tasks,
    map: stochastic ? 'stochastic' : stored.early ? 'deterministic' : 'none',
    encoder: { kind: 'lstm', wordDimension, hidden, casingDimension, posDimension: 0 },
    resetAfter: false,
  }
  return upgraded as unknown as Model // what the flat one lacked was added
}

/** Before words could have a part of speech. */
function withPosDimension<Model extends RunConfig['model'] | ModelConfig>(model: Model): Model {
  return model.encoder.kind === 'lstm'
    ? { ...model, encoder: { ...model.encoder, posDimension: model.encoder.posDimension ?? 0 } }
    : model
}

const isFlat = (model: StoredModel): model is FlatModel => !('encoder' in model)

/** What earlier versions did without being asked is today's default. */
export function upgradeTraining(stored: Partial<TrainingConfig>): TrainingConfig {
  return { ...defaultTraining, ...stored }
}

type StoredRun = Omit<RunConfig, 'preset'> & Partial<Pick<RunConfig, 'preset'>>

export function upgradeRunConfig(stored: StoredRun): RunConfig {
  return {
    ...stored,
    preset: stored.preset ?? 'recommended',
    model: upgradeModel(stored.model),
    training: upgradeTraining(stored.training),
  }
}
