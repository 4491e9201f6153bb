/** Designs: the network of a model by its name, from the settings that its family has. */
import type { CorpusPart, EncoderConfig, ModelConfig, ModelDesign, PmeiModel } from './config.ts'
import { isRival, type ModelName } from './model-name.ts'
import { pickValues, type SettingValues } from './setting-values.ts'
import { tasks } from './variant.ts'
import { variants, variantSettings, type VariantName } from './variants.ts'
import { unitsForWeights } from './weight-count.ts'

/** The labels of the corpus, which are needed where a variant is to be as large as another. */
export type Labels = Pick<ModelConfig, CorpusPart>

type DesignValues = SettingValues<'model' | 'rin'> & { readonly encoder: EncoderConfig }

/** The network of a model, by what its family has. */
export function designOf(name: ModelName, values: DesignValues, labels: Labels): ModelDesign {
  const shared = { ...pickValues(values, 'model'), encoder: values.encoder }
  if (name === 'rin') return { family: name, tasks, ...shared, ...pickValues(values, 'rin') }
  if (isRival(name)) return { family: name, tasks, ...shared }
  const model = { ...variants[name], ...shared }
  const { asLargeAs } = variantSettings[name] ?? {}
  return asLargeAs ? widened(model, asLargeAs, labels) : model
}

type PmeiDesign = Omit<PmeiModel, CorpusPart>

function widened(model: PmeiDesign, asLargeAs: VariantName, labels: Labels): PmeiDesign {
  const { encoder } = model
  if (encoder.kind !== 'lstm') return model
  const target = { ...model, ...variants[asLargeAs], ...labels }
  return { ...model, encoder: { ...encoder, hidden: unitsForWeights({ ...model, ...labels }, target) } }
}
