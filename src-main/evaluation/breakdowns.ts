/** Breakdowns: the same triples scored over groups of sentences, or over groups of triples. */
import type { LabelledSentence } from '#main/document/labelled-sentence'
import type { Prediction } from '#main/document/prediction'
import type { Breakdown } from './evaluation.ts'
import { collectItems, countItems } from './match.ts'
import { goldTextTriples, type Item, type SentenceItems } from './match-items.ts'
import type { MatchMode } from './match-mode.ts'
import { isSoo, overlapClasses } from './overlap-class.ts'

export interface ScoredSentences {
  readonly sentences: readonly LabelledSentence[]
  readonly predictions: readonly (Prediction | null)[]
  /** Decides what was seen, and how frequent a relation type is. */
  readonly train: readonly LabelledSentence[]
}

export function breakDown({ sentences, predictions, train }: ScoredSentences, mode: MatchMode): Breakdown[] {
  const items = collectItems(sentences, predictions, mode)
  const trainItems = collectItems(
    train,
    train.map(() => null),
    mode,
  )
  return [
    bySentence('overlap class', sentences, items, (sentence) => [
      ...overlapClasses(sentence),
      ...(isSoo(sentence) ? ['SOO'] : []),
    ]),
    bySentence('triples', sentences, items, (sentence) => [tripleCountLabel(goldTextTriples(sentence).length)]),
    bySentence('length', sentences, items, lengthLabeller(sentences)),
    byItem('novelty', items, noveltyLabeller(trainItems), ['seen', 'unseen']),
    byItem('relation frequency', items, frequencyLabeller(trainItems), [...frequencyLabels]),
    byItem('relation', items, ({ type }) => type),
  ]
}

export function tripleCountLabel(count: number): string {
  return count >= 5 ? '5 or more' : String(count)
}

function bySentence(
  name: string,
  sentences: readonly LabelledSentence[],
  items: readonly SentenceItems[],
  labelsOf: (sentence: LabelledSentence) => readonly string[],
): Breakdown {
  const groups = new Map<string, SentenceItems[]>()
  sentences.forEach((sentence, index) => {
    const own = items[index]
    if (!own) return
    for (const label of labelsOf(sentence)) {
      const group = groups.get(label) ?? []
      group.push(own)
      groups.set(label, group)
    }
  })
  const rows = [...groups]
    .sort(([a], [b]) => a.localeCompare(b, 'en', { numeric: true }))
    .map(([label, group]) => ({ label, sentences: group.length, scores: countItems(group) }))
  return { name, rows }
}

/** `order` lists the labels; without it they come by falling number of gold triples. */
function byItem(
  name: string,
  items: readonly SentenceItems[],
  labelOf: (item: Item) => string,
  order?: readonly string[],
): Breakdown {
  const labels =
    order ?? new Set(items.flatMap(({ gold, predicted }) => [...gold.values(), ...predicted.values()].map(labelOf)))
  const rows = [...labels].map((label) => {
    const holds = (item: Item): boolean => labelOf(item) === label
    const touched = items.filter(({ gold }) => [...gold.values()].some(holds))
    return { label, sentences: touched.length, scores: countItems(items, holds) }
  })
  return { name, rows: order ? rows : rows.sort((a, b) => b.scores.gold - a.scores.gold) }
}

function lengthLabeller(sentences: readonly LabelledSentence[]): (sentence: LabelledSentence) => string[] {
  const lengths = sentences.map(({ words }) => words.length).sort((a, b) => a - b)
  const bounds = [0.25, 0.5, 0.75, 1].map((share) => lengths[Math.max(0, Math.ceil(share * lengths.length) - 1)] ?? 0)
  return ({ words }) => {
    const quartile = bounds.findIndex((bound) => words.length <= bound)
    const from = quartile <= 0 ? (lengths[0] ?? 0) : (bounds[quartile - 1] ?? 0) + 1
    return [`${from} to ${bounds[quartile] ?? 0} words`]
  }
}

function noveltyLabeller(train: readonly SentenceItems[]): (item: Item) => string {
  const seen = new Set(train.flatMap(({ gold }) => [...gold.values()].map(({ memory }) => memory)))
  return ({ memory }) => (seen.has(memory) ? 'seen' : 'unseen')
}

const frequencyLabels = ['not in train', '1 to 9', '10 to 99', '100 or more'] as const

/** By the number of training triples of the relation type. */
function frequencyLabeller(train: readonly SentenceItems[]): (item: Item) => string {
  const counts = new Map<string, number>()
  for (const { gold } of train) for (const { type } of gold.values()) counts.set(type, (counts.get(type) ?? 0) + 1)
  return ({ type }) => {
    const count = counts.get(type) ?? 0
    if (count === 0) return frequencyLabels[0]
    if (count < 10) return frequencyLabels[1]
    return count < 100 ? frequencyLabels[2] : frequencyLabels[3]
  }
}
