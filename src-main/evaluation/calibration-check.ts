/** CalibrationCheck: what a calibration and its thresholds, both from dev, are worth on a split that had no part in them. */
import type { LabelledSentence } from '#main/document/labelled-sentence'
import type { Prediction } from '#main/document/prediction'
import { shareOf, type Share } from './binomial-interval.ts'
import { stateBy } from './choose-calibration.ts'
import { leastProbability, precisionThresholds, type PrecisionThresholds } from './precision-thresholds.ts'
import { reliabilityOf, type Reliability } from './reliability.ts'
import { goldCount, unpackGuesses, type RunCalibration } from './run-calibration.ts'
import { goldByRelation, tripleGuesses } from './triple-guesses.ts'

export interface CheckedPrecision {
  readonly thresholds: PrecisionThresholds
  /** Precision that the thresholds give on the split. */
  readonly found: Share
  /** Share of the gold triples of the split that they find, 0 to 1. */
  readonly recall: number
}

export interface CalibrationCheck {
  readonly sentences: number
  readonly before: Reliability
  readonly after: Reliability
  readonly precisions: readonly CheckedPrecision[]
}

/** @param predictions in the order of `sentences`. @param wanted precisions, each 0 to 1. */
export function checkCalibration(
  calibration: RunCalibration,
  sentences: readonly LabelledSentence[],
  predictions: readonly (Prediction | null | undefined)[],
  wanted: readonly number[],
): CalibrationCheck {
  const guesses = tripleGuesses(sentences, predictions, calibration.mode)
  const gold = [...goldByRelation(sentences, calibration.mode).values()].reduce((sum, count) => sum + count, 0)
  const known = unpackGuesses(calibration.guesses)
  return {
    sentences: sentences.length,
    before: reliabilityOf(guesses),
    after: reliabilityOf(stateBy(calibration.calibration, guesses)),
    precisions: wanted.map((each) => {
      const thresholds = precisionThresholds(known, each, goldCount(calibration))
      const kept = guesses.filter(({ relation, probability }) => probability >= leastProbability(thresholds, relation))
      const right = kept.filter(({ isRight }) => isRight).length
      return { thresholds, found: shareOf(right, kept.length), recall: gold === 0 ? 0 : right / gold }
    }),
  }
}
