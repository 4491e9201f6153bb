/** Sentences to predictions: batched by length, in bounded memory, answered in the order asked. */
import * as tf from '@tensorflow/tfjs-core'
import type { Pass, Prediction } from '#main/document/prediction'
import { readPairs, type PairReading } from '#main/kernels/pair-reading'
import { tidyAll } from '#main/kernels/tidy'
import { floorLogit } from '#main/model/early-classifiers'
import type { JointModel } from '#main/model/joint-model'
import { disposeBatch, vectorize, type Batch } from '#main/model/vectorize'
import type { Vocabulary } from '#main/model/vocabulary'
import { readPasses } from './read-pass.ts'

export interface PredictOptions {
  /** A cell at or above it is a triple. */
  readonly threshold: number
}

/** More gain nothing: no tensor grows with the pairs of a batch, and a step of the LSTM is wide enough. */
const sentencesPerBatch = 64

/** One prediction per sentence, in the order given; means of the maps, no noise. */
export async function predictSentences(
  model: JointModel,
  vocabulary: Vocabulary,
  sentences: readonly (readonly string[])[],
  options: PredictOptions,
): Promise<Prediction[]> {
  const predictions: Prediction[] = new Array<Prediction>(sentences.length)
  // sentences of about one length together: they share the steps of the LSTM
  const order = [...sentences.keys()].sort((a, b) => lengthOf(sentences[a]) - lengthOf(sentences[b]))
  for (let start = 0; start < order.length; start += sentencesPerBatch) {
    const indices = order.slice(start, start + sentencesPerBatch)
    const batch = indices.map((index) => sentences[index] ?? [])
    const found = await predictBatch(model, vocabulary, batch, options)
    found.forEach((prediction, at) => (predictions[indices[at] ?? 0] = prediction))
  }
  return predictions
}

async function predictBatch(
  model: JointModel,
  vocabulary: Vocabulary,
  sentences: readonly (readonly string[])[],
  { threshold }: PredictOptions,
): Promise<Prediction[]> {
  const { config } = model
  const batch = vectorize(
    sentences.map((words) => ({ words })),
    vocabulary,
    config,
  )
  try {
    const { final, early } = await readBatch(model, batch)
    return final.map((pass, at) => ({ ...pass, anchor: config.anchor, threshold, early: early?.[at] ?? null }))
  } finally {
    disposeBatch(batch)
  }
}

async function readBatch(model: JointModel, batch: Batch): Promise<{ final: Pass[]; early: Pass[] | null }> {
  const { config } = model
  // a batch without a word has nothing to compute from
  if (batch.rows === 0) return { final: batch.lengths.map(() => emptyPass), early: null }
  const outputs = tidyAll(() => {
    const { final, early } = model.forward(batch, null)
    const pairs = readPairs(final.pairs, { lengths: batch.lengths, floor: floorLogit })
    return {
      final: { tags: tf.softmax(final.tags), pairs },
      early: early?.reading ? { tags: early.tags, pairs: early.reading } : null,
    }
  })
  const read = async ({ tags, pairs }: Readable): Promise<Pass[]> =>
    readPasses(await tags.data<'float32'>(), await pairs.cells(), batch.lengths, config)
  try {
    return { final: await read(outputs.final), early: outputs.early && (await read(outputs.early)) }
  } finally {
    for (const readable of [outputs.final, outputs.early])
      if (readable) tf.dispose([readable.tags, readable.pairs.maximum, ...readable.pairs.needed])
  }
}

interface Readable {
  /** Probabilities [k, T]. */
  readonly tags: tf.Tensor2D
  readonly pairs: PairReading
}

const emptyPass: Pass = { tags: [], spans: [], cells: [] }

const lengthOf = (words: readonly string[] | undefined): number => words?.length ?? 0
