/** Sentence diff: how two systems differ sentence by sentence. */
import type { LabelledSentence } from '#main/document/labelled-sentence'
import type { Prediction } from '#main/document/prediction'
import type { BreakdownCell } from '#main/evaluation/breakdowns'
import { itemsOfEach } from '#main/evaluation/match'
import type { SentenceItems } from '#main/evaluation/match-items'
import type { MatchMode } from '#main/evaluation/match-mode'
import { diffTriples, type DiffTriple } from './diff-triples.ts'

/** "fixed": the second finds exactly gold and the first does not; "broken" is the reverse. */
export const diffKinds = ['fixed', 'broken', 'wrong differently', 'wrong alike', 'both right'] as const
export type DiffKind = (typeof diffKinds)[number]

export const diffKindMeanings: Record<DiffKind, string> = {
  fixed: 'the second finds exactly the gold triples, the first does not',
  broken: 'the first finds exactly the gold triples, the second does not',
  'wrong differently': 'neither finds exactly the gold triples, and they predict different ones',
  'wrong alike': 'neither finds exactly the gold triples, and they predict the same ones',
  'both right': 'both find exactly the gold triples',
}

export interface DiffSentence {
  readonly sentenceId: number
  readonly words: readonly string[]
  readonly text: string
  readonly kind: DiffKind
  /** Did a person mark that its gold is wrong? */
  readonly isMarked: boolean
  /** Gold triples first, then those that one or both predict wrongly. */
  readonly triples: readonly DiffTriple[]
}

/** A sentence with what the filters of a diff look at. */
export interface DiffEntry extends Omit<DiffSentence, 'triples'> {
  readonly triples: () => readonly DiffTriple[]
  readonly cells: readonly BreakdownCell[]
  /** Relation types of its triples, gold and predicted. */
  readonly types: ReadonlySet<string>
}

interface Compared {
  readonly sentences: readonly LabelledSentence[]
  /** Ids of the sentences of which a person marked that the gold is wrong. */
  readonly marked: ReadonlySet<number>
  /** Both in the order of `sentences`. */
  readonly first: readonly (Prediction | null)[]
  readonly second: readonly (Prediction | null)[]
  /** The rows of breakdowns that count a sentence. */
  readonly cellsOf: (sentence: LabelledSentence, items: SentenceItems) => readonly BreakdownCell[]
}

/** Number of sentences after which the generator yields. */
const perStep = 50

export function* diffSentences(
  { sentences, marked, first, second, cellsOf }: Compared,
  mode: MatchMode,
): Generator<void, DiffEntry[]> {
  const entries: DiffEntry[] = []
  const seconds = itemsOfEach(sentences, second, mode)
  let at = 0
  for (const { sentence, items } of itemsOfEach(sentences, first, mode)) {
    const other = seconds.next().value?.items
    if (!other) break
    const { sentenceId, words } = sentence
    const members = [
      { items, prediction: first[at] ?? null },
      { items: other, prediction: second[at] ?? null },
    ] as const
    entries.push({
      ...{ sentenceId, words, text: words.join(' '), kind: kindOf(items, other), isMarked: marked.has(sentenceId) },
      triples: once(() => diffTriples(sentence, ...members, mode)),
      cells: cellsOf(sentence, items),
      types: typesOf(items, other),
    })
    if (++at % perStep === 0) yield
  }
  return entries
}

/** Most sentences of a diff are counted and never shown. */
function once<Value>(make: () => Value): () => Value {
  let made: { readonly value: Value } | null = null
  return () => (made ??= { value: make() }).value
}

function typesOf(first: SentenceItems, second: SentenceItems): ReadonlySet<string> {
  const types = new Set<string>()
  for (const items of [first.gold, first.predicted, second.predicted])
    for (const { type } of items.values()) types.add(type)
  return types
}

function kindOf(first: SentenceItems, second: SentenceItems): DiffKind {
  const [isFirstRight, isSecondRight] = [first, second].map(
    ({ gold, predicted, correct }) => gold.size === predicted.size && predicted.size === correct.size,
  )
  if (isFirstRight && isSecondRight) return 'both right'
  if (isSecondRight) return 'fixed'
  if (isFirstRight) return 'broken'
  const isAlike =
    first.predicted.size === second.predicted.size &&
    [...first.predicted.keys()].every((key) => second.predicted.has(key))
  return isAlike ? 'wrong alike' : 'wrong differently'
}

/** Number of sentences of each kind. */
export function countKinds(entries: readonly DiffEntry[]): Record<DiffKind, number> {
  const counts = { fixed: 0, broken: 0, 'wrong differently': 0, 'wrong alike': 0, 'both right': 0 }
  for (const { kind } of entries) counts[kind] += 1
  return counts
}
