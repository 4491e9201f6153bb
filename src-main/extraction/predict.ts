/**
 * Prediction of sentences: in batches of about one length, in bounded memory, with results in the order of the input.
 */
import * as tf from '@tensorflow/tfjs-core'
import type { SentenceWords } from '#main/document/labelled-sentence'
import type { Pass, Prediction } from '#main/document/prediction'
import { predictPairs, type PairPrediction } from '#main/kernels/pair-prediction'
import { tidyAll } from '#main/kernels/tidy'
import { storedCells } from '#main/models/pmei/early-classifiers'
import type { JointModel } from '#main/models/model'
import { batchOfStates, vectorize } from '#main/models/shared/vectorize'
import { disposeBatch, type Batch } from '#main/models/shared/batch'
import type { Lexicon } from '#main/models/encoders/lexicon'
import type { Noise } from '#main/models/shared/noise'
import { drawNoise } from '#main/models/shared/draw-noise'
import { keyOfWords } from '#main/models/shared/random'
import type { ModelConfig } from '#main/runs/config'
import type { TrainingConfig } from '#main/runs/setting-values'
import { decodePasses } from './decode-pass.ts'

interface PredictOptions {
  /** Probability from which a cell is a triple. */
  readonly threshold: number
  /** Seed for one draw from the stochastic maps; without it the maps take their mean. */
  readonly sampleSeed?: number | null
  /** States of a frozen encoder, some of which may be computed already. */
  readonly frozen?: { of(sentences: readonly (readonly string[])[]): Promise<tf.Tensor2D> } | null
}

/** Options of prediction as the run was configured. */
export function predictionOptions({ threshold, readsWith, seed }: TrainingConfig): PredictOptions {
  return { threshold, sampleSeed: readsWith === 'sample' ? seed : null }
}

/**
 * Number of sentences in a batch. Larger batches gain nothing: no tensor grows with the pairs of a batch, and a step
 * of the LSTM is wide enough.
 */
const sentencesPerBatch = 64

/**
 * One prediction per sentence, in the same order. Nothing is dropped, and maps take their mean unless a `sampleSeed`
 * is given.
 */
export async function predictSentences(
  model: JointModel,
  lexicon: Lexicon,
  sentences: readonly SentenceWords[],
  options: PredictOptions,
): Promise<Prediction[]> {
  const predictions: Prediction[] = new Array<Prediction>(sentences.length)
  // sentences of about one length share the steps of the LSTM
  const order = [...sentences.keys()].sort((a, b) => lengthOf(sentences[a]) - lengthOf(sentences[b]))
  for (let start = 0; start < order.length; start += sentencesPerBatch) {
    const indices = order.slice(start, start + sentencesPerBatch)
    const batch = indices.flatMap((index) => sentences[index] ?? [])
    const found = await predictBatch(model, lexicon, batch, options)
    found.forEach((prediction, at) => (predictions[indices[at] ?? 0] = prediction))
  }
  return predictions
}

async function predictBatch(
  model: JointModel,
  lexicon: Lexicon,
  sentences: readonly SentenceWords[],
  { threshold, sampleSeed, frozen }: PredictOptions,
): Promise<Prediction[]> {
  const { config } = model
  const batch = frozen
    ? batchOfStates(sentences, await frozen.of(sentences.map(({ words }) => words)), config)
    : vectorize(sentences, lexicon, config)
  try {
    const keys = sampleSeed == null ? [] : sentences.map(({ words }) => keyOfWords(words))
    const { final, early } = await forwardBatch(model, batch, sampleSeed ?? null, keys)
    return final.map((pass, at) => ({ ...pass, anchor: config.anchor, threshold, early: early?.[at] ?? null }))
  } finally {
    disposeBatch(batch)
  }
}

async function forwardBatch(
  model: JointModel,
  batch: Batch,
  sampleSeed: number | null,
  sentenceKeys: readonly number[],
): Promise<{ final: Pass[]; early: Pass[] | null }> {
  const { config } = model
  // a batch without words has no input to compute from
  if (batch.rows === 0) return { final: batch.lengths.map(() => emptyPass), early: null }
  const outputs = tidyAll(() => {
    const { final, early } = model.forward(
      batch,
      sampleSeed === null ? null : drawOnce(batch, config, sampleSeed, sentenceKeys),
    )
    const pairs = final.pairs && predictPairs(final.pairs, { ...storedCells, lengths: batch.lengths })
    return {
      final: { tags: final.tags && tf.softmax<tf.Tensor2D>(final.tags), pairs },
      early: early ? { tags: early.tags, pairs: early.prediction } : null,
    }
  })
  const decode = async ({ tags, pairs }: PassTensors): Promise<Pass[]> =>
    decodePasses(tags && (await tags.data<'float32'>()), pairs && (await pairs.cells()), batch.lengths, config)
  try {
    return { final: await decode(outputs.final), early: outputs.early && (await decode(outputs.early)) }
  } finally {
    for (const pass of [outputs.final, outputs.early]) {
      pass?.tags?.dispose()
      if (pass?.pairs) tf.dispose([...(pass.pairs.maximum ? [pass.pairs.maximum] : []), ...pass.pairs.needed])
    }
  }
}

/** Outputs of one pass; null for a task that the model does not learn. */
interface PassTensors {
  /** Probabilities of the tags [k, T]. */
  readonly tags: tf.Tensor2D | null
  readonly pairs: PairPrediction | null
}

function drawOnce(batch: Batch, config: ModelConfig, seed: number, sentenceKeys: readonly number[]): Noise {
  const nothing = { dropout: 0, wordDropout: 0 }
  return drawNoise(batch, config, nothing, { seed, step: 0, firstSentence: 0, sentenceKeys })
}

const emptyPass: Pass = { tags: [], spans: [], cells: [] }

const lengthOf = (sentence: SentenceWords | undefined): number => sentence?.words.length ?? 0
