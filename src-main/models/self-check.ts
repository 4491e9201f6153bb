/** Self-check: predictions for a few words, stored with a model, so that loading can verify it. */
import * as tf from '@tensorflow/tfjs-core'
import type { SentenceWords } from '#main/document/labelled-sentence'
import { tidyAll } from '#main/kernels/tidy'
import type { Model } from './model.ts'
import { vectorize } from './vectorize.ts'
import { disposeBatch } from './shared/batch.ts'
import { someWords, type Lexicon } from './encoders/lexicon.ts'

export interface SelfCheck {
  readonly words: readonly string[]
  /** Parts of speech of the words; left out where the model uses none, and by older versions. */
  readonly pos?: readonly (string | null)[]
  /** Probability of every tag of every word; empty where the model does not learn entities. */
  readonly tags: readonly number[]
  /** Largest probability of every relation type over all pairs; empty where the model does not learn relations. */
  readonly relations: readonly number[]
}

const wordCount = 6

/** Largest allowed difference. Backends differ in the last bits; a weight in the wrong place differs far more. */
const tolerance = 1e-3

export async function computeSelfCheck(model: Model, lexicon: Lexicon): Promise<SelfCheck> {
  const words = someWords(lexicon, wordCount)
  const { partsOfSpeech = [] } = model.config
  const pos = words.flatMap((_, at) => partsOfSpeech[at % partsOfSpeech.length] ?? [])
  const asked: SentenceWords = pos.length > 0 ? { words, pos } : { words }
  return { ...asked, ...(await probabilitiesOf(model, lexicon, asked)) }
}

/** Compares the model with a stored self-check. @throws Error when a probability differs. */
export async function assertSelfCheck(model: Model, lexicon: Lexicon, stored: SelfCheck): Promise<void> {
  const found = await probabilitiesOf(model, lexicon, stored.words.length > 0 ? stored : { words: ['word'] })
  if (differs(found.tags, stored.tags) || differs(found.relations, stored.relations))
    throw new Error(
      'The model does not reproduce the probabilities that were stored with it: the checkpoint is damaged or was changed by hand. Train again or take another checkpoint.',
    )
}

async function probabilitiesOf(
  model: Model,
  lexicon: Lexicon,
  { words, pos }: SentenceWords,
): Promise<Pick<SelfCheck, 'tags' | 'relations'>> {
  const batch = vectorize([pos ? { words, pos } : { words }], lexicon, model.config)
  const tensors = tidyAll(() => model.probe(model.forward(batch, null), batch))
  disposeBatch(batch)
  const [tags, relations] = await Promise.all([tensors.tags.data(), tensors.relations.data()])
  tf.dispose([tensors.tags, tensors.relations])
  return { tags: [...tags], relations: [...relations] }
}

function differs(found: readonly number[], stored: readonly number[]): boolean {
  return (
    found.length !== stored.length ||
    found.some((value, index) => !(Math.abs(value - (stored[index] ?? Number.NaN)) < tolerance))
  )
}
