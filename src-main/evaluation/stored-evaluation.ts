/** A stored evaluation: the figures of a run on a split with what they were computed from and when. */
import { countOf } from '#main/text/numbers'
import { formatMoment } from '#main/text/moment'
import type { Split } from '#main/document/doc'
import type { Thresholds } from '#main/document/prediction'
import type { Evaluation } from './evaluation.ts'
import type { Spread } from './spread.ts'

/** Raised whenever the same predictions and gold would give other figures: figures of an older scorer are computed again. */
export const scorerVersion = 2

export interface StoredEvaluation extends Evaluation {
  readonly split: Split
  readonly thresholds: Thresholds
  /** When the run predicted the split, in milliseconds since 1970; null where that was before dates were kept. */
  readonly predictedMs: number | null
  readonly scoredMs: number
  /** Number of sentences whose words or gold changed since, sentences that came later included. */
  readonly changedSentences: number
  /** Whether the counts of every sentence are stored, without which runs cannot be tested; figures of before have none. */
  readonly hasCounts: boolean
  /** Null until the maps were drawn. */
  readonly spread: Spread | null
}

/** What scoring a split with a run would take. */
export interface ScoringCost {
  readonly sentences: number
  /** Number of sentences that the run has not predicted. */
  readonly unpredicted: number
  /** Null where no epoch says how fast the run predicts. */
  readonly seconds: number | null
}

/** "test predicted on 29 Nov 2026, 14:02, with threshold 0.5": when and how the figures came about. */
export function describeScoring({ split, thresholds, predictedMs, scoredMs }: StoredEvaluation): string {
  const tuned = Object.keys(thresholds.byRelation).length
  const own = tuned === 0 ? '' : `, ${countOf(tuned, 'relation type')} with tuned ones`
  const threshold = `with threshold ${thresholds.usual}${own}`
  if (predictedMs === null) return `${split} scored on ${formatMoment(scoredMs)}, ${threshold}`
  const predicted = `${split} predicted on ${formatMoment(predictedMs)}`
  return formatMoment(predictedMs) === formatMoment(scoredMs)
    ? `${predicted}, ${threshold}`
    : `${predicted}, scored on ${formatMoment(scoredMs)}, ${threshold}`
}

/** "scored before 12 sentences changed"; null where nothing changed. */
export function describeChanges({ changedSentences }: Pick<StoredEvaluation, 'changedSentences'>): string | null {
  return changedSentences === 0 ? null : `scored before ${countOf(changedSentences, 'sentence')} changed`
}
