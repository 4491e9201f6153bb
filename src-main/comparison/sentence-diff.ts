/** Sentence diff: how two systems differ sentence by sentence. */
import type { LabelledSentence, TextTriple } from '#main/document/labelled-sentence'
import { decodeTriples, type Prediction } from '#main/document/prediction'
import type { BreakdownCell } from '#main/evaluation/breakdowns'
import { itemsOfEach } from '#main/evaluation/match'
import { textKey, toTextTriple, type Item, type SentenceItems } from '#main/evaluation/match-items'
import type { MatchMode } from '#main/evaluation/match-mode'
import { isStringMode, stringItem } from '#main/evaluation/match-strings'

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

/** A triple of gold or of a prediction. */
export interface DiffTriple extends TextTriple {
  readonly isGold: boolean
  /** How probable the first finds it; null where it does not predict it. */
  readonly first: number | null
  readonly second: number | null
  /** The same of the early passes; null also where a member has none. */
  readonly firstEarly: number | null
  readonly secondEarly: number | null
}

export interface DiffSentence {
  readonly sentenceId: number
  readonly text: string
  readonly kind: DiffKind
  /** Gold triples first, then those that one or both predict wrongly. */
  readonly triples: readonly DiffTriple[]
}

/** A sentence with what the filters of a diff look at. */
export interface DiffEntry extends DiffSentence {
  readonly cells: readonly BreakdownCell[]
  /** Relation types of its triples, gold and predicted. */
  readonly types: ReadonlySet<string>
}

export interface DiffFilter {
  readonly kind?: DiffKind | undefined
  /** A relation type of one of its triples. */
  readonly type?: string | undefined
  readonly cell?: BreakdownCell | undefined
  /** Letters of its text or of a triple, in any case. */
  readonly search?: string | undefined
  /** Only sentences of which the early pass finds a gold triple that the final pass lacks. */
  readonly isLost?: boolean | undefined
  /** Only these sentences. */
  readonly sentenceIds?: readonly number[] | undefined
}

interface Compared {
  readonly sentences: readonly LabelledSentence[]
  /** Both in the order of `sentences`. */
  readonly first: readonly (Prediction | null)[]
  readonly second: readonly (Prediction | null)[]
  /** The rows of breakdowns that count a sentence. */
  readonly cellsOf: (sentence: LabelledSentence, items: SentenceItems) => readonly BreakdownCell[]
}

/** Number of sentences after which the generator yields. */
const perStep = 50

export function* diffSentences(
  { sentences, first, second, cellsOf }: Compared,
  mode: MatchMode,
): Generator<void, DiffEntry[]> {
  const entries: DiffEntry[] = []
  const seconds = itemsOfEach(sentences, second, mode)
  let at = 0
  for (const { sentence, items } of itemsOfEach(sentences, first, mode)) {
    const other = seconds.next().value?.items
    if (!other) break
    const triples = triplesOf(items, other, [
      ...[first[at], second[at]].map((found) => probabilities(sentence, found, mode)),
      ...[first[at], second[at]].map((found) => probabilities(sentence, earlyOf(found), mode)),
    ])
    entries.push({
      ...{ sentenceId: sentence.sentenceId, text: sentence.words.join(' '), kind: kindOf(items, other), triples },
      cells: cellsOf(sentence, items),
      types: new Set(triples.map(({ type }) => type)),
    })
    if (++at % perStep === 0) yield
  }
  return entries
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

function triplesOf(
  first: SentenceItems,
  second: SentenceItems,
  [ofFirst, ofSecond, early, earlyOfSecond]: readonly Map<string, number>[],
): DiffTriple[] {
  const all = new Map<string, Item>([...first.gold, ...first.predicted, ...second.predicted])
  return [...all].map(([key, { memory }]) => {
    const [subject = '', type = '', object = ''] = JSON.parse(memory) as string[] // written by textKey
    return {
      ...{ subject, type, object, isGold: first.gold.has(key) },
      first: first.predicted.has(key) ? (ofFirst?.get(memory) ?? 1) : null,
      second: second.predicted.has(key) ? (ofSecond?.get(memory) ?? 1) : null,
      firstEarly: early?.get(memory) ?? null,
      secondEarly: earlyOfSecond?.get(memory) ?? null,
    }
  })
}

/** The early pass as a prediction of its own. */
function earlyOf(prediction: Prediction | null | undefined): Prediction | null {
  return prediction?.early ? { ...prediction, ...prediction.early, early: null } : null
}

/** Does an early pass of one of both find a gold triple that its final pass lacks? */
function isLost({ triples }: DiffSentence): boolean {
  return triples.some(
    ({ isGold, first, second, firstEarly, secondEarly }) =>
      isGold && ((firstEarly !== null && first === null) || (secondEarly !== null && second === null)),
  )
}

/** Probabilities of predicted triples by the key under which they are remembered. */
function probabilities(
  { words }: LabelledSentence,
  prediction: Prediction | null | undefined,
  mode: MatchMode,
): Map<string, number> {
  if (!prediction) return new Map()
  return new Map(
    decodeTriples(prediction, mode !== 'exact').map((triple) => {
      const text = toTextTriple(words, triple)
      return [isStringMode(mode) ? stringItem(text, mode).memory : textKey(text), triple.probability]
    }),
  )
}

/** The sentences that pass a filter. */
export function filterDiff(
  entries: readonly DiffEntry[],
  { kind, type, cell, search = '', sentenceIds, isLost: wantsLost }: DiffFilter,
): DiffEntry[] {
  const wanted = search.trim().toLowerCase()
  return entries.filter(
    (entry) =>
      (kind === undefined || entry.kind === kind) &&
      (type === undefined || entry.types.has(type)) &&
      (wantsLost !== true || isLost(entry)) &&
      (sentenceIds === undefined || sentenceIds.includes(entry.sentenceId)) &&
      (!cell || entry.cells.some(({ breakdown, label }) => breakdown === cell.breakdown && label === cell.label)) &&
      (wanted === '' || holds(entry, wanted)),
  )
}

function holds({ text, triples }: DiffEntry, wanted: string): boolean {
  const strings = [text, ...triples.flatMap(({ subject, type, object }) => [subject, type, object])]
  return strings.some((string) => string.toLowerCase().includes(wanted))
}

/** Number of sentences of each kind. */
export function countKinds(entries: readonly DiffEntry[]): Record<DiffKind, number> {
  const counts = { fixed: 0, broken: 0, 'wrong differently': 0, 'wrong alike': 0, 'both right': 0 }
  for (const { kind } of entries) counts[kind] += 1
  return counts
}
