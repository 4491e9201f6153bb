/** The learner a job asks for: fresh, warm from another checkpoint, or resumed where one stopped. */
import type { LabelledSentence } from '#main/document/labelled-sentence'
import { loadModel, parseCheckpoint, type Checkpoint } from '#main/model/checkpoint'
import { createJointModel } from '#main/model/joint-model'
import type { VectorOf } from '#main/model/encoder'
import { createVocabulary } from '#main/model/vocabulary'
import type { MetricPoint } from '#main/runs/run'
import { createAdam } from './adam.ts'
import type { StartVectors, TrainingJob } from './job.ts'
import { startMemory } from './shards.ts'
import type { Learner } from './step.ts'
import { startWarm } from './warm-start.ts'

export interface Start {
  readonly learner: Learner
  /** Metrics of the epochs already done. */
  readonly points: readonly MetricPoint[]
  readonly notes: readonly string[]
}

/**
 * Goes on from `resumed`, the job's own checkpoint, or begins with the words of `train`. The caller disposes model and
 * optimiser.
 */
export async function startLearner(
  job: TrainingJob,
  resumed: Checkpoint | null,
  train: readonly LabelledSentence[],
): Promise<Start> {
  return resumed ? goOn(job, resumed) : begin(job, train)
}

async function goOn({ training }: TrainingJob, checkpoint: Checkpoint): Promise<Start> {
  if (!checkpoint.optimizer)
    throw new Error('The checkpoint has no optimizer.safetensors: it can be read from, but not trained on.')
  const model = await loadModel(checkpoint)
  const adam = createAdam(model.weights, checkpoint.optimizer)
  const { vocabulary, points } = checkpoint
  return { learner: { model, vocabulary, adam, training, memory: startMemory() }, points, notes: [] }
}

function begin({ model: config, training, vectors, from }: TrainingJob, train: readonly LabelledSentence[]): Start {
  if (vectors && vectors.dimension !== config.wordDimension)
    throw new Error(
      `The word vectors are ${vectors.dimension} wide, but the model's words are ${config.wordDimension} wide: ` +
        `take vectors of ${config.wordDimension} numbers or set wordDimension to ${vectors.dimension}.`,
    )
  const source = from ? parseCheckpoint(from) : null
  const vocabulary = createVocabulary([
    ...(source?.vocabulary.words.slice(2) ?? []), // the two reserved rows are every vocabulary's own
    ...train.flatMap(({ words }) => words),
    ...(vectors?.words ?? []),
  ])
  const model = createJointModel(
    config,
    vocabulary.size,
    training.seed,
    vectors ? rowsOf(vectors, vocabulary.words) : undefined,
  )
  const notes = source ? startWarm(model, vocabulary, source) : []
  const adam = createAdam(model.weights, null)
  return { learner: { model, vocabulary, adam, training, memory: startMemory() }, points: [], notes }
}

function rowsOf({ dimension, words, values }: StartVectors, vocabulary: readonly string[]): VectorOf {
  const rowByWord = new Map(words.map((word, row) => [word.toLowerCase(), row]))
  return (id) => {
    const row = rowByWord.get(vocabulary[id] ?? '')
    return row === undefined ? undefined : values.subarray(row * dimension, (row + 1) * dimension)
  }
}
