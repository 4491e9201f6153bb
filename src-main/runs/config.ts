/** RunConfig: everything a run is asked to do, as plain data that is stored with the run and with every checkpoint. */
import type { PresetName } from './presets.ts'
import { usualValues, type SettingValues, type TrainingConfig } from './setting-values.ts'
import type { Task, Variant } from './variant.ts'
import type { ModelName } from './model-name.ts'

/** An encoder of word vectors and a bidirectional LSTM, both trained from the first update on; d = 2 x hidden. */
export interface LstmEncoder extends SettingValues<'lstm'> {
  readonly kind: 'lstm'
}

/** A pretrained BERT as encoder. The state of a word is the state of its first word piece. */
export interface BertEncoder {
  readonly kind: 'bert'
  readonly sizes: BertSizes
  /** Whether its weights stay as they are, so that only the parts on top of it are trained. */
  readonly isFrozen: boolean
  /** The folder that it was read from, and the SHA-256 of its weights and word pieces. */
  readonly source: { readonly folder: string; readonly sha256: string }
}

export interface BertSizes {
  /** Number of word pieces. */
  readonly vocabulary: number
  /** Width of a hidden state. */
  readonly width: number
  readonly layers: number
  readonly heads: number
  /** Width of the inner layer of the feed-forward part. */
  readonly inner: number
  /** Number of word pieces in the longest window. */
  readonly positions: number
  /** Number of token types; 0 where pieces have none. */
  readonly types: number
  readonly epsilon: number
  /** Row of the position of the first piece; absent for row 0. */
  readonly firstPosition?: number
  /** Width of the embeddings where they are projected to `width`; absent where they are as wide. */
  readonly embedding?: number
}

/** The part of the network that turns k words into shared states H [k, d]. */
export type EncoderConfig = LstmEncoder | BertEncoder

/** Width of the part-of-speech feature; 0 for a model without it. */
export function posDimensionOf({ encoder }: Pick<ModelConfig, 'encoder'>): number {
  return encoder.kind === 'lstm' ? encoder.posDimension : 0
}

/** Whether the model predicts with a memory of the triples of train. */
export function hasMemory({
  family = 'pmei',
  memory,
  tasks,
}: Pick<ModelConfig, 'family' | 'memory' | 'tasks'>): boolean {
  return memory && tasks.includes('relation') && (family === 'pmei' || family === 'rin')
}

/** Where the parts of speech of a model come from; null for a model without that feature. */
export function posSourceOf({ encoder }: Pick<ModelConfig, 'encoder'>): LstmEncoder['posFrom'] | null {
  return encoder.kind === 'lstm' && encoder.posDimension > 0 ? encoder.posFrom : null
}

/** Width d of the state of a word. */
export function stateWidth({ encoder }: Pick<ModelConfig, 'encoder'>): number {
  return encoder.kind === 'lstm' ? 2 * encoder.hidden : encoder.sizes.width
}

/** What the models of all families have: encoder, tasks, and the labels of the corpus, which are kept in the checkpoint. */
interface SharedModel extends SettingValues<'model'> {
  readonly encoder: EncoderConfig
  /** Tasks that are learnt and predicted. */
  readonly tasks: readonly Task[]
  /** Tag names, `O` first: `O B I E S`, or `O B-PER I-PER ...` with entity types. */
  readonly tags: readonly string[]
  /** Entity type of the spans of tags that carry no type; absent where tags carry one. */
  readonly untypedLabel?: string
  readonly relations: readonly string[]
  /** Parts of speech with an embedding of their own; absent for a model without that feature. */
  readonly partsOfSpeech?: readonly string[]
}

/** PMEI and its ablations, by the switches of a variant. */
export interface PmeiModel extends SharedModel, Variant {
  /** Absent in configs of versions that knew no other family. */
  readonly family?: 'pmei'
}

/** RIN: rounds of predicting both tasks and updating their states, over shared weights. */
export interface RinModel extends SharedModel, SettingValues<'rin'> {
  readonly family: 'rin'
}

/** Grid: spans and triples as links between words, in one table of pairs. */
export interface GridModel extends SharedModel {
  readonly family: 'grid'
}

/** CasRel: subjects first, then the objects of each subject for every relation. */
export interface CasrelModel extends SharedModel {
  readonly family: 'casrel'
}

/** ModelConfig: sizes and switches of the network, a union that is tagged by `family`. */
export type ModelConfig = PmeiModel | RinModel | GridModel | CasrelModel

/** The part of a ModelConfig that the corpus decides. */
export type CorpusPart = 'tags' | 'untypedLabel' | 'relations' | 'partsOfSpeech'

/** A model before it meets a corpus. */
export type ModelDesign = WithoutLabels<ModelConfig>
type WithoutLabels<Model> = Model extends ModelConfig ? Omit<Model, CorpusPart> : never

export interface RunConfig extends SettingValues<'machine'> {
  /** The model: a variant of PMEI, or another family. */
  readonly variant: ModelName
  /** The preset that the settings were filled from, before single ones were changed. */
  readonly preset: PresetName
  readonly model: ModelDesign
  readonly training: TrainingConfig
  /** The word-vector file that the embedding starts from; null for a random start. */
  readonly vectors: { readonly file: string; readonly sha256: string; readonly dimension: number } | null
}

export const defaultLstm: LstmEncoder = { kind: 'lstm', ...usualValues('lstm') }

export const defaultModel = { encoder: defaultLstm, ...usualValues('model') } satisfies Partial<ModelConfig>

export const defaultTraining: TrainingConfig = usualValues('training', 'seed')
