/** Thresholds for a wanted precision, chosen on the guesses of a model on dev. */
import { shareOf, type Share } from './binomial-interval.ts'
import type { TripleGuess } from './triple-guesses.ts'

export interface PrecisionThreshold {
  /** Least probability of a triple, as the model states it; null where no threshold reaches the precision. */
  readonly threshold: number | null
  /** Precision of the guesses on dev from the threshold on; where none reaches it, the highest that one gives. */
  readonly measured: Share
}

export interface PrecisionThresholds {
  /** 0 to 1. */
  readonly wanted: number
  /** Thresholds of the relation types with enough guesses. */
  readonly byRelation: Readonly<Record<string, PrecisionThreshold>>
  /** The threshold of all other relation types, chosen on the guesses of all of them together. */
  readonly pooled: PrecisionThreshold
  /** Whether the other types have too few guesses even together, so that the guesses of all types chose the pooled threshold. */
  readonly isPooledOverAll: boolean
  /** Relation types that share the pooled threshold, with the number of their guesses. */
  readonly pooledOver: Readonly<Record<string, number>>
  /** Precision on dev where each fold was cut by thresholds that the other folds chose: what to expect on other text. */
  readonly heldOut: Share
  /** Share of the gold triples of dev that these thresholds find, on the same held-out folds. */
  readonly recall: number
}

/** Number of guesses from which on a relation type has a threshold of its own. */
export const leastForThreshold = 50

/** Number of guesses that must lie above a threshold: fewer show no precision. */
export const leastKept = 20

const folds = 5

type Thresholds = Pick<PrecisionThresholds, 'byRelation' | 'pooled' | 'isPooledOverAll' | 'pooledOver'>

/** @param gold number of gold triples on dev. */
export function precisionThresholds(
  guesses: readonly TripleGuess[],
  wanted: number,
  gold: number,
): PrecisionThresholds {
  let right = 0
  let kept = 0
  for (let fold = 0; fold < folds; fold++) {
    const chosen = choose(
      guesses.filter(({ sentence }) => sentence % folds !== fold),
      wanted,
      // a fold more has that much more to choose from
      (folds - 1) / folds,
    )
    for (const { sentence, relation, probability, isRight } of guesses) {
      if (sentence % folds !== fold || probability < leastProbability(chosen, relation)) continue
      kept++
      right += Number(isRight)
    }
  }
  return { wanted, ...choose(guesses, wanted, 1), heldOut: shareOf(right, kept), recall: gold === 0 ? 0 : right / gold }
}

/** Least probability of a triple of this relation type; infinite where the precision cannot be reached, so that none passes. */
export function leastProbability(
  { byRelation, pooled }: Pick<Thresholds, 'byRelation' | 'pooled'>,
  relation: string,
): number {
  const own = Object.hasOwn(byRelation, relation) ? byRelation[relation] : undefined
  return (own ?? pooled).threshold ?? Infinity
}

/** @param share part of dev that the guesses are from. */
function choose(guesses: readonly TripleGuess[], wanted: number, share: number): Thresholds {
  const byRelation: [string, PrecisionThreshold][] = []
  const rest: TripleGuess[] = []
  const shared: [string, number][] = []
  for (const [relation, own] of Map.groupBy(guesses, (guess) => guess.relation))
    if (own.length >= leastForThreshold * share) byRelation.push([relation, lowestThreshold(own, wanted, share)])
    else {
      rest.push(...own)
      shared.push([relation, own.length])
    }
  const isPooledOverAll = rest.length < leastForThreshold * share
  return {
    byRelation: Object.fromEntries(byRelation.sort(([a], [b]) => (a < b ? -1 : 1))),
    pooled: lowestThreshold(isPooledOverAll ? guesses : rest, wanted, share),
    isPooledOverAll,
    pooledOver: Object.fromEntries(shared.sort(([a], [b]) => (a < b ? -1 : 1))),
  }
}

/** The lowest threshold from which on the wanted share of the guesses is right. */
function lowestThreshold(guesses: readonly TripleGuess[], wanted: number, share: number): PrecisionThreshold {
  const sorted = [...guesses].sort((a, b) => b.probability - a.probability)
  let right = 0
  let found: PrecisionThreshold | null = null
  let best: Share | null = null
  for (const [at, { probability, isRight }] of sorted.entries()) {
    right += Number(isRight)
    const next = sorted[at + 1]?.probability
    if (next === probability || at + 1 < leastKept * share) continue // what is equally probable passes together
    const measured = shareOf(right, at + 1)
    if (measured.share > (best?.share ?? -1)) best = measured
    // halfway to the next one, which stays below
    if (measured.share >= wanted)
      found = { threshold: next === undefined ? probability : (probability + next) / 2, measured }
  }
  return found ?? { threshold: null, measured: best ?? shareOf(right, sorted.length) }
}
