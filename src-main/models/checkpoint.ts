/** Checkpoint ⇄ files: configuration, vocabulary, weights, metrics and the state to resume from. No file holds code. */
import * as tf from '@tensorflow/tfjs-core'
import { hasMemory, type ModelConfig } from '#main/runs/config'
import type { TrainingConfig } from '#main/runs/setting-values'
import type { LeftOut, LossParts, MetricPoint } from '#main/runs/run'
import { upgradeModel, upgradeTraining } from '#main/runs/older-config'
import { readPieces } from '#main/pretrained/bert-folder'
import { assertKnownFamily } from '#main/runs/families/known-family'
import { assertFamilyOf } from './assert-family.ts'
import type { EncoderStart } from './encoders/encoder.ts'
import { createModel, weightSpecs, type Model } from './model.ts'
import { memoryFromText, memoryName, memoryToText } from './memory/memory-file.ts'
import { lexiconOf, wordRows, type StoredLexicon } from './encoders/lexicon.ts'
import { parseTensors, serializeTensors, type NamedTensor } from '#main/pretrained/safetensors'
import { assertSelfCheck, type SelfCheck } from './self-check.ts'
import { showShape } from '#main/pretrained/show-shape'
import { createVocabulary, vocabularyFromText, vocabularyToText } from '#main/pretrained/vocabulary'

export interface Checkpoint extends StoredLexicon {
  readonly model: ModelConfig
  readonly training: TrainingConfig
  readonly weights: ReadonlyMap<string, NamedTensor>
  /** Metrics of every epoch so far. */
  readonly points: readonly MetricPoint[]
  readonly selfCheck: SelfCheck
  /** Optimiser state, which resuming needs; null in a checkpoint that is only for prediction. */
  readonly optimizer: OptimizerState | null
  /** Progress in the epoch after `points`; left out where that epoch has not begun. */
  readonly progress?: EpochProgress | undefined
}

/** Progress in an unfinished epoch, which resuming needs. */
export interface EpochProgress {
  /** Number of updates in this epoch so far. */
  readonly steps: number
  /** Losses summed over these updates, each weighted by its share of the epoch's sentences. */
  readonly losses: LossParts
  /** Training time of the epoch so far, in seconds. */
  readonly seconds: number
  /** Sentences that these updates left out. */
  readonly leftOut?: LeftOut | undefined
}

export interface OptimizerState {
  /** Number of updates done. */
  readonly step: number
  /** Moments by name: `<weight>.first` and `<weight>.second`; beside an average also the last weights, `<weight>.last`. */
  readonly moments: ReadonlyMap<string, NamedTensor>
}

/** Contents of a checkpoint's files by file name. */
export type CheckpointFiles = Readonly<Record<string, Uint8Array>>

const format = 'espalier-checkpoint'
/** Version of the format. In version 2 encoders, tasks and orders have names; version 1 can be read too. */
const version = 2

interface StoredConfig {
  readonly format: string
  readonly version: number
  readonly model: ModelConfig
  readonly training: TrainingConfig
  readonly selfCheck: SelfCheck
  readonly optimizerStep: number | null
  readonly progress?: EpochProgress | undefined
}

export function serializeCheckpoint(checkpoint: Checkpoint): CheckpointFiles {
  const { model, training, selfCheck, optimizer, progress } = checkpoint
  const optimizerStep = optimizer?.step ?? null
  const config: StoredConfig = { format, version, model, training, selfCheck, optimizerStep, progress }
  const text = (content: string): Uint8Array => new TextEncoder().encode(content)
  return {
    'config.json': text(`${JSON.stringify(config, null, 1)}\n`),
    ...lexiconFiles(checkpoint),
    'weights.safetensors': serializeTensors(checkpoint.weights),
    'metrics.json': text(`${JSON.stringify(checkpoint.points, null, 1)}\n`),
    ...(optimizer ? { 'optimizer.safetensors': serializeTensors(optimizer.moments) } : {}),
  }
}

/** Files of the vocabulary, as copies, since whoever posts a checkpoint to another thread transfers its bytes. */
function lexiconFiles({ pieces, vocabulary, memory }: StoredLexicon): CheckpointFiles {
  const text = (content: string): Uint8Array => new TextEncoder().encode(content)
  const words = pieces
    ? Object.fromEntries(Object.entries(pieces.files).map(([name, bytes]) => [name, bytes.slice()]))
    : { 'vocabulary.txt': text(vocabularyToText(vocabulary)) }
  return { ...words, ...(memory ? { [memoryName]: text(memoryToText(memory)) } : {}) }
}

/**
 * Parses the files of `serializeCheckpoint`, and checks every name, shape and type. @throws Error that names the file.
 */
export function parseCheckpoint(files: CheckpointFiles): Checkpoint {
  const stored = parseConfig(textOf(files, 'config.json'))
  assertKnownFamily(stored.model, 'config.json')
  const { selfCheck, optimizerStep, progress } = stored
  const [model, training] = [upgradeModel(stored.model), upgradeTraining(stored.training)]
  const pieces = model.encoder.kind === 'bert' ? readPieces(files) : null
  const vocabulary = pieces ? createVocabulary([]) : vocabularyFromText(textOf(files, 'vocabulary.txt'))
  const memory = hasMemory(model) ? memoryFromText(textOf(files, memoryName)) : undefined
  const weights = parseTensors(fileOf(files, 'weights.safetensors'), 'weights.safetensors')
  assertFamilyOf(model, weights)
  assertWeights(weights, model, pieces ? 0 : vocabulary.size)
  const points = JSON.parse(textOf(files, 'metrics.json')) as MetricPoint[] // written by serializeCheckpoint
  const moments = files['optimizer.safetensors']
  const optimizer =
    moments && optimizerStep !== null
      ? { step: optimizerStep, moments: parseTensors(moments, 'optimizer.safetensors') }
      : null
  return { model, training, vocabulary, pieces, memory, weights, points, selfCheck, optimizer, progress }
}

/**
 * Loads the model of a checkpoint and verifies it by its self-check. The weights of a frozen encoder come from `bert`.
 * The caller disposes the model. @throws Error when the self-check fails.
 */
export async function loadModel(checkpoint: Checkpoint, { bert }: EncoderStart = {}): Promise<Model> {
  const { model: config, weights, selfCheck } = checkpoint
  const lexicon = lexiconOf(checkpoint)
  const model = createModel(config, wordRows(lexicon), 0, { bert })
  assignWeights(model, weights)
  try {
    await assertSelfCheck(model, lexicon, selfCheck)
  } catch (error) {
    model.dispose()
    throw error
  }
  return model
}

/** Copies stored values into a model of the same shape. @throws Error when a weight is missing. */
function assignWeights(model: Model, weights: ReadonlyMap<string, NamedTensor>): void {
  for (const [name, variable] of model.weights) {
    const stored = weights.get(name)
    if (!stored) throw new Error(`The checkpoint has no weight ${name}`)
    tf.tidy(() => variable.assign(tf.tensor(stored.values, variable.shape, 'float32')))
  }
}

/** Present values of a model's weights. */
export async function captureWeights({ weights }: Model): Promise<Map<string, NamedTensor>> {
  return captureTensors(weights)
}

/** Copies of the tensors' values by name. Downloads from a graphics card are asynchronous. */
export async function captureTensors(tensors: ReadonlyMap<string, tf.Tensor>): Promise<Map<string, NamedTensor>> {
  const named = [...tensors].map(async ([name, tensor]) => {
    const values = Float32Array.from(await tensor.data<'float32'>())
    return [name, { shape: [...tensor.shape], values }] as const
  })
  return new Map(await Promise.all(named))
}

const wayOut = 'The checkpoint is damaged or was changed by hand: train again, or take another run.'

function assertWeights(weights: ReadonlyMap<string, NamedTensor>, model: ModelConfig, vocabularySize: number): void {
  const specs = weightSpecs(model, vocabularySize)
  for (const { name, shape } of specs) {
    const stored = weights.get(name)
    if (!stored) throw new Error(`weights.safetensors lacks ${name}, which config.json asks for. ${wayOut}`)
    if (showShape(stored.shape) !== showShape(shape))
      throw new Error(
        `weights.safetensors: ${name} has shape ${showShape(stored.shape)}, config.json and vocabulary.txt ask for ${showShape(shape)}. ${wayOut}`,
      )
  }
  const known = new Set(specs.map(({ name }) => name))
  const extra = [...weights.keys()].find((name) => !known.has(name))
  if (extra)
    throw new Error(`weights.safetensors holds ${extra}, which the model of config.json does not have. ${wayOut}`)
}

function parseConfig(text: string): StoredConfig {
  let config: StoredConfig
  try {
    config = JSON.parse(text) as StoredConfig // every field is checked below
  } catch {
    throw new Error('config.json is not valid JSON: the checkpoint is damaged')
  }
  if (config.format !== format) throw new Error(`config.json: expected "format": "${format}", found "${config.format}"`)
  if (config.version > version)
    throw new Error(`config.json is of version ${config.version}, this program reads up to ${version}: update Espalier`)
  return config
}

function fileOf(files: CheckpointFiles, name: string): Uint8Array {
  const file = files[name]
  if (!file) throw new Error(`The checkpoint has no ${name}: it is incomplete, take another one`)
  return file
}

function textOf(files: CheckpointFiles, name: string): string {
  return new TextDecoder().decode(fileOf(files, name))
}
