/** ExtractionRules: by what an extraction chooses its triples and what it says of them. They are fixed when it begins. */
import type { Thresholds } from '#main/document/prediction'
import type { KnownPairs, PairRule } from '#main/labels/plausibility'
import { countOf } from '#main/text/numbers'
import type { Calibration } from './calibration.ts'
import type { UsualText } from './drift.ts'
import type { PrecisionThresholds } from './precision-thresholds.ts'

export interface ExtractionRules {
  /** Those of the run. */
  readonly thresholds: Thresholds
  /** Thresholds that were asked for by their precision; they take the place of those of the run. */
  readonly precision: PrecisionThresholds | null
  /** Null where the run could not be calibrated. */
  readonly calibration: Calibration | null
  readonly pairRule: PairRule
  /** Null where neither the label set nor the gold of train is at hand. */
  readonly pairs: KnownPairs | null
  /** Null where nothing is known of dev. */
  readonly usual: UsualText | null
  /** Sentences about what could not be had, and about relation types that have no threshold of their own. */
  readonly remarks: readonly string[]
}

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`

/** What a person must know about thresholds for a precision: which are pooled, which cannot be reached, what held-out folds gave. */
export function describePrecision(thresholds: PrecisionThresholds): string[] {
  const { wanted, byRelation, pooled, isPooledOverAll, heldOut, recall } = thresholds
  const own = Object.entries(byRelation)
  const missed = own.filter(([, { threshold }]) => threshold === null)
  return [
    `Thresholds for a precision of ${percent(wanted)}, chosen on dev. On parts of dev that did not choose them they gave ${percent(heldOut.share)} (${percent(heldOut.low)} to ${percent(heldOut.high)}, Wilson, 95 %) of ${countOf(heldOut.of, 'triple')}, and found ${percent(recall)} of the gold triples.`,
    ...(heldOut.of > 0 && heldOut.high < wanted
      ? [
          `That is below the ${percent(wanted)} that were asked for: dev is too small to choose so many thresholds well.`,
        ]
      : []),
    `${countOf(own.length, 'relation type has', 'relation types have')} a threshold of their own; all others have too few triples on dev and share one that was chosen on ${isPooledOverAll ? 'all relation types' : 'them'} together.`,
    ...(missed.length === 0
      ? []
      : [
          `${missed.map(([relation, { measured }]) => `${relation} (at most ${percent(measured.share)} of ${measured.of})`).join(', ')} ${missed.length === 1 ? 'does' : 'do'} not reach it at any threshold: ${missed.length === 1 ? 'its' : 'their'} triples are left out.`,
        ]),
    ...(pooled.threshold === null
      ? [
          `The relation types with too few triples do not reach it together (at most ${percent(pooled.measured.share)} of ${pooled.measured.of}): their triples are left out.`,
        ]
      : []),
  ]
}
