/** A page of the sentence diff of two rows, read in a thread that keeps what it compared last, so that filters answer at once. */
import type { SentenceDiff } from '#main/api/comparisons'
import { filterDiff, type DiffFilter } from '#main/comparison/filter-diff'
import { countKinds, diffSentences, type DiffEntry } from '#main/comparison/sentence-diff'
import { goldIsWrong } from '#main/document/gold-mark'
import type { Split } from '#main/document/doc'
import type { LabelledSentence } from '#main/document/labelled-sentence'
import { cellsOfSentences, type BreakdownCell } from '#main/evaluation/breakdowns'
import { goldTextTriples } from '#main/evaluation/match-items'
import type { MatchMode } from '#main/evaluation/match-mode'
import type { ReadWorkspace } from '#main/storage/reader/read-workspace'
import { keptSplit } from '../runs/kept-splits.ts'
import type { DividedRun } from '../runs/run-splits.ts'
import { memberPredictions, type Member } from './member-predictions.ts'

export interface DiffRequest {
  readonly corpusId: number
  readonly split: Split
  readonly match: MatchMode
  readonly first: Member
  readonly second: Member
  /** A run that says how the corpus is divided. */
  readonly divided: DividedRun
  /** The same as long as gold and predictions are. */
  readonly key: string
  readonly filter: DiffFilter
  readonly offset: number
  readonly limit: number
}

interface Kept {
  readonly key: string
  readonly entries: readonly DiffEntry[]
  readonly types: readonly string[]
  readonly cells: readonly BreakdownCell[]
}

/** The diff that was asked for last. */
let kept: Kept | null = null

export function* diffSteps(workspace: ReadWorkspace, request: DiffRequest): Generator<void, SentenceDiff> {
  const { key, filter, offset, limit } = request
  const diff = kept?.key === key ? kept : yield* compareSteps(workspace, request)
  kept = diff
  const { kind, ...rest } = filter
  const passing = filterDiff(diff.entries, rest)
  const found = filterDiff(passing, { kind })
  return {
    ...{ kinds: countKinds(passing), total: found.length, types: diff.types, cells: diff.cells },
    sentences: found.slice(offset, offset + limit).map(({ sentenceId, words, text, kind: own, triples, isMarked }) => ({
      ...{ sentenceId, words, text, kind: own, isMarked },
      triples: triples(),
    })),
  }
}

function* compareSteps(workspace: ReadWorkspace, request: DiffRequest): Generator<void, Kept> {
  const { corpusId, split, match, key, divided } = request
  const sentences = keptSplit(workspace.corpora, corpusId, split, divided)
  yield
  const first = yield* memberPredictions(workspace, request.first, sentences)
  const second = yield* memberPredictions(workspace, request.second, sentences)
  const cellsOf = cellsOfGold(workspace, request, sentences)
  yield
  const marks = workspace.annotations.firstActs(corpusId, goldIsWrong)
  const marked = new Set(marks.map(({ sentenceId }) => sentenceId))
  const entries = yield* diffSentences({ sentences, marked, first, second, cellsOf }, match)
  const cells = [...new Set(entries.flatMap((entry) => entry.cells))]
  const byName = (a: BreakdownCell, b: BreakdownCell): number =>
    a.breakdown.localeCompare(b.breakdown) || a.label.localeCompare(b.label, 'en', { numeric: true })
  return {
    ...{ key, entries, types: [...new Set(entries.flatMap(({ types }) => [...types]))].sort() },
    cells: cells.sort(byName),
  }
}

type CellsOf = ReturnType<typeof cellsOfSentences>

/** The rows of breakdowns that count each sentence of the split that was asked for last: they are the same for every two members. */
let keptCells: { readonly key: string; readonly cells: Map<number, BreakdownCell[]> } | null = null

function cellsOfGold(
  { corpora }: Pick<ReadWorkspace, 'corpora'>,
  { corpusId, split, match, divided }: DiffRequest,
  sentences: readonly LabelledSentence[],
): CellsOf {
  const key = JSON.stringify([corpusId, corpora.changes(corpusId), split, match, divided.data])
  if (keptCells?.key !== key) keptCells = { key, cells: new Map() }
  const { cells } = keptCells
  let find: CellsOf | null = null
  return (sentence, items) => {
    const known = cells.get(sentence.sentenceId)
    if (known) return known
    find ??= cellsOfSentences(sentences, keptSplit(corpora, corpusId, 'train', divided).flatMap(goldTextTriples), match)
    const found = find(sentence, items)
    cells.set(sentence.sentenceId, found)
    return found
  }
}
