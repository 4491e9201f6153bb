/** Breakdowns: scores of the same triples over groups of sentences, or over groups of triples. */
import type { LabelledSentence, TextTriple } from '#main/document/labelled-sentence'
import type { Prediction } from '#main/document/prediction'
import type { SymmetricTypes } from '#main/document/relation'
import type { Breakdown } from './evaluation.ts'
import { countItems, itemsOfEach } from './match.ts'
import { goldTextTriples, matchItems, textKey, type Item, type SentenceItems } from './match-items.ts'
import type { MatchMode } from './match-mode.ts'
import { isStringMode, stringItem } from './match-strings.ts'
import { isSoo, overlapClasses } from './overlap-class.ts'
import { sumScores, type Scores } from './scores.ts'

interface ScoredSentences {
  readonly sentences: readonly LabelledSentence[]
  /** Predictions in the order of `sentences`; null for a sentence without one. */
  readonly predictions: readonly (Prediction | null)[]
  /** Gold triples of the train split, which decide whether a triple was seen and how frequent a relation type is. */
  readonly trainTriples: readonly TextTriple[]
}

export function breakDown(scored: ScoredSentences, mode: MatchMode): Breakdown[] {
  return breakdownParts(scored, mode).map(({ name, groups }) => ({
    name,
    rows: groups.map(({ label, sentences, parts }) => ({
      ...{ label, sentences },
      scores: sumScores(parts.map(({ scores }) => scores)),
    })),
  }))
}

/** One breakdown with the parts that its rows add up, each of one sentence. */
export interface BreakdownParts {
  readonly name: string
  readonly groups: readonly GroupParts[]
}

interface GroupParts {
  readonly label: string
  /** Number of sentences that the row counts. */
  readonly sentences: number
  readonly parts: readonly (Part & { readonly sentence: number })[]
}

export function breakdownParts(
  { sentences, predictions, trainTriples }: ScoredSentences,
  mode: MatchMode,
): BreakdownParts[] {
  const splitters = splittersOf(sentences, trainTriples, mode)
  const parts = splitters.map((): (Part & { readonly sentence: number })[] => [])
  let at = 0
  // one sentence at a time: the items of all sentences would fill the memory where a model finds every cell likely
  for (const { sentence, items } of itemsOfEach(sentences, predictions, mode)) {
    splitters.forEach((split, splitter) =>
      parts[splitter]?.push(...split(sentence, items).map((part) => ({ ...part, sentence: at }))),
    )
    at++
  }
  const [listClasses = [], setClasses = [], triples = [], lengths = [], novelty = [], frequency = [], relations = []] =
    parts
  const goldOf = ({ parts: own }: GroupParts): number => own.reduce((sum, { scores }) => sum + scores.gold, 0)
  return [
    { name: 'overlap class', groups: groupsOf(listClasses, ['Normal', 'SEO', 'EPO', 'SOO', 'Normal without SOO']) },
    { name: 'overlap class of unique triples', groups: groupsOf(setClasses, ['Normal', 'SEO', 'EPO']) },
    { name: 'triples', groups: groupsOf(triples).sort(byLabel) },
    { name: 'length', groups: groupsOf(lengths).sort(byLabel) },
    { name: 'novelty', groups: groupsOf(novelty, ['seen', 'unseen']) },
    { name: 'relation frequency', groups: groupsOf(frequency, frequencyLabels) },
    { name: 'relation', groups: groupsOf(relations).sort((a, b) => goldOf(b) - goldOf(a)) },
  ]
}

function splittersOf(
  sentences: readonly LabelledSentence[],
  trainTriples: readonly TextTriple[],
  mode: MatchMode,
): Splitter[] {
  const bySentence =
    (labelsOf: (sentence: LabelledSentence) => readonly string[]): Splitter =>
    (sentence, items) =>
      labelsOf(sentence).map((label) => ({ label, isCounted: true, scores: countItems([items]) }))
  const byItem =
    (labelOf: (item: Item) => string): Splitter =>
    (_, items) =>
      splitItems(items, labelOf)
  return [
    bySentence(publishedClasses),
    bySentence((sentence) => overlapClasses(sentence, 'set')),
    bySentence(tripleCountOf),
    bySentence(lengthLabeller(sentences)),
    byItem(noveltyLabeller(trainTriples, mode, sentences[0]?.symmetric)),
    byItem(frequencyLabeller(trainTriples)),
    byItem(({ type }) => type),
  ]
}

/** One row of a breakdown. */
export interface BreakdownCell {
  readonly breakdown: string
  readonly label: string
}

/** Answers with the rows of breakdowns that count a sentence, each always the same object; a relation is found by its type. */
export function cellsOfSentences(
  sentences: readonly LabelledSentence[],
  trainTriples: readonly TextTriple[],
  mode: MatchMode,
): (sentence: LabelledSentence, items: SentenceItems) => BreakdownCell[] {
  const known = new Map<string, BreakdownCell>()
  const cellOf = (breakdown: string, label: string): BreakdownCell => {
    const key = `${breakdown}\n${label}`
    const cell = known.get(key) ?? { breakdown, label }
    known.set(key, cell)
    return cell
  }
  const lengthOf = lengthLabeller(sentences)
  const [noveltyOf, frequencyOf] = [
    noveltyLabeller(trainTriples, mode, sentences[0]?.symmetric),
    frequencyLabeller(trainTriples),
  ]
  return (sentence, { gold }) => [
    ...publishedClasses(sentence).map((label) => cellOf('overlap class', label)),
    ...overlapClasses(sentence, 'set').map((label) => cellOf('overlap class of unique triples', label)),
    ...tripleCountOf(sentence).map((label) => cellOf('triples', label)),
    ...lengthOf(sentence).map((label) => cellOf('length', label)),
    ...new Set([...gold.values()].map((item) => cellOf('novelty', noveltyOf(item)))),
    ...new Set([...gold.values()].map((item) => cellOf('relation frequency', frequencyOf(item)))),
  ]
}

/** Divides one sentence's items into the parts of a breakdown. */
type Splitter = (sentence: LabelledSentence, items: SentenceItems) => Part[]

/** Scores of those of a sentence's items that share a label. */
interface Part {
  readonly label: string
  readonly scores: Scores
  /**
   * Whether the row counts the sentence. It does not where only the prediction has the label, so that n is the same
   * for every run.
   */
  readonly isCounted: boolean
}

/** One group per label: first those of `labels`, whether or not they occur, then the others in order of appearance. */
function groupsOf(parts: GroupParts['parts'], labels: readonly string[] = []): GroupParts[] {
  const found = Map.groupBy(parts, ({ label }) => label)
  return [...new Set([...labels, ...found.keys()])].map((label) => {
    const own = found.get(label) ?? []
    return { label, sentences: own.filter(({ isCounted }) => isCounted).length, parts: own }
  })
}

function byLabel(a: GroupParts, b: GroupParts): number {
  return a.label.localeCompare(b.label, 'en', { numeric: true })
}

/** Divides items by label. A correct predicted item goes to the part of its gold item. */
function splitItems({ gold, predicted, correct }: SentenceItems, labelOf: (item: Item) => string): Part[] {
  const goldOf = Map.groupBy(gold.values(), labelOf)
  const predictedOf = Map.groupBy(predicted.values(), (item) =>
    labelOf((correct.has(item.key) ? gold.get(item.key) : undefined) ?? item),
  )
  return [...new Set([...goldOf.keys(), ...predictedOf.keys()])].map((label) => ({
    label,
    isCounted: goldOf.has(label),
    scores: countItems([matchItems(goldOf.get(label) ?? [], predictedOf.get(label) ?? [], (key) => correct.has(key))]),
  }))
}

/** Classes under which scores are published: CasRel's, PRGC's SOO, and PRGC's Normal, which excludes SOO. */
function publishedClasses(sentence: LabelledSentence): string[] {
  const classes = overlapClasses(sentence, 'list')
  if (isSoo(sentence)) return [...classes, 'SOO']
  return classes.includes('Normal') ? [...classes, 'Normal without SOO'] : [...classes]
}

function tripleCountOf(sentence: LabelledSentence): string[] {
  const count = goldTextTriples(sentence).length
  return [count >= 5 ? '5 or more' : String(count)]
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

function noveltyLabeller(
  train: readonly TextTriple[],
  mode: MatchMode,
  symmetric: SymmetricTypes | undefined,
): (item: Item) => string {
  const memoryOf = (triple: TextTriple): string =>
    isStringMode(mode) ? stringItem(triple, mode, symmetric).memory : textKey(triple)
  const seen = new Set(train.map(memoryOf))
  return ({ memory }) => (seen.has(memory) ? 'seen' : 'unseen')
}

const frequencyLabels = ['not in train', '1 to 9', '10 to 99', '100 or more'] as const

/** Labels items by the number of training triples of their relation type. */
function frequencyLabeller(train: readonly TextTriple[]): (item: Item) => string {
  const counts = new Map<string, number>()
  for (const { type } of train) counts.set(type, (counts.get(type) ?? 0) + 1)
  return ({ type }) => {
    const count = counts.get(type) ?? 0
    if (count === 0) return frequencyLabels[0]
    if (count < 10) return frequencyLabels[1]
    return count < 100 ? frequencyLabels[2] : frequencyLabels[3]
  }
}
