/** Thresholds tuned on dev to the best F1: one for all relation types first, then those of types that deviate from it. */
import type { LabelledSentence } from '#main/document/labelled-sentence'
import { withThresholds, type Prediction, type Thresholds } from '#main/document/prediction'
import { bestThreshold, f1Of } from './best-threshold.ts'
import { scoreTriples } from './match.ts'
import type { StringMode } from './match-strings.ts'
import type { Scores } from './scores.ts'
import { goldKeys, tripleGuesses, type TripleGuess } from './triple-guesses.ts'

export interface TunedThresholds extends Thresholds {
  /** Scores on dev with the threshold of the run's config. */
  readonly before: Scores
  /**
   * Scores on dev with tuned thresholds, each fold scored with those that were chosen on the other folds alone: the
   * scores to expect on other data.
   */
  readonly after: Scores
}

/** Number of gold triples below which a type keeps the common threshold, since one of its own would follow noise. */
const leastGold = 10
const folds = 5

/** What thresholds are chosen on. */
interface Sample {
  readonly guesses: readonly TripleGuess[]
  readonly gold: readonly GoldTriple[]
}

interface GoldTriple {
  readonly relation: string
  /** Index of its sentence. */
  readonly sentence: number
}

/**
 * Tunes thresholds; `predictions` are in the order of `dev`. They are kept only where they score better on the folds that
 * had no part in choosing them. `mode` decides what is right: a model without entities has no exact triples to tune on.
 */
export function tuneThresholds(
  dev: readonly LabelledSentence[],
  predictions: readonly Prediction[],
  mode: StringMode = 'exact',
): TunedThresholds {
  const plain = predictions.map(({ thresholds: _, ...prediction }) => prediction)
  const before = scoreTriples(dev, plain, mode)
  const start = plain[0]?.threshold ?? 0.5
  const sample: Sample = {
    guesses: tripleGuesses(dev, plain, mode),
    gold: dev.flatMap((sentence, at) =>
      [...goldKeys(sentence, mode).values()].map((relation) => ({ relation, sentence: at })),
    ),
  }
  const ofFolds = Array.from({ length: folds }, (_, fold) =>
    choose(
      part(sample, ({ sentence }) => sentence % folds !== fold),
      start,
      (sentence) => Math.floor(sentence / folds) % folds,
    ),
  )
  const held = plain.map((prediction, index) => {
    const thresholds = ofFolds[index % folds]
    return thresholds ? withThresholds(prediction, thresholds) : prediction
  })
  const after = scoreTriples(dev, held, mode)
  if (after.f1 <= before.f1) return { usual: start, byRelation: {}, before, after: before }
  return { ...choose(sample, start, (sentence) => sentence % folds), before, after }
}

function part({ guesses, gold }: Sample, isIn: (one: GoldTriple) => boolean): Sample {
  return { guesses: guesses.filter(isIn), gold: gold.filter(isIn) }
}

/**
 * The common threshold with the best F1 on a sample, and those of relation types. A type deviates only where the best
 * thresholds of its folds all lie on one side of the common one, and score better on the folds that had no part in them.
 */
function choose(sample: Sample, start: number, foldOf: (sentence: number) => number): Thresholds {
  const usual = bestThreshold(sample.guesses, start, sample.gold.length)
  const byRelation: Record<string, number> = {}
  const guessesOf = Map.groupBy(sample.guesses, ({ relation }) => relation)
  for (const [relation, gold] of Map.groupBy(sample.gold, (triple) => triple.relation)) {
    const guesses = guessesOf.get(relation) ?? []
    if (gold.length < leastGold || guesses.length === 0) continue
    const own: Sample = { guesses, gold }
    const others = Array.from({ length: folds }, (_, fold) => {
      const rest = part(own, ({ sentence }) => foldOf(sentence) !== fold)
      return bestThreshold(rest.guesses, usual, rest.gold.length)
    })
    const isOneWay = others.every((threshold) => threshold > usual) || others.every((threshold) => threshold < usual)
    if (!isOneWay) continue
    const held = f1Of(guesses, ({ sentence }) => others[foldOf(sentence)] ?? usual, gold.length)
    if (held > f1Of(guesses, () => usual, gold.length))
      byRelation[relation] = bestThreshold(guesses, usual, gold.length)
  }
  return { usual, byRelation: Object.fromEntries(Object.entries(byRelation).sort(([a], [b]) => (a < b ? -1 : 1))) }
}
