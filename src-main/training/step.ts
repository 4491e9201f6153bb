/** One update: a batch, shard by shard, to summed gradients, clipped by their global norm, to Adam. */
import * as tf from '@tensorflow/tfjs-core'
import type { LabelledSentence } from '#main/document/labelled-sentence'
import { computeGradients, type JointModel } from '#main/model/joint-model'
import { computeLosses } from '#main/model/losses'
import { drawNoise, type Noise } from '#main/model/noise'
import { disposeBatch, vectorize } from '#main/model/vectorize'
import type { Vocabulary } from '#main/model/vocabulary'
import type { TrainingConfig } from '#main/runs/config'
import type { LossParts } from '#main/runs/run'
import type { Adam } from './adam.ts'
import { planShards } from './shards.ts'

/** What is trained, and with what. */
export interface Learner {
  readonly model: JointModel
  readonly vocabulary: Vocabulary
  readonly adam: Adam
  readonly training: TrainingConfig
}

export interface BatchGradients {
  /** Means over the batch's sentences. */
  readonly losses: LossParts
  /** Of the total loss, by weight name. The caller disposes them. */
  readonly gradients: Map<string, tf.Tensor>
}

/** Updates the weights once and returns the losses before it. Throws, with the weights untouched, when they are not finite. */
export async function trainStep(learner: Learner, sentences: readonly LabelledSentence[]): Promise<LossParts> {
  const { adam, training } = learner
  const { losses, gradients } = await batchGradients(learner, sentences)
  try {
    const norm = await globalNorm(gradients.values())
    if (!Number.isFinite(losses.total + norm))
      throw new Error(
        `The loss stopped being a number at update ${adam.step + 1}. Train again with a learning rate below ` +
          `${training.learningRate} or other data; the checkpoint of the last finished epoch is kept.`,
      )
    adam.update(gradients, training.learningRate, norm > training.clipNorm ? training.clipNorm / norm : 1)
  } finally {
    tf.dispose([...gradients.values()])
  }
  return losses
}

/** Losses and gradients of a batch. However it is sharded, noise and sums are those of the whole batch. */
export async function batchGradients(
  { model, vocabulary, adam, training }: Learner,
  sentences: readonly LabelledSentence[],
  budget?: number,
): Promise<BatchGradients> {
  const sums = new Map<string, tf.Tensor>()
  let losses = noLosses
  let firstSentence = 0
  for (const shard of planShards(sentences, model.config, budget)) {
    const batch = vectorize(shard, vocabulary, model.config)
    const noise = drawNoise(batch, model.config, training, { seed: training.seed, step: adam.step, firstSentence })
    let parts: tf.Tensor | undefined
    const { loss, gradients } = computeGradients(model, () => {
      const tensors = computeLosses(model.forward(batch, noise), batch, training, sentences.length)
      parts = tf.keep(tf.stack(lossNames.map((name) => tensors[name])))
      return tensors.total
    })
    losses = addLosses(losses, await readLosses(parts as tf.Tensor | undefined))
    for (const [name, gradient] of gradients) sums.set(name, addInto(sums.get(name), gradient))
    disposeBatch(batch)
    disposeNoise(noise)
    tf.dispose(parts ? [parts, loss] : loss)
    firstSentence += shard.length
  }
  return { losses, gradients: sums }
}

const lossNames = [
  'total',
  'entity',
  'relation',
  'earlyEntity',
  'earlyRelation',
  'klEntity',
  'klRelation',
] as const satisfies (keyof LossParts)[]

export const noLosses = toLosses(() => 0)

/** Sum of losses, the second ones `times` over. */
export function addLosses(sum: LossParts, more: LossParts, times = 1): LossParts {
  return toLosses((name) => sum[name] + more[name] * times)
}

function toLosses(of: (name: keyof LossParts) => number): LossParts {
  return Object.fromEntries(lossNames.map((name) => [name, of(name)])) as unknown as LossParts // every name is there
}

async function readLosses(parts: tf.Tensor | undefined): Promise<LossParts> {
  const values = (await parts?.data()) ?? []
  return toLosses((name) => values[lossNames.indexOf(name)] ?? Number.NaN)
}

/** Their sum; both are used up. */
function addInto(sum: tf.Tensor | undefined, gradient: tf.Tensor): tf.Tensor {
  if (!sum) return gradient
  const total = tf.add(sum, gradient)
  tf.dispose([sum, gradient])
  return total
}

/** Euclidean length of all gradients together. */
async function globalNorm(gradients: Iterable<tf.Tensor>): Promise<number> {
  const sum = tf.tidy(() => tf.addN([...gradients].map((gradient) => tf.sum(tf.square(gradient)))))
  const [squares = Number.NaN] = await sum.data()
  sum.dispose()
  return Math.sqrt(squares)
}

function disposeNoise({ entity, relation, inputMask, tokens }: Noise): void {
  tf.dispose([entity, relation, inputMask, tokens].filter((tensor) => tensor !== null))
}
