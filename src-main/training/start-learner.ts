/** The learner of a job: new, warm-started from another checkpoint, or resumed. */
import type { LabelledSentence } from '#main/document/labelled-sentence'
import { readBertFolder } from '#main/pretrained/bert-folder'
import { loadModel, parseCheckpoint, type Checkpoint, type OptimizerState } from '#main/models/checkpoint'
import type { EncoderStart } from '#main/models/encoders/encoder'
import { createModel, type Model } from '#main/models/model'
import { lexiconOf, toStored, wordRows, type Lexicon } from '#main/models/encoders/lexicon'
import { remember } from '#main/models/memory/remember'
import { startAtFrequencies } from '#main/models/shared/output-biases'
import type { VectorOf } from '#main/models/encoders/lstm-encoder'
import { createVocabulary } from '#main/pretrained/vocabulary'
import type { WordVectors } from '#main/pretrained/vector-reader'
import { hasMemory, type ModelConfig } from '#main/runs/config'
import type { TrainingConfig } from '#main/runs/setting-values'
import type { MetricPoint } from '#main/runs/run'
import { createAdam } from './adam.ts'
import { createAverage } from './average.ts'
import { createFrozenStates, keepInMemory, type StateStore } from './frozen-states.ts'
import type { TrainingJob } from './job.ts'
import { middleLength, startMemory } from './shards.ts'
import type { Learner } from './learner.ts'
import { startWarm } from './warm-start.ts'

interface Start {
  readonly learner: Learner
  /** Metrics of the epochs already done. */
  readonly points: readonly MetricPoint[]
  readonly notes: readonly string[]
}

/**
 * Resumes from `resumed`, the job's own checkpoint, or starts with the words of `train`. The caller disposes the model
 * and the optimiser.
 */
export async function startLearner(
  job: TrainingJob,
  resumed: Checkpoint | null,
  train: readonly LabelledSentence[],
  store: StateStore = keepInMemory(),
): Promise<Start> {
  return resumed ? goOn(job, resumed, train, store) : begin(job, train, store)
}

async function goOn(
  job: TrainingJob,
  checkpoint: Checkpoint,
  train: readonly LabelledSentence[],
  store: StateStore,
): Promise<Start> {
  if (!checkpoint.optimizer)
    throw new Error('The checkpoint has no optimizer.safetensors: it can be read from, but not trained on.')
  const model = await loadModel(checkpoint, { bert: frozenWeights(job, checkpoint.model) })
  const optimizer = startOptimizer(model, job.training, checkpoint.optimizer)
  const learner = toLearner(model, lexiconOf(checkpoint), optimizer, job.training, train, store)
  return { learner, points: checkpoint.points, notes: [] }
}

function begin(job: TrainingJob, train: readonly LabelledSentence[], store: StateStore): Start {
  const { training } = job
  const source = job.from ? parseCheckpoint(job.from) : null
  const config = keepPartsOfSpeech(job.model, source)
  const { lexicon: words, start } = config.encoder.kind === 'bert' ? beginBert(job) : beginWords(job, source, train)
  const lexicon = hasMemory(config) ? { ...words, memory: remember(train) } : words
  const model = createModel(config, wordRows(lexicon), training.seed, start)
  if (training.outputBias === 'frequency') startAtFrequencies(model.weights, model.config, train)
  const notes = source ? startWarm(model, toStored(lexicon).vocabulary, source) : []
  const optimizer = startOptimizer(model, training, null)
  return { learner: toLearner(model, lexicon, optimizer, training, train, store), points: [], notes }
}

/** Adds the parts of speech of the source to those of the corpus, as for words: a later text may contain them. */
function keepPartsOfSpeech(config: ModelConfig, source: Checkpoint | null): ModelConfig {
  const { partsOfSpeech } = config
  const known = source?.model.partsOfSpeech
  return partsOfSpeech && known
    ? { ...config, partsOfSpeech: [...new Set([...known, ...partsOfSpeech])].sort() }
    : config
}

type Optimizer = Pick<Learner, 'adam' | 'average'>

function startOptimizer({ weights }: Model, { average }: TrainingConfig, from: OptimizerState | null): Optimizer {
  return { adam: createAdam(weights, from), average: createAverage(weights, average, from) }
}

function toLearner(
  model: Model,
  lexicon: Lexicon,
  optimizer: Optimizer,
  training: TrainingConfig,
  train: readonly LabelledSentence[],
  store: StateStore,
): Learner {
  const { encoder } = model.config
  const isFrozen = encoder.kind === 'bert' && encoder.isFrozen
  const frozen = isFrozen ? createFrozenStates(model, lexicon, store) : null
  const updates = training.epochs * Math.ceil(train.length / training.batchSize)
  const memory = startMemory({ mustFit: middleLength(train) })
  return { model, lexicon, ...optimizer, training, updates, memory, frozen }
}

interface Beginning {
  readonly lexicon: Lexicon
  readonly start: EncoderStart
}

function beginBert({ encoder }: TrainingJob): Beginning {
  if (!encoder) throw new Error('The folder of the BERT encoder is missing: choose it again.')
  const { pieces, weights } = readBertFolder(encoder)
  return { lexicon: pieces, start: { bert: weights } }
}

/** Weights of a frozen encoder; a fine-tuned encoder is part of the checkpoint. */
function frozenWeights({ encoder: files }: TrainingJob, { encoder }: ModelConfig): EncoderStart['bert'] {
  return encoder.kind === 'bert' && encoder.isFrozen && files ? readBertFolder(files).weights : undefined
}

function beginWords(
  { model: { encoder }, vectors }: TrainingJob,
  source: Checkpoint | null,
  train: readonly LabelledSentence[],
): Beginning {
  if (vectors && encoder.kind === 'lstm' && vectors.dimension !== encoder.wordDimension)
    throw new Error(
      `The word vectors are ${vectors.dimension} wide, but the model's words are ${encoder.wordDimension} wide: ` +
        `take vectors of ${encoder.wordDimension} numbers or set wordDimension to ${vectors.dimension}.`,
    )
  const vocabulary = createVocabulary([
    ...(source?.vocabulary.words.slice(2) ?? []), // every vocabulary has the two reserved rows of its own
    ...train.flatMap(({ words }) => words),
    ...(vectors?.words ?? []),
  ])
  return { lexicon: vocabulary, start: vectors ? { vectorOf: rowsOf(vectors, vocabulary.words) } : {} }
}

function rowsOf({ dimension, words, values }: WordVectors, vocabulary: readonly string[]): VectorOf {
  const rowByWord = new Map(words.map((word, row) => [word.toLowerCase(), row]))
  return (id) => {
    const row = rowByWord.get(vocabulary[id] ?? '')
    return row === undefined ? undefined : values.subarray(row * dimension, (row + 1) * dimension)
  }
}
