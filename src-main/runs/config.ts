/** Config of a run: what it is asked to do, as plain data that is stored whole with the run and with every checkpoint. */
import type { PresetName } from './presets.ts'
import { usualValues, type SettingValues, type TrainingConfig } from './setting-values.ts'
import type { Variant } from './variant.ts'
import type { VariantName } from './variants.ts'

/** Word vectors and a bidirectional LSTM, both learnt from the first update on; d = 2 x hidden. */
export interface LstmEncoder extends SettingValues<'lstm'> {
  readonly kind: 'lstm'
}

/** A pretrained BERT: the state of a word is that of its first piece. */
export interface BertEncoder {
  readonly kind: 'bert'
  readonly sizes: BertSizes
  /** Its weights stay as they were; only what stands on top is trained. */
  readonly isFrozen: boolean
  /** The folder it was read from, and a hash over its weights and pieces. */
  readonly source: { readonly folder: string; readonly sha256: string }
}

export interface BertSizes {
  /** Word pieces. */
  readonly vocabulary: number
  /** Width of a hidden state. */
  readonly width: number
  readonly layers: number
  readonly heads: number
  /** Width inside a layer's feed-forward part. */
  readonly inner: number
  /** Pieces of the longest window. */
  readonly positions: number
  readonly types: number
  readonly epsilon: number
}

/** What turns words into shared states H [k, d]. */
export type EncoderConfig = LstmEncoder | BertEncoder

/** Width of the part-of-speech feature; 0 where words have none. */
export function posDimensionOf({ encoder }: Pick<ModelConfig, 'encoder'>): number {
  return encoder.kind === 'lstm' ? encoder.posDimension : 0
}

/** d. */
export function stateWidth({ encoder }: Pick<ModelConfig, 'encoder'>): number {
  return encoder.kind === 'lstm' ? 2 * encoder.hidden : encoder.sizes.width
}

/** Sizes and switches of the network; tags and relations come from the corpus and are kept in the checkpoint. */
export interface ModelConfig extends Variant, SettingValues<'model'> {
  readonly encoder: EncoderConfig
  /** Tag names, `O` first: `O B I E S`, or `O B-PER I-PER ...` with entity types. */
  readonly tags: readonly string[]
  /** Entity type of spans whose tags carry no type; absent where tags are typed. */
  readonly untypedLabel?: string
  readonly relations: readonly string[]
  /** Parts of speech that have a row of their own; left out where the encoder reads none. */
  readonly partsOfSpeech?: readonly string[]
}

/** The part of a ModelConfig that the corpus decides. */
export type CorpusPart = 'tags' | 'untypedLabel' | 'relations' | 'partsOfSpeech'

export interface RunConfig extends SettingValues<'machine'> {
  readonly variant: VariantName
  /** What it began from, before single settings were changed. */
  readonly preset: PresetName
  readonly model: Omit<ModelConfig, CorpusPart>
  readonly training: TrainingConfig
  /** Word-vector file the embedding starts from; null means random. */
  readonly vectors: { readonly file: string; readonly sha256: string; readonly dimension: number } | null
}

export const defaultLstm: LstmEncoder = { kind: 'lstm', ...usualValues('lstm') }

export const defaultModel = { encoder: defaultLstm, ...usualValues('model') } satisfies Partial<ModelConfig>

export const defaultTraining: TrainingConfig = usualValues('training', 'seed')
