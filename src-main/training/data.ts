/** The sentences of a job that training uses, with a plain sentence for everything that was set aside. */
import { countPos, countRounded, countWords, type LabelledSentence } from '#main/document/labelled-sentence'
import { familyOf } from '#main/models/families'
import { posDimensionOf, type ModelConfig } from '#main/runs/config'
import { costAlone } from '#main/runs/pass-cost'
import { sentenceBudget } from './shards.ts'

interface TrainingData {
  readonly train: readonly LabelledSentence[]
  /** All sentences of dev. Gold is never filtered, so every one is scored. */
  readonly dev: readonly LabelledSentence[]
  readonly notes: readonly string[]
}

/** Prepares both splits. @throws Error when no sentence is left to train on. */
export function prepareData(
  splits: { readonly train: readonly LabelledSentence[]; readonly dev: readonly LabelledSentence[] },
  model: ModelConfig,
): TrainingData {
  if (splits.train.length === 0)
    throw new Error('The train split has no sentences: import a corpus with a train split, or assign documents to it.')
  const { train: given, dev } = splits
  if (dev.length === 0)
    throw new Error('No sentence selects the epoch: import a dev split, or at least two training sentences.')
  const train = given.filter(({ words }) => words.length > 0 && costAlone(words.length, model) <= sentenceBudget)
  if (train.length === 0)
    throw new Error('No sentence of the train split can be trained on: all are empty or too long for memory.')
  const skipped = given.length - train.length
  return {
    train,
    dev,
    notes: [
      ...(skipped > 0 ? [`${skipped} training sentences were left out: they are empty or too long for memory.`] : []),
      ...describeLeftOut(train, model),
      ...describeRounded(train),
      ...describeMissingPos(train, model),
    ],
  }
}

/** Notes about gold spans that are rounded to whole words. */
function describeRounded(train: readonly LabelledSentence[]): string[] {
  const rounded = countRounded(train)
  return rounded > 0 ? [`${rounded} gold spans begin or end within a word: they are trained on as whole words.`] : []
}

function describeMissingPos(train: readonly LabelledSentence[], model: ModelConfig): string[] {
  const words = countWords(train)
  const missing = words - countPos(train)
  return posDimensionOf(model) > 0 && missing > 0
    ? [`${missing} of the ${words} words of train have no part of speech: the model learns them without one.`]
    : []
}

/** Notes about gold that the family cannot express. */
function describeLeftOut(train: readonly LabelledSentence[], model: ModelConfig): string[] {
  const family = familyOf(model)
  const all = train.map((sentence) => family.countUnencoded(sentence, model))
  const overlapping = all.reduce((sum, left) => sum + left.overlapping, 0)
  const unrelated = all.reduce((sum, left) => sum + (left.unrelated ?? 0), 0)
  const unknownType = all.reduce((sum, left) => sum + left.unknownType, 0)
  return [
    ...(overlapping > 0
      ? [`${overlapping} gold spans overlap others and are not trained on: a word has only one tag.`]
      : []),
    ...(unrelated > 0
      ? [
          `${unrelated} gold spans take part in no relation and are not trained on: this family finds entities by relations.`,
        ]
      : []),
    ...(unknownType > 0
      ? [`${unknownType} gold spans and relations have a type that this model does not know and are not trained on.`]
      : []),
  ]
}
