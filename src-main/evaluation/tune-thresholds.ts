/** Thresholds by relation type, tuned on dev to the best F1 of each type that has enough gold. */
import type { LabelledSentence } from '#main/document/labelled-sentence'
import { decodeTriples, storedCellFloor, type Prediction } from '#main/document/prediction'
import { scoreTriples } from './match.ts'
import { goldTextTriples, toTextTriple, type Item } from './match-items.ts'
import { stringItem, type StringMode } from './match-strings.ts'
import type { Scores } from './scores.ts'

export interface TunedThresholds {
  /** Threshold by relation type; other types keep the run's threshold. */
  readonly byRelation: Readonly<Record<string, number>>
  /** Scores on dev with one threshold for all types. */
  readonly before: Scores
  /**
   * Scores on dev with tuned thresholds, each fold scored with thresholds tuned on the other folds: the scores to
   * expect on other data.
   */
  readonly after: Scores
}

/** Number of gold triples below which a type is not tuned, since its threshold would follow noise. */
const leastGold = 10
const folds = 5

interface Guess {
  readonly probability: number
  readonly isRight: boolean
  readonly fold: number
}

/**
 * Tunes thresholds; `predictions` are in the order of `dev`. A type is tuned only where the thresholds of all four
 * fifths of dev lie on one side of the usual one, and score better on the fifths that they were not tuned on. `mode`
 * decides what is right: a model without entities has no exact triples to tune on.
 */
export function tuneThresholds(
  dev: readonly LabelledSentence[],
  predictions: readonly Prediction[],
  mode: StringMode = 'exact',
): TunedThresholds {
  const plain = predictions.map(({ thresholds: _, ...prediction }) => prediction)
  const before = scoreTriples(dev, plain, mode)
  const usual = plain[0]?.threshold ?? 0.5
  const byRelation: Record<string, number> = {}
  const ofFolds = Array.from({ length: folds }, (): Record<string, number> => ({}))
  const goldCounts = countGold(dev, mode)
  for (const [type, guesses] of guessesByType(dev, plain, mode)) {
    const gold = goldCounts.get(type) ?? []
    if (gold.reduce((sum, count) => sum + count, 0) < leastGold) continue
    const others = ofFolds.map((_, fold) =>
      bestThreshold(
        guesses.filter((guess) => guess.fold !== fold),
        usual,
        sumBut(gold, fold),
      ),
    )
    const found = (thresholdOf: (fold: number) => number): number => f1Of(guesses, thresholdOf, sumBut(gold, null))
    const isOneWay = others.every((threshold) => threshold > usual) || others.every((threshold) => threshold < usual)
    if (!isOneWay || found((fold) => others[fold] ?? usual) <= found(() => usual)) continue
    byRelation[type] = bestThreshold(guesses, usual, sumBut(gold, null))
    ofFolds.forEach((thresholds, fold) => (thresholds[type] = others[fold] ?? usual))
  }
  const tuned = plain.map((prediction, index) => ({ ...prediction, thresholds: ofFolds[index % folds] ?? {} }))
  const after = scoreTriples(dev, tuned, mode)
  return after.f1 > before.f1 ? { byRelation, before, after } : { byRelation: {}, before, after: before }
}

/** Number of gold triples per fold, by type. */
function countGold(dev: readonly LabelledSentence[], mode: StringMode): ReadonlyMap<string, readonly number[]> {
  const counts = new Map<string, number[]>()
  dev.forEach((sentence, index) => {
    for (const { type } of goldItems(sentence, mode).values()) {
      const own = counts.get(type) ?? Array.from({ length: folds }, () => 0)
      own[index % folds] = (own[index % folds] ?? 0) + 1
      counts.set(type, own)
    }
  })
  return counts
}

/** Gold items of one sentence, each once. */
function goldItems(sentence: LabelledSentence, mode: StringMode): ReadonlyMap<string, Item> {
  const items = goldTextTriples(sentence).map((triple) => stringItem(triple, mode))
  return new Map(items.map((item) => [item.key, item]))
}

const sumBut = (counts: readonly number[], left: number | null): number =>
  counts.reduce((sum, count, at) => (at === left ? sum : sum + count), 0)

/** Triples of every type that some threshold would accept, once per sentence with their highest probability. */
function guessesByType(
  dev: readonly LabelledSentence[],
  predictions: readonly Prediction[],
  mode: StringMode,
): ReadonlyMap<string, readonly Guess[]> {
  const guesses = new Map<string, Guess[]>()
  dev.forEach((sentence, index) => {
    const prediction = predictions[index]
    if (!prediction) return
    const gold = goldItems(sentence, mode)
    const highest = new Map<string, { type: string; probability: number }>()
    for (const triple of decodeTriples({ ...prediction, threshold: storedCellFloor }, mode !== 'exact')) {
      const { key } = stringItem(toTextTriple(sentence.words, triple), mode)
      if (triple.probability > (highest.get(key)?.probability ?? 0)) highest.set(key, triple)
    }
    for (const [key, { type, probability }] of highest) {
      const own = guesses.get(type) ?? []
      own.push({ probability, isRight: gold.has(key), fold: index % folds })
      guesses.set(type, own)
    }
  })
  return guesses
}

function f1Of(guesses: readonly Guess[], thresholdOf: (fold: number) => number, gold: number): number {
  const passed = guesses.filter(({ probability, fold }) => probability >= thresholdOf(fold))
  const correct = passed.filter(({ isRight }) => isRight).length
  return gold + passed.length === 0 ? 0 : (2 * correct) / (passed.length + gold)
}

/**
 * The best threshold, halfway between two neighbouring probabilities. Of equally good ones the nearest to `usual` is
 * taken, and `usual` itself where it is as good.
 */
function bestThreshold(guesses: readonly Guess[], usual: number, gold: number): number {
  const sorted = guesses.map(({ probability }) => probability).sort((a, b) => b - a)
  const between = sorted.map((probability, at) => (probability + (sorted[at + 1] ?? storedCellFloor)) / 2)
  const candidates = [usual, ...between.sort((a, b) => Math.abs(a - usual) - Math.abs(b - usual))]
  const f1At = (threshold: number): number => f1Of(guesses, () => threshold, gold)
  const best = candidates.reduce((winner, threshold) => (f1At(threshold) > f1At(winner) ? threshold : winner))
  return best === usual ? usual : Number(best.toFixed(4))
}
