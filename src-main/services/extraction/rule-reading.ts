/** How documents are read by the rules of an extraction: which cells are triples, what is said of them, and which are left out. */
import { passes, createPlausibility } from '#main/labels/plausibility'
import type { ExtractedDocument } from '#main/document/extracted-document'
import { withThresholds, type Prediction } from '#main/document/prediction'
import { calibrate } from '#main/evaluation/calibration'
import type { ExtractionRules } from '#main/evaluation/extraction-rules'
import type { TripleMarks } from './extracted-document.ts'

export interface RuleReading {
  /** The prediction with the thresholds of the rules. */
  cut(prediction: Prediction): Prediction
  readonly marksOf: TripleMarks
  /** The document without the triples that the rules leave out. */
  keep(document: ExtractedDocument): ExtractedDocument
}

export function readingBy({ thresholds, precision, calibration, pairRule, pairs }: ExtractionRules): RuleReading {
  const plausibilityOf = pairs && createPlausibility(pairs)
  const usual = precision ? (precision.pooled.threshold ?? Infinity) : thresholds.usual
  const byRelation = precision
    ? Object.fromEntries(
        Object.entries(precision.byRelation).map(([relation, { threshold }]) => [relation, threshold ?? Infinity]),
      )
    : thresholds.byRelation
  return {
    cut: (prediction) => withThresholds(prediction, { usual, byRelation }),
    marksOf(relation, subject, object, probability) {
      const plausibility = plausibilityOf?.(relation, subject, object) ?? null
      return {
        ...(calibration && { calibratedProbability: rounded(calibrate(calibration, relation, probability)) }),
        ...(plausibility !== null && { plausibility }),
      }
    },
    keep(document) {
      if (pairRule === 'any') return document
      const sentences = document.sentences.map((sentence) => ({
        ...sentence,
        triples: sentence.triples.filter(({ plausibility }) => passes(pairRule, plausibility ?? null)),
      }))
      return { ...document, sentences }
    },
  }
}

/** Further digits mean nothing, and would fill files. */
const rounded = (probability: number): number => Number(probability.toFixed(4))
