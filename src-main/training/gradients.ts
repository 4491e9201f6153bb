/** Losses and gradients of a share of a batch: shard by shard, in smaller shards when memory runs out. */
import * as tf from '@tensorflow/tfjs-core'
import type { LabelledSentence } from '#main/document/labelled-sentence'
import { computeGradients } from '#main/model/joint-model'
import { computeLosses } from '#main/model/losses'
import { drawNoise, type Noise } from '#main/model/noise'
import { batchOfStates, disposeBatch, vectorize, type Batch } from '#main/model/vectorize'
import type { LossParts } from '#main/runs/run'
import { addLosses, lossNames, noLosses, readLosses } from './losses.ts'
import { isOutOfMemory, planShards, takeLess } from './shards.ts'
import type { Learner } from './step.ts'

export interface BatchGradients {
  /** Means over the batch's sentences. */
  readonly losses: LossParts
  /** Of the total loss, by weight name; empty when there were no sentences. The caller disposes them. */
  readonly gradients: ReadonlyMap<string, tf.Tensor>
}

/** Where sentences stand in their batch. */
export interface Place {
  readonly firstSentence: number
  /** Of the whole batch. */
  readonly sentenceCount: number
}

/**
 * Of a whole batch, or of a share that stands at `place` in one: shares add up to the batch. However it is sharded,
 * noise and sums are the same.
 */
export async function batchGradients(
  learner: Learner,
  sentences: readonly LabelledSentence[],
  place: Place = { firstSentence: 0, sentenceCount: sentences.length },
): Promise<BatchGradients> {
  const { model, memory } = learner
  while (true) {
    try {
      return await sumShards(learner, planShards(sentences, model.config, memory.budget), place)
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
  const sums = new Map<string, tf.Tensor>()
  let losses = noLosses
  let first = firstSentence
  try {
    for (const shard of shards) {
      const found = await shardGradients(learner, shard, { firstSentence: first, sentenceCount })
      losses = addLosses(losses, found.losses)
      const unused = new Map(found.gradients)
      try {
        for (const [name, gradient] of found.gradients) {
          sums.set(name, addInto(sums.get(name), gradient))
          unused.delete(name)
        }
      } finally {
        tf.dispose([...unused.values()])
      }
      first += shard.length
    }
  } catch (error) {
    tf.dispose([...sums.values()])
    throw error
  }
  return { losses, gradients: sums }
}

async function shardGradients(
  learner: Learner,
  shard: readonly LabelledSentence[],
  { firstSentence, sentenceCount }: Place,
): Promise<BatchGradients> {
  const { model, adam, training } = learner
  const batch = await toBatch(learner, shard)
  let noise: Noise | undefined
  let parts: tf.Tensor | undefined
  try {
    const drawn = (noise = drawNoise(batch, model.config, training, {
      seed: training.seed,
      step: adam.step,
      firstSentence,
    }))
    const { loss, gradients } = computeGradients(model, () => {
      const tensors = computeLosses(model.forward(batch, drawn), batch, training, sentenceCount)
      parts = tf.keep(tf.stack(lossNames.map((name) => tensors[name])))
      return tensors.total
    })
    loss.dispose()
    if (!parts) throw new Error('The loss was not computed')
    return { losses: await readLosses(parts), gradients }
  } catch (error) {
    dropTape()
    throw error
  } finally {
    disposeBatch(batch)
    if (noise) tf.dispose(noise as unknown as tf.TensorContainer) // it walks any object
    if (parts) parts.dispose()
  }
}

async function toBatch({ model, lexicon, frozen }: Learner, sentences: readonly LabelledSentence[]): Promise<Batch> {
  if (!frozen) return vectorize(sentences, lexicon, model.config)
  return batchOfStates(sentences, await frozen.of(sentences.map(({ words }) => words)), model.config)
}

/** What a pass keeps for its way back is freed on the way back only: a pass that broke off left it behind. */
function dropTape(): void {
  const { activeTape } = tf.engine().state
  tf.dispose((activeTape as typeof activeTape | null)?.flatMap(({ saved }) => saved ?? []) ?? [])
}

/** Their sum; both are used up. */
function addInto(sum: tf.Tensor | undefined, gradient: tf.Tensor): tf.Tensor {
  if (!sum) return gradient
  const total = tf.add(sum, gradient)
  tf.dispose([sum, gradient])
  return total
}
