/** Scoring triples in the five match modes. Per sentence the SET of triples counts; gold is never filtered. */
import type { LabelledSentence } from '#main/document/labelled-sentence'
import type { Anchor, Pass, Prediction } from '#main/document/prediction'
import { cellItems } from './match-cells.ts'
import type { Item, SentenceItems } from './match-items.ts'
import type { MatchMode } from './match-mode.ts'
import { spanItems } from './match-spans.ts'
import { stringItems } from './match-strings.ts'
import { toScores, type Scores } from './scores.ts'

/** How a pass becomes triples: what `Prediction` says beside its tags and cells. */
export type Reading = Pick<Prediction, 'anchor' | 'threshold'>

/** Micro scores of the triples. `predictions` stand in the order of `sentences`; `null` where a sentence was not read. */
export function scoreTriples(
  sentences: readonly LabelledSentence[],
  predictions: readonly (Prediction | null)[],
  mode: MatchMode,
): Scores {
  return countItems(collectItems(sentences, predictions, mode))
}

/** The same for passes without readings of their own, such as the early ones. */
export function scorePasses(
  sentences: readonly LabelledSentence[],
  passes: readonly (Pass | null)[],
  reading: Reading,
  mode: MatchMode,
): Scores {
  const predictions = passes.map((pass) => pass && { ...pass, ...reading, early: null })
  return scoreTriples(sentences, predictions, mode)
}

/** Gold and predicted items of every sentence. Throws when the two lists are not of the same sentences. */
export function collectItems(
  sentences: readonly LabelledSentence[],
  predictions: readonly (Prediction | null)[],
  mode: MatchMode,
): SentenceItems[] {
  if (sentences.length !== predictions.length)
    throw new Error(
      `Scoring needs one prediction per sentence: found ${predictions.length} predictions for ${sentences.length} sentences.`,
    )
  return sentences.map((sentence, index) => itemsOf(sentence, predictions[index] ?? nothing, mode))
}

/** Counts over sentences; with `holds`, only of the items it is true of. A right item is counted as its gold twin. */
export function countItems(sentences: readonly SentenceItems[], holds: (item: Item) => boolean = () => true): Scores {
  let gold = 0
  let predicted = 0
  let correct = 0
  for (const items of sentences) {
    for (const item of items.gold.values()) if (holds(item)) gold++
    for (const item of items.predicted.values()) {
      const twin = items.correct.has(item.key) ? items.gold.get(item.key) : undefined
      if (!holds(twin ?? item)) continue
      predicted++
      if (twin) correct++
    }
  }
  return toScores(gold, predicted, correct)
}

function itemsOf(sentence: LabelledSentence, prediction: Pass & Reading, mode: MatchMode): SentenceItems {
  if (mode === 'span') return spanItems(sentence, prediction)
  if (mode === 'cell') return cellItems(sentence, prediction)
  return stringItems(sentence, prediction, mode)
}

const nothing: Pass & Reading = { tags: [], spans: [], cells: [], anchor: 'last' satisfies Anchor, threshold: 0.5 }
