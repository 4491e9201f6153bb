/** Sentences to predictions: batched by length, in bounded memory, answered in the order asked. */
import * as tf from '@tensorflow/tfjs-core'
import type { Pass, Prediction } from '#main/document/prediction'
import type { JointModel } from '#main/model/joint-model'
import { disposeBatch, vectorize } from '#main/model/vectorize'
import type { Vocabulary } from '#main/model/vocabulary'
import { readPasses } from './read-pass.ts'

export interface PredictOptions {
  /** A cell at or above it is a triple. */
  readonly threshold: number
}

/** Floats that the pair features and logits of one batch may take: about 130 MB. */
const memoryBudget = 32e6
const largestBatch = 64

/** One prediction per sentence, in the order given; means of the maps, no noise. */
export function predictSentences(
  model: JointModel,
  vocabulary: Vocabulary,
  sentences: readonly (readonly string[])[],
  options: PredictOptions,
): Prediction[] {
  const predictions: Prediction[] = new Array<Prediction>(sentences.length)
  for (const indices of planBatches(sentences, model))
    predictBatch(
      model,
      vocabulary,
      indices.map((index) => sentences[index] ?? []),
      options,
    ).forEach((prediction, at) => (predictions[indices[at] ?? 0] = prediction))
  return predictions
}

/** Indices of the sentences of every batch: shortest first, so that little is padded. */
function planBatches(sentences: readonly (readonly string[])[], { config }: JointModel): number[][] {
  const order = sentences.map((_, index) => index).sort((a, b) => lengthOf(sentences[a]) - lengthOf(sentences[b]))
  const perPair = 2 * config.hidden + config.relations.length
  const batches: number[][] = []
  let current: number[] = []
  for (const index of order) {
    const cost = (current.length + 1) * lengthOf(sentences[index]) ** 2 * perPair
    if (current.length > 0 && (current.length >= largestBatch || cost > memoryBudget)) {
      batches.push(current)
      current = []
    }
    current.push(index)
  }
  return current.length > 0 ? [...batches, current] : batches
}

function predictBatch(
  model: JointModel,
  vocabulary: Vocabulary,
  sentences: readonly (readonly string[])[],
  { threshold }: PredictOptions,
): Prediction[] {
  const { config } = model
  const batch = vectorize(
    sentences.map((words) => ({ words })),
    vocabulary,
    config,
  )
  let final: Pass[] = []
  let early: Pass[] | null = null
  try {
    tf.tidy(() => {
      const outputs = model.forward(batch, null)
      final = readPasses(outputs.final, batch, config)
      if (outputs.early) early = readPasses(outputs.early.logits, batch, config)
    })
  } finally {
    disposeBatch(batch)
  }
  return final.map((pass, index) => ({ ...pass, anchor: config.anchor, threshold, early: early?.[index] ?? null }))
}

const lengthOf = (words: readonly string[] | undefined): number => words?.length ?? 0
