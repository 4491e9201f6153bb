/** Everything that is said about one run on one split. */
import type { Evaluation } from './evaluation.ts'
import { breakDown, type ScoredSentences } from './breakdowns.ts'
import { scoreEntities } from './entities.ts'
import { scorePasses, scoreTriples } from './match.ts'
import { goldTextTriples } from './match-items.ts'
import { matchModes, type MatchMode } from './match-mode.ts'

export function evaluate(scored: ScoredSentences): Evaluation {
  const { sentences, predictions } = scored
  const first = predictions.find((prediction) => prediction !== null)
  const early = predictions.map((prediction) => prediction?.early ?? null)
  return {
    sentences: sentences.length,
    uniqueTriples: sentences.reduce((sum, sentence) => sum + goldTextTriples(sentence).length, 0),
    triples: perMode((mode) => scoreTriples(sentences, predictions, mode)),
    earlyTriples: first?.early ? perMode((mode) => scorePasses(sentences, early, first, mode)) : null,
    entities: scoreEntities(sentences, predictions),
    breakdowns: perMode((mode) => breakDown(scored, mode)),
  }
}

function perMode<Value>(of: (mode: MatchMode) => Value): Record<MatchMode, Value> {
  return Object.fromEntries(matchModes.map((mode) => [mode, of(mode)])) as Record<MatchMode, Value> // every mode is there
}
