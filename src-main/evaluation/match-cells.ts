/**
 * Match modes `cell` and `cell-any`: a replication of the scorer released with the paper. Every cell at the threshold is a
 * prediction. It is right when gold holds it and, for `cell`, both words end spans whose gold tags are all reproduced. As
 * there, a word paired with itself counts in gold and in the prediction but is never right.
 */
import { spanText, type LabelledSentence } from '#main/document/labelled-sentence'
import {
  anchorOf,
  thresholdOf,
  type Anchor,
  type Pass,
  type PredictedCell,
  type Prediction,
  type Reading,
} from '#main/document/prediction'
import type { Triple, TripleSpan } from '#main/document/relation'
import { orderText, orderTexts } from '#main/document/symmetric'
import { prefixAt } from '#main/tagging/span-codec'
import { tagName } from '#main/tagging/tag-scheme'
import { spanTripleKey } from './match-spans.ts'
import { matchItems, textKey, toTextTriple, type Item, type SentenceItems } from './match-items.ts'

export function cellItems(
  sentence: LabelledSentence,
  prediction: Pass & Reading,
  mode: 'cell' | 'cell-any',
): SentenceItems {
  const { anchor } = prediction
  const reproduced = new Set(
    sentence.spans
      .filter((span) => mode === 'cell-any' || isReproduced(span, prediction.tags))
      .map((span) => anchorOf(span, anchor)),
  )
  const rightKeys = new Set(
    sentence.triples
      .map((triple) => cellOf(triple, anchor))
      .filter(({ subject, object }) => subject !== object && reproduced.has(subject) && reproduced.has(object))
      .map(cellKey),
  )
  const cells = prediction.cells
    .filter(({ type, probability }) => probability >= thresholdOf(prediction, type))
    .map((cell) => orderCell(cell, prediction.symmetric?.includes(cell.type) ?? false))
  const unanchored = orderTexts(prediction.stated?.unanchored ?? [], prediction.symmetric).map((triple) => ({
    ...{ key: textKey(triple), type: triple.type, memory: textKey(triple) },
  }))
  const predicted = [...cells.map((cell) => predictedItem(cell, sentence, prediction)), ...unanchored]
  return matchItems(goldItems(sentence, prediction), predicted, (key) => rightKeys.has(key))
}

/** Gold items. Different triples that fall into one cell stay apart; only the first of them can be found. */
function goldItems({ words, triples, unanchored }: LabelledSentence, { anchor }: Pick<Prediction, 'anchor'>): Item[] {
  const owners = new Map<string, string>()
  const anchored = triples.map((triple): Item => {
    const { type } = triple
    const cell = cellKey(cellOf(triple, anchor))
    const own = spanTripleKey(triple)
    const owner = owners.get(cell) ?? own
    owners.set(cell, owner)
    return { key: owner === own ? cell : own, type, memory: textKey(toTextTriple(words, triple)) }
  })
  return [
    ...anchored,
    ...unanchored.map((triple) => ({ key: textKey(triple), type: triple.type, memory: textKey(triple) })),
  ]
}

function predictedItem(
  cell: PredictedCell,
  { words }: LabelledSentence,
  { spans, anchor, symmetric }: Pass & Pick<Prediction, 'anchor' | 'symmetric'>,
): Item {
  const textAt = (word: number) =>
    spanText(words, spans.find((span) => anchorOf(span, anchor) === word) ?? { start: word, end: word + 1 })
  const text = { subject: textAt(cell.subject), type: cell.type, object: textAt(cell.object) }
  const memory = textKey(orderText(text, symmetric?.includes(cell.type) ?? false))
  return { key: cellKey(cell), type: cell.type, memory }
}

/**
 * Whether every word of the span has its gold tag. Tags without types are enough for a corpus that trains without
 * types.
 */
function isReproduced(span: TripleSpan, tags: readonly string[]): boolean {
  for (let word = span.start; word < span.end; word++) {
    const prefix = prefixAt(span, word)
    if (tags[word] !== prefix && tags[word] !== tagName(prefix, span.label)) return false
  }
  return true
}

function cellOf({ subject, type, object, isSymmetric }: Triple, anchor: Anchor): Cell {
  return orderCell({ subject: anchorOf(subject, anchor), type, object: anchorOf(object, anchor) }, isSymmetric ?? false)
}

/** Of a symmetric type both cells of a pair are one: that of the earlier word. */
function orderCell<C extends Cell>(cell: C, isSymmetric: boolean): C {
  return isSymmetric && cell.object < cell.subject ? { ...cell, subject: cell.object, object: cell.subject } : cell
}

type Cell = Omit<PredictedCell, 'probability'>

function cellKey({ subject, type, object }: Cell): string {
  return JSON.stringify([subject, type, object])
}
