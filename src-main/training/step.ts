/**
 * One update of the weights: gradients of a batch, summed over replicas, clipped by their global norm, and given to
 * Adam.
 */
import * as tf from '@tensorflow/tfjs-core'
import type { LabelledSentence } from '#main/document/labelled-sentence'
import { sumOfSquares } from '#main/kernels/adam'
import type { LossParts } from '#main/runs/run'
import { exchangeGradients, type Exchange } from './exchange.ts'
import { batchGradients, type BatchGradients } from './gradients.ts'
import type { Learner } from './learner.ts'
import { ratesAt } from './learning-rates.ts'
import { addLosses, noLosses } from './losses.ts'
import { pick } from './pick.ts'
import { costModel, planShares } from './shares.ts'

export interface StepResult {
  /** Means, before the update, over the sentences that were computed; 0 where there were none. */
  readonly losses: LossParts
  /** Sentences that did not fit into memory even alone. */
  readonly leftOut: readonly LabelledSentence[]
}

/**
 * Updates the weights once. With an exchange every replica calls this with the same batch, and all end with the same
 * weights, bit by bit. @throws Error, with the weights unchanged, when the losses are not finite.
 */
export async function trainStep(
  learner: Learner,
  sentences: readonly LabelledSentence[],
  exchange: Exchange | null = null,
): Promise<StepResult> {
  const { adam, average, training, updates, memory } = learner
  const { losses, gradients, leftOut } = await (exchange
    ? sharedGradients(learner, sentences, exchange)
    : ownGradients(learner, sentences))
  // means are over the sentences that were computed, not over the whole batch
  const scale = sentences.length / Math.max(1, sentences.length - leftOut.length)
  try {
    const norm = scale * (await globalNorm(gradients.values()))
    if (!Number.isFinite(losses.total + norm))
      throw new Error(
        `The loss stopped being a number at update ${adam.step + 1}. Train again with a learning rate below ` +
          `${training.learningRate} or other data; the checkpoint of the last finished epoch is kept.`,
      )
    const clipping = norm > training.clipNorm ? training.clipNorm / norm : 1
    adam.update(gradients, ratesAt(adam.step + 1, updates, training), scale * clipping)
    average.add(adam.step)
  } finally {
    tf.dispose([...gradients.values()])
  }
  const missed = pick(sentences, leftOut)
  // a later epoch may give this sentence to another replica, which need not fail on it as well
  for (const sentence of missed) memory.tooLong.add(sentence)
  return { losses: addLosses(noLosses, losses, scale), leftOut: missed }
}

/** Gradients of the batch on this thread alone; zeros where nothing of it was computed. */
async function ownGradients(learner: Learner, sentences: readonly LabelledSentence[]): Promise<BatchGradients> {
  const found = await batchGradients(learner, sentences)
  if (found.gradients.size > 0) return found
  const { weights } = learner.model
  return { ...found, gradients: new Map([...weights].map(([name, weight]) => [name, tf.zerosLike<tf.Tensor>(weight)])) }
}

async function sharedGradients(
  learner: Learner,
  sentences: readonly LabelledSentence[],
  exchange: Exchange,
): Promise<BatchGradients> {
  const { config, weights } = learner.model
  const lengths = sentences.map(({ words }) => words.length)
  const { from, to } = planShares(lengths, exchange.size, costModel(config))[exchange.rank] ?? { from: 0, to: 0 }
  const place = { firstSentence: from, sentenceCount: sentences.length }
  return exchangeGradients(await batchGradients(learner, sentences.slice(from, to), place), weights, exchange)
}

/** Euclidean norm of all gradients together. */
async function globalNorm(gradients: Iterable<tf.Tensor>): Promise<number> {
  const sum = tf.tidy(() => tf.sum(tf.stack([...gradients].map(sumOfSquares))))
  const [squares = Number.NaN] = await sum.data()
  sum.dispose()
  return Math.sqrt(squares)
}
