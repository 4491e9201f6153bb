/** The full config of one run: defaults, then the preset, then what was asked for, then what the variant is by definition. */
import type { RunRequest } from '#main/api/runs'
import {
  bertTraining,
  defaultLstm,
  defaultModel,
  defaultTraining,
  posDimensionOf,
  type BertEncoder,
  type CorpusPart,
  type LstmEncoder,
  type ModelConfig,
  type RunConfig,
} from '#main/runs/config'
import { settingsOf } from '#main/runs/presets'
import { variants, variantSettings, type VariantName } from '#main/runs/variants'
import { unitsForWeights } from '#main/runs/weight-count'

/** What a request's files turned out to be, and the model of the run that it starts from. */
export interface RunSources {
  readonly vectors: RunConfig['vectors']
  /** Null with an LSTM. */
  readonly encoder: BertEncoder | null
  /** Taken as it is: its weights fit no other. */
  readonly from: RunConfig['model'] | null
}

/** Tags and relations are needed where a variant is to be as large as another. */
export type Labels = Pick<ModelConfig, CorpusPart>

export function resolveConfig(
  request: RunRequest,
  variant: VariantName,
  seed: number,
  { vectors, encoder, from }: RunSources,
  labels: Labels,
): RunConfig {
  const preset = settingsOf(request.preset)
  const { anchor, ...sizes } = withoutUndefined(request.model)
  const model = {
    ...variants[variant],
    ...defaultModel,
    ...preset.model,
    ...(anchor ? { anchor } : {}),
    encoder: encoder ?? resolveLstm(sizes, vectors),
  }
  const { training = {}, asLargeAs } = variantSettings[variant] ?? {}
  return {
    variant,
    preset: request.preset,
    model: from ?? (asLargeAs ? widened(model, asLargeAs, labels) : model),
    training: {
      ...defaultTraining,
      ...(encoder && !encoder.isFrozen ? bertTraining : {}),
      ...preset.training,
      ...withoutUndefined(request.training),
      ...training,
      seed,
    },
    vectors,
    backend: request.backend,
    threads: request.threads,
  }
}

/** Width of the part-of-speech feature that the runs will have. */
export function posDimensionAsked({ model }: RunRequest, { from, encoder }: RunSources): number {
  if (from) return posDimensionOf(from)
  return encoder ? 0 : (model.posDimension ?? 0)
}

function resolveLstm(sizes: Partial<LstmEncoder>, vectors: RunConfig['vectors']): LstmEncoder {
  return { ...defaultLstm, ...sizes, ...(vectors ? { wordDimension: vectors.dimension } : {}) }
}

function widened(model: RunConfig['model'], asLargeAs: VariantName, labels: Labels): RunConfig['model'] {
  const { encoder } = model
  if (encoder.kind !== 'lstm') return model
  const target = { ...model, ...variants[asLargeAs], ...labels }
  return { ...model, encoder: { ...encoder, hidden: unitsForWeights({ ...model, ...labels }, target) } }
}

function withoutUndefined<T extends object>(value: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  const entries = Object.entries(value).filter(([, field]) => field !== undefined)
  return Object.fromEntries(entries) as { [K in keyof T]: Exclude<T[K], undefined> } // the same fields, less the absent ones
}
