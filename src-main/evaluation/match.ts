/** Scores of triples in every match mode. Per sentence the set of triples counts; gold is never filtered. */
import type { LabelledSentence } from '#main/document/labelled-sentence'
import { withSymmetric, type Anchor, type Pass, type Prediction, type Reading } from '#main/document/prediction'
import { cellItems } from './match-cells.ts'
import type { SentenceItems } from './match-items.ts'
import type { MatchMode } from './match-mode.ts'
import { spanItems } from './match-spans.ts'
import { stringItems } from './match-strings.ts'
import { sumScores, toScores, type Scores } from './scores.ts'

/** Micro scores of the triples. `predictions` are in the order of `sentences`, with null for a sentence without one. */
export function scoreTriples(
  sentences: readonly LabelledSentence[],
  predictions: readonly (Prediction | null)[],
  mode: MatchMode,
): Scores {
  return sumScores(
    itemsOfEach(sentences, predictions, mode)
      .map(({ items }) => countItems([items]))
      .toArray(),
  )
}

/** Micro scores of passes that have no anchor and threshold of their own, such as the early ones. */
export function scorePasses(
  sentences: readonly LabelledSentence[],
  passes: readonly (Pass | null)[],
  { anchor, threshold, thresholds = {} }: Reading,
  mode: MatchMode,
): Scores {
  // only these three are taken: a whole Prediction is a Reading too, whose own tags must not replace those of the
  // passes
  const predictions = passes.map((pass) => pass && { ...pass, anchor, threshold, thresholds, early: null })
  return scoreTriples(sentences, predictions, mode)
}

/**
 * Gold and predicted items of one sentence after another. The items of all would fill the memory where a model finds
 * every cell likely. @throws Error when the two lists differ in length.
 */
export function* itemsOfEach(
  sentences: readonly LabelledSentence[],
  predictions: readonly (Prediction | null)[],
  mode: MatchMode,
): Generator<{ readonly sentence: LabelledSentence; readonly items: SentenceItems }> {
  if (sentences.length !== predictions.length)
    throw new Error(
      `Scoring needs one prediction per sentence: found ${predictions.length} predictions for ${sentences.length} sentences.`,
    )
  for (const [at, sentence] of sentences.entries())
    yield { sentence, items: itemsOf(sentence, predictions[at] ?? nothing, mode) }
}

/** Micro scores of counted items. */
export function countItems(sentences: readonly SentenceItems[]): Scores {
  const total = (sizeOf: (items: SentenceItems) => number) => sentences.reduce((sum, items) => sum + sizeOf(items), 0)
  return toScores(
    total(({ gold }) => gold.size),
    total(({ predicted }) => predicted.size),
    total(({ correct }) => correct.size),
  )
}

function itemsOf(sentence: LabelledSentence, stated: Pass & Reading, mode: MatchMode): SentenceItems {
  const prediction = withSymmetric(stated, sentence.symmetric)
  if (mode === 'span') return spanItems(sentence, prediction)
  if (mode === 'cell' || mode === 'cell-any') return cellItems(sentence, prediction, mode)
  return stringItems(sentence, prediction, mode)
}

const nothing: Pass & Reading = { tags: [], spans: [], cells: [], anchor: 'last' satisfies Anchor, threshold: 0.5 }
