/** Evaluation of one run on one split. */
import type { LabelledSentence } from '#main/document/labelled-sentence'
import type { Prediction } from '#main/document/prediction'
import { breakDown } from './breakdowns.ts'
import type { Evaluation } from './evaluation.ts'
import { scoreEntities } from './entities.ts'
import { scorePasses, scoreTriples } from './match.ts'
import { goldTextTriples } from './match-items.ts'
import { matchModes, type MatchMode } from './match-mode.ts'

interface EvaluatedSentences {
  readonly sentences: readonly LabelledSentence[]
  /** Predictions in the order of `sentences`; null for a sentence without one, whose gold counts all the same. */
  readonly predictions: readonly (Prediction | null)[]
  readonly train: readonly LabelledSentence[]
}

/** Computes all scores. `train` decides whether a triple was seen and how frequent a relation type is. */
export function evaluate({ sentences, predictions, train }: EvaluatedSentences): Evaluation {
  const trainTriples = train.flatMap(goldTextTriples)
  const first = predictions.find((prediction) => prediction !== null)
  const early = predictions.map((prediction) => prediction?.early ?? null)
  return {
    sentences: sentences.length,
    uniqueTriples: sentences.reduce((sum, sentence) => sum + goldTextTriples(sentence).length, 0),
    triples: perMode((mode) => scoreTriples(sentences, predictions, mode)),
    earlyTriples: first?.early ? perMode((mode) => scorePasses(sentences, early, first, mode)) : null,
    entities: scoreEntities(sentences, predictions),
    breakdowns: perMode((mode) => breakDown({ sentences, predictions, trainTriples }, mode)),
  }
}

function perMode<Value>(of: (mode: MatchMode) => Value): Record<MatchMode, Value> {
  return Object.fromEntries(matchModes.map((mode) => [mode, of(mode)])) as Record<MatchMode, Value> // every mode
}
