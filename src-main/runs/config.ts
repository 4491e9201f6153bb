/** What a run is asked to do, as plain data: it is stored whole with the run and with every checkpoint. */
import type { PresetName } from './presets.ts'
import type { Variant, VariantName } from './variants.ts'

/** Word vectors and a bidirectional LSTM, from the first update on learnt together. */
export interface LstmEncoder {
  readonly kind: 'lstm'
  /** Width of the word vectors. */
  readonly wordDimension: number
  /** LSTM units per direction; d = 2 x hidden. */
  readonly hidden: number
  /** Width of the casing feature beside the word vector; 0 leaves it out. */
  readonly casingDimension: number
  /** Width of the part-of-speech feature beside it; 0 leaves it out. */
  readonly posDimension: number
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
export interface ModelConfig extends Variant {
  readonly encoder: EncoderConfig
  /** GRU cells as PyTorch's, the reset gate after the product, instead of equation (7). */
  readonly resetAfter: boolean
  /** Which word of a span stands for it in the pair table. */
  readonly anchor: 'last' | 'first'
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

export interface TrainingConfig {
  readonly epochs: number
  readonly batchSize: number
  readonly learningRate: number
  /** Largest global gradient norm. */
  readonly clipNorm: number
  /** Share of the encoder's input that is dropped. */
  readonly dropout: number
  /** Share of training words that become "unknown". */
  readonly wordDropout: number
  /** Weight of the early losses. */
  readonly alpha: number
  /** Weight of the entity map's KL term. */
  readonly betaEntity: number
  readonly betaRelation: number
  /** Epochs without a better dev F1 before training stops. */
  readonly patience: number
  /** A cell of the pair table at or above it is a triple. */
  readonly threshold: number
  readonly seed: number
  /** How an epoch goes through the sentences: those of about one length together, any together, or as the file has them. */
  readonly order: 'bucketed' | 'shuffled' | 'file'
  /** The split whose F1 selects the epoch. Selecting on test is what the released code does: only to replicate it. */
  readonly selectOn: 'dev' | 'test'
  /** What stochastic maps give when reading: their mean, or one draw, as the released code does. */
  readonly readsWith: 'mean' | 'sample'
}

/** Of a BERT that is trained: the paper's rows with it. */
export const bertTraining = { batchSize: 6, learningRate: 1e-5 } as const satisfies Partial<TrainingConfig>

/** From the one that is fastest where it works to the one that works everywhere. */
export const backendNames = ['tensorflow-gpu', 'webgpu', 'wasm-wide', 'wasm', 'tensorflow', 'plain'] as const
export type BackendName = (typeof backendNames)[number]
export type BackendChoice = 'auto' | BackendName

export interface RunConfig {
  readonly variant: VariantName
  /** What it began from, before single settings were changed. */
  readonly preset: PresetName
  readonly model: Omit<ModelConfig, CorpusPart>
  readonly training: TrainingConfig
  /** Word-vector file the embedding starts from; null means random. */
  readonly vectors: { readonly file: string; readonly sha256: string; readonly dimension: number } | null
  readonly backend: BackendChoice
  /** 0 takes as many as the machine has cores for; one for a trained BERT, which gains nothing by more. */
  readonly threads: number
}

export const defaultLstm = {
  kind: 'lstm',
  wordDimension: 100,
  hidden: 100,
  casingDimension: 10,
  posDimension: 0,
} as const satisfies LstmEncoder

export const defaultModel = {
  encoder: defaultLstm,
  resetAfter: false,
  anchor: 'last',
} as const satisfies Partial<ModelConfig>

export const defaultTraining: TrainingConfig = {
  epochs: 100,
  batchSize: 50,
  learningRate: 1e-3,
  clipNorm: 5,
  dropout: 0.3,
  wordDropout: 0.04,
  alpha: 1e-3,
  betaEntity: 1e-6,
  betaRelation: 1e-6,
  patience: 10,
  threshold: 0.5,
  seed: 1,
  order: 'bucketed',
  selectOn: 'dev',
  readsWith: 'mean',
}
