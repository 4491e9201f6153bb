/** ExtractionRules: by what an extraction chooses its triples and what it says of them. They are fixed when it begins. */
import type { Thresholds } from '#main/document/prediction'
import type { KnownPairs, PairRule } from '#main/labels/plausibility'
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
