/**
 * Prediction of sentences: in batches of about one length, in bounded memory, with results in the order of the input.
 */
import * as tf from '@tensorflow/tfjs-core'
import type { SentenceWords } from '#main/document/labelled-sentence'
import type { Pass, Prediction } from '#main/document/prediction'
import { tidyAll } from '#main/kernels/tidy'
import { familyOf } from '#main/models/families'
import type { Passes, SentenceGold } from '#main/models/family'
import type { Model } from '#main/models/model'
import { batchOfStates, vectorize } from '#main/models/vectorize'
import { disposeBatch, type Batch } from '#main/models/shared/batch'
import type { Lexicon } from '#main/models/encoders/lexicon'
import { rememberedPass } from '#main/models/memory/remembered-pass'
import type { Noise } from '#main/models/shared/noise'
import { shownEarly } from '#main/models/shared/shown-early'
import { drawNoise } from '#main/models/shared/draw-noise'
import { keyOfWords } from '#main/models/shared/random'
import type { ModelConfig } from '#main/runs/config'
import type { EarlyInput } from '#main/runs/early-input'
import type { TrainingConfig } from '#main/runs/setting-values'

interface PredictOptions {
  /** Probability from which a cell is a triple. */
  readonly threshold: number
  /** Seed for one draw from the stochastic maps; without it the maps take their mean. */
  readonly sampleSeed?: number | null
  /** What the maps are shown in place of early predictions; for gold the sentences must have theirs. */
  readonly early?: EarlyInput | null
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
  model: Model,
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
  model: Model,
  lexicon: Lexicon,
  sentences: readonly SentenceWords[],
  { threshold, sampleSeed, early: input, frozen }: PredictOptions,
): Promise<Prediction[]> {
  const { config } = model
  const encodeGold = (labelled: readonly SentenceGold[]): unknown => familyOf(config).encodeGold(labelled, config)
  const early = input ? { early: shownEarly(input, sentences, encodeGold) } : {}
  const own = frozen
    ? batchOfStates(sentences, await frozen.of(sentences.map(({ words }) => words)), config)
    : vectorize(sentences, lexicon, config)
  const batch = { ...own, ...early }
  try {
    const keys = sampleSeed == null ? [] : sentences.map(({ words }) => keyOfWords(words))
    const passes = await passesOf(model, batch, sampleSeed ?? null, keys)
    const { memory } = lexicon
    const told = (pass: Pass, at: number): Pass =>
      memory ? rememberedPass(pass, sentences[at]?.words ?? [], memory, config) : pass
    return passes.final.map(told).map((pass, at) => ({
      ...{ ...pass, anchor: config.anchor, threshold },
      early: passes.early?.[at] ?? null,
    }))
  } finally {
    disposeBatch(batch)
  }
}

async function passesOf(
  model: Model,
  batch: Batch,
  sampleSeed: number | null,
  sentenceKeys: readonly number[],
): Promise<Passes> {
  // a batch without words has no input to compute from
  if (batch.rows === 0) return { final: batch.lengths.map(() => emptyPass), early: null }
  const decoding = tidyAll(() => {
    const noise = sampleSeed === null ? null : drawOnce(batch, model.config, sampleSeed, sentenceKeys)
    return model.decode(model.forward(batch, noise), batch)
  })
  try {
    return await decoding.passes()
  } finally {
    tf.dispose([...decoding.needed])
  }
}

function drawOnce(batch: Batch, config: ModelConfig, seed: number, sentenceKeys: readonly number[]): Noise {
  const nothing = { dropout: 0, wordDropout: 0, innerDropout: 0 }
  return drawNoise(batch, config, nothing, { seed, step: 0, firstSentence: 0, sentenceKeys })
}

const emptyPass: Pass = { tags: [], spans: [], cells: [] }

const lengthOf = (sentence: SentenceWords | undefined): number => sentence?.words.length ?? 0
