/** Losses and gradients of a share of a batch, computed shard by shard, and in smaller shards when memory runs out. */
import * as tf from '@tensorflow/tfjs-core'
import type { LabelledSentence } from '#main/document/labelled-sentence'
import { computeGradients } from '#main/models/model'
import type { Noise } from '#main/models/shared/noise'
import { drawNoise } from '#main/models/shared/draw-noise'
import { batchOfStates, vectorize } from '#main/models/vectorize'
import { disposeBatch, type Batch } from '#main/models/shared/batch'
import type { LossParts } from '#main/runs/run'
import { startSums, type GradientSums } from './gradient-sums.ts'
import { addLosses, lossNames, noLosses, downloadLosses } from './losses.ts'
import { isOutOfMemory, leaveOut, planShards, takeLess } from './shards.ts'
import type { Learner } from './learner.ts'

interface ShardGradients {
  /** Sums over the shard's sentences, divided by the number of sentences of the whole batch. */
  readonly losses: LossParts
  /** Gradients of the total loss by weight name; empty when there were no sentences. The caller disposes them. */
  readonly gradients: ReadonlyMap<string, tf.Tensor>
}

export interface BatchGradients extends ShardGradients {
  /** Positions in the batch of sentences that did not fit into memory even alone. The sums contain nothing of them. */
  readonly leftOut: readonly number[]
}

/** Position of some sentences in their batch. */
interface Place {
  readonly firstSentence: number
  /** Number of sentences of the whole batch. */
  readonly sentenceCount: number
}

/**
 * Losses and gradients of a whole batch, or of a share that stands at `place` in one. Shares add up to the batch, and
 * noise and sums do not depend on the sharding.
 */
export async function batchGradients(
  learner: Learner,
  sentences: readonly LabelledSentence[],
  place: Place = { firstSentence: 0, sentenceCount: sentences.length },
): Promise<BatchGradients> {
  const { model, memory } = learner
  while (true) {
    try {
      return await sumShards(learner, planShards(sentences, model.config, memory), place)
    } catch (error) {
      if (!isOutOfMemory(error)) throw error
      takeLess(memory, sentences, model.config)
    }
  }
}

async function sumShards(
  learner: Learner,
  shards: readonly (readonly LabelledSentence[])[],
  { firstSentence, sentenceCount }: Place,
): Promise<BatchGradients> {
  const sums = startSums()
  const leftOut: number[] = []
  let losses = noLosses
  let first = firstSentence
  try {
    for (const shard of shards) {
      const found = await tryShard(learner, shard, { firstSentence: first, sentenceCount }, sums)
      if (found) {
        losses = addLosses(losses, found.losses)
        await sums.add(found.gradients)
      } else leftOut.push(first)
      first += shard.length
    }
    return { losses, gradients: sums.take(), leftOut }
  } catch (error) {
    sums.dispose()
    throw error
  }
}

/**
 * Losses and gradients of one shard; null for a sentence that does not fit even alone. A resumed run must leave out
 * the same sentences, so the answer may not depend on what stood before the sentence in its batch: it is tried again
 * without the sums beside it, and in as little memory as possible.
 */
async function tryShard(
  learner: Learner,
  shard: readonly LabelledSentence[],
  place: Place,
  sums: GradientSums,
): Promise<ShardGradients | null> {
  const { memory } = learner
  const [sentence, another] = shard
  if (!sentence || another) return shardGradients(learner, shard, place)
  if (memory.tooLong.has(sentence)) return null
  try {
    return await shardGradients(learner, shard, place)
  } catch (error) {
    if (!isOutOfMemory(error)) throw error
  }
  try {
    await sums.putAside()
    return await shardGradients(learner, shard, place, true)
  } catch (error) {
    if (!isOutOfMemory(error)) throw error
  }
  leaveOut(memory, sentence)
  return null
}

async function shardGradients(
  learner: Learner,
  shard: readonly LabelledSentence[],
  { firstSentence, sentenceCount }: Place,
  isTight = false,
): Promise<ShardGradients> {
  const { model, adam, training } = learner
  const batch = await toBatch(learner, shard, isTight)
  let noise: Noise | undefined
  let parts: tf.Tensor | undefined
  try {
    const drawn = (noise = drawNoise(batch, model.config, training, {
      seed: training.seed,
      step: adam.step,
      firstSentence,
    }))
    const { loss, gradients } = computeGradients(model, () => {
      const tensors = model.losses(model.forward(batch, drawn), batch, training, sentenceCount)
      parts = tf.keep(tf.stack(lossNames.map((name) => tensors[name])))
      return tensors.total
    })
    loss.dispose()
    if (!parts) throw new Error('The loss was not computed')
    return { losses: await downloadLosses(parts), gradients }
  } catch (error) {
    dropTape()
    throw error
  } finally {
    disposeBatch(batch)
    if (noise) tf.dispose(noise as unknown as tf.TensorContainer) // tf.dispose walks any object
    if (parts) parts.dispose()
  }
}

async function toBatch(
  { model, lexicon, frozen }: Learner,
  sentences: readonly LabelledSentence[],
  isTight: boolean,
): Promise<Batch> {
  if (!frozen) return vectorize(sentences, lexicon, model.config, isTight)
  return batchOfStates(sentences, await frozen.of(sentences.map(({ words }) => words)), model.config)
}

/** Frees what a broken-off pass kept for its gradient, which TensorFlow.js frees on the way back only. */
function dropTape(): void {
  const { activeTape } = tf.engine().state
  tf.dispose((activeTape as typeof activeTape | null)?.flatMap(({ saved }) => saved ?? []) ?? [])
}
