/** Checkpoint ⇄ files: configuration, vocabulary, weights, metrics and the state to resume from. No code, nothing executable. */
import * as tf from '@tensorflow/tfjs-core'
import type { ModelConfig } from '#main/runs/config'
import type { TrainingConfig } from '#main/runs/setting-values'
import type { LeftOut, LossParts, MetricPoint } from '#main/runs/run'
import { upgradeModel, upgradeTraining } from '#main/runs/older-config'
import { readPieces } from '#main/pretrained/bert-folder'
import type { EncoderStart } from './encoder.ts'
import { createJointModel, weightSpecs, type JointModel } from './joint-model.ts'
import { lexiconOf, wordRows, type StoredLexicon } from './lexicon.ts'
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
  /** What training needs to go on; null in a checkpoint that is only read from. */
  readonly optimizer: OptimizerState | null
  /** How far the epoch after `points` has come; left out where it has not begun. */
  readonly progress?: EpochProgress | undefined
}

/** An unfinished epoch, as training needs it to go on. */
export interface EpochProgress {
  /** Updates of this epoch so far. */
  readonly steps: number
  /** Summed over the updates so far, each weighted by its share of the epoch's sentences. */
  readonly losses: LossParts
  /** Training seconds so far. */
  readonly seconds: number
  /** What the updates so far did without. */
  readonly leftOut?: LeftOut | undefined
}

export interface OptimizerState {
  /** Updates done. */
  readonly step: number
  /** By name: `<weight>.first` and `<weight>.second`. */
  readonly moments: ReadonlyMap<string, NamedTensor>
}

/** The files of a checkpoint by name. */
export type CheckpointFiles = Readonly<Record<string, Uint8Array>>

const format = 'espalier-checkpoint'
/** 2: encoders, tasks and orders are named; 1 is read as well. */
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

/** Copies: who sends a checkpoint away gives its bytes away. */
function lexiconFiles({ pieces, vocabulary }: StoredLexicon): CheckpointFiles {
  if (!pieces) return { 'vocabulary.txt': new TextEncoder().encode(vocabularyToText(vocabulary)) }
  return Object.fromEntries(Object.entries(pieces.files).map(([name, bytes]) => [name, bytes.slice()]))
}

/** Reads what `serializeCheckpoint` wrote and checks every name, shape and type. Errors name the file. */
export function parseCheckpoint(files: CheckpointFiles): Checkpoint {
  const stored = parseConfig(textOf(files, 'config.json'))
  const { selfCheck, optimizerStep, progress } = stored
  const [model, training] = [upgradeModel(stored.model), upgradeTraining(stored.training)]
  const pieces = model.encoder.kind === 'bert' ? readPieces(files) : null
  const vocabulary = pieces ? createVocabulary([]) : vocabularyFromText(textOf(files, 'vocabulary.txt'))
  const weights = parseTensors(fileOf(files, 'weights.safetensors'), 'weights.safetensors')
  assertWeights(weights, model, pieces ? 0 : vocabulary.size)
  const points = JSON.parse(textOf(files, 'metrics.json')) as MetricPoint[] // written by serializeCheckpoint
  const moments = files['optimizer.safetensors']
  const optimizer =
    moments && optimizerStep !== null
      ? { step: optimizerStep, moments: parseTensors(moments, 'optimizer.safetensors') }
      : null
  return { model, training, vocabulary, pieces, weights, points, selfCheck, optimizer, progress }
}

/** The model of a checkpoint, proven by its self-check; a frozen encoder's weights come along. The caller disposes it. */
export async function loadModel(checkpoint: Checkpoint, { bert }: EncoderStart = {}): Promise<JointModel> {
  const { model: config, weights, selfCheck } = checkpoint
  const lexicon = lexiconOf(checkpoint)
  const model = createJointModel(config, wordRows(lexicon), 0, { bert })
  assignWeights(model, weights)
  try {
    await assertSelfCheck(model, lexicon, selfCheck)
  } catch (error) {
    model.dispose()
    throw error
  }
  return model
}

/** Copies stored values into a model of the same shape. */
function assignWeights(model: JointModel, weights: ReadonlyMap<string, NamedTensor>): void {
  for (const [name, variable] of model.weights) {
    const stored = weights.get(name)
    if (!stored) throw new Error(`The checkpoint has no weight ${name}`)
    tf.tidy(() => variable.assign(tf.tensor(stored.values, variable.shape, 'float32')))
  }
}

/** The present values of a model's weights. */
export async function captureWeights({ weights }: JointModel): Promise<Map<string, NamedTensor>> {
  return captureTensors(weights)
}

/** Values by name, copied. Reading is asynchronous on a graphics card. */
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
    config = JSON.parse(text) as StoredConfig // checked below
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
