/** Self-check: what a model says of a few words, stored with it, so that loading proves itself. */
import * as tf from '@tensorflow/tfjs-core'
import type { JointModel } from './joint-model.ts'
import { disposeBatch, vectorize } from './vectorize.ts'
import type { Vocabulary } from './vocabulary.ts'

export interface SelfCheck {
  readonly words: readonly string[]
  /** Probability of every tag of every word. */
  readonly tags: readonly number[]
  /** Largest probability of every relation over all pairs. */
  readonly relations: readonly number[]
}

const wordCount = 6

/** Backends differ in the last bits; a weight in the wrong place shows far above this. */
const tolerance = 1e-3

export function computeSelfCheck(model: JointModel, vocabulary: Vocabulary): SelfCheck {
  const words = vocabulary.words.slice(2, 2 + wordCount)
  return { words, ...read(model, vocabulary, words.length > 0 ? words : ['word']) }
}

/** Throws when the model says something else than what was stored. */
export function assertSelfCheck(model: JointModel, vocabulary: Vocabulary, stored: SelfCheck): void {
  const found = read(model, vocabulary, stored.words.length > 0 ? stored.words : ['word'])
  if (differs(found.tags, stored.tags) || differs(found.relations, stored.relations))
    throw new Error(
      'The model does not reproduce the probabilities that were stored with it: the checkpoint is damaged or was changed by hand. Train again or take another checkpoint.',
    )
}

function read(model: JointModel, vocabulary: Vocabulary, words: readonly string[]): Omit<SelfCheck, 'words'> {
  const batch = vectorize([{ words }], vocabulary, model.config)
  const values = tf.tidy(() => {
    const { final } = model.forward(batch, null)
    const largest = tf.max(tf.reshape(final.relations, [-1, model.config.relations.length]), 0)
    return { tags: [...tf.softmax(final.tags).dataSync()], relations: [...tf.sigmoid(largest).dataSync()] }
  })
  disposeBatch(batch)
  return values
}

function differs(found: readonly number[], stored: readonly number[]): boolean {
  return (
    found.length !== stored.length ||
    found.some((value, index) => !(Math.abs(value - (stored[index] ?? Number.NaN)) < tolerance))
  )
}
