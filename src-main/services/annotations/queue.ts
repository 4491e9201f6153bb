/** The annotator's queue: which sentences, in which order, with what a run suggests for them. */
import type { QueueItem, QueueOrder, QueuePage } from '#main/document/queue'
import type { SentenceFilter } from '#main/document/sentence-row'
import { isBlind, placeBlind } from '#main/document/blind-share'
import { disagreementOf } from '#main/document/disagreement'
import { leastCertain, suggestionsOf } from '#main/document/suggestions'
import type { QueueRow } from '#main/storage/queue-rows'
import type { Workspace } from '#main/storage/workspace'

interface QueueRequest {
  readonly corpusId: number
  readonly order: QueueOrder
  readonly runId: string | null
  readonly againstRunId: string | null
  readonly filter: SentenceFilter
  readonly offset: number
  readonly limit: number
}

interface Uncertainty {
  /** Open suggestions. */
  readonly suggestions: number
  /** Probability of the least certain one; null without any. */
  readonly uncertainty: number | null
}

const belongs: Record<QueueOrder, (row: QueueRow) => boolean> = {
  unreviewed: ({ isReviewed }) => !isReviewed,
  uncertain: ({ isReviewed }) => !isReviewed,
  disagreement: ({ isReviewed }) => !isReviewed,
  flagged: ({ isFlagged, flaggedItems }) => isFlagged || flaggedItems > 0,
  all: () => true,
}

export function orderQueue(workspace: Workspace, request: QueueRequest): QueuePage {
  const { corpusId, order, runId, againstRunId, filter, offset, limit } = request
  const { blindShare, blindSeed } = workspace.settings.get()
  const hides = ({ isReviewed, sentenceId }: QueueRow) => !isReviewed && isBlind(sentenceId, blindShare, blindSeed)
  const rows = workspace.annotations.queueRows(corpusId, filter).filter(belongs[order])
  const seen = rows.filter((row) => !hides(row))
  const parting =
    order === 'disagreement' && runId !== null && againstRunId !== null
      ? disagreements(workspace, seen, runId, againstRunId)
      : null
  const byRun = parting
    ? seen.toSorted((a, b) => (parting.get(b.sentenceId) ?? -1) - (parting.get(a.sentenceId) ?? -1))
    : order === 'uncertain' && runId !== null
      ? byUncertainty(workspace, seen, runId)
      : null
  const ordered = byRun ? placeBlind(byRun, rows.filter(hides), blindSeed) : rows
  const page = ordered.slice(offset, offset + limit)
  const texts = workspace.annotations.texts(page.map(({ sentenceId }) => sentenceId))
  const told = page.filter((row) => !hides(row))
  const known = runId === null ? new Map<number, Uncertainty>() : uncertaintiesOf(workspace, told, runId)
  const items = page.map((row): QueueItem => {
    const { suggestions, uncertainty } = known.get(row.sentenceId) ?? { suggestions: null, uncertainty: null }
    const disagreement = parting?.get(row.sentenceId) ?? null
    const text = texts.get(row.sentenceId) ?? ''
    return { ...row, text, isBlind: hides(row), suggestions, uncertainty, disagreement }
  })
  return { total: rows.length, items }
}

/** Of the sentences that both runs have read. */
function disagreements(
  workspace: Workspace,
  rows: readonly QueueRow[],
  runId: string,
  againstRunId: string,
): Map<number, number> {
  const ids = rows.map(({ sentenceId }) => sentenceId)
  const others = workspace.predictions.of(againstRunId, ids)
  return new Map(
    [...workspace.predictions.of(runId, ids)].flatMap(([sentenceId, prediction]) => {
      const other = others.get(sentenceId)
      return other ? [[sentenceId, disagreementOf(prediction, other)]] : []
    }),
  )
}

/** The least certain suggestion first; sentences the run has not read, or has nothing to suggest for, last. */
function byUncertainty(workspace: Workspace, rows: readonly QueueRow[], runId: string): QueueRow[] {
  const known = uncertaintiesOf(workspace, rows, runId)
  const distance = ({ sentenceId }: QueueRow): number => {
    const uncertainty = known.get(sentenceId)?.uncertainty ?? null
    return uncertainty === null ? 1 : Math.abs(uncertainty - 0.5)
  }
  return rows.toSorted((a, b) => distance(a) - distance(b))
}

/** Of the sentences that the run has read. */
function uncertaintiesOf(workspace: Workspace, rows: readonly QueueRow[], runId: string): Map<number, Uncertainty> {
  const ids = rows.map(({ sentenceId }) => sentenceId)
  const predictions = workspace.predictions.of(runId, ids)
  const annotations = workspace.annotations.annotations([...predictions.keys()])
  return new Map(
    [...predictions].flatMap(([sentenceId, prediction]) => {
      const annotation = annotations.get(sentenceId)
      if (!annotation) return []
      const suggestions = suggestionsOf(annotation, prediction)
      const uncertainty = leastCertain(suggestions)?.probability ?? null
      return [[sentenceId, { suggestions: suggestions.length, uncertainty }]]
    }),
  )
}
