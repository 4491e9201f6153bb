/** The annotator's queue: chooses and orders sentences, and counts what a run suggests for them. */
import type { QueueItem, QueueOrder, QueuePage } from '#main/document/queue'
import type { SentenceFilter } from '#main/document/sentence-row'
import { placeBlind } from '#main/document/blind-share'
import { disagreementOf } from '#main/document/disagreement'
import { heldBackOf, type HeldBack } from '#main/document/held-back'
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
  /** Number of open suggestions. */
  readonly suggestions: number
  /** Probability of the least certain suggestion; null without any. */
  readonly uncertainty: number | null
}

const belongs: Record<QueueOrder, (row: QueueRow) => boolean> = {
  unreviewed: ({ isReviewed }) => !isReviewed,
  uncertain: ({ isReviewed }) => !isReviewed,
  disagreement: ({ isReviewed }) => !isReviewed,
  flagged: ({ isFlagged, flaggedItems }) => isFlagged || flaggedItems > 0,
  all: () => true,
}

/** Whether a run makes the order: then test sentences are in the queue only where they are asked for. */
const isMadeByRun = (order: QueueOrder): boolean => order === 'uncertain' || order === 'disagreement'

export function orderQueue(workspace: Workspace, request: QueueRequest): QueuePage {
  const { corpusId, order, runId, filter, offset, limit } = request
  const found = workspace.annotations.queueRows(corpusId, filter).filter(belongs[order])
  const rows = isMadeByRun(order) && !filter.splits ? found.filter(({ split }) => split !== 'test') : found
  const settings = workspace.settings.get()
  const reasons = new Map(rows.map((row) => [row.sentenceId, heldBackOf(row, settings)]))
  const heldBack = ({ sentenceId }: QueueRow): HeldBack | null => reasons.get(sentenceId) ?? null
  const told = rows.filter((row) => heldBack(row) === null)
  const disagreements = disagreementsOf(workspace, told, request)
  const byRun = disagreements
    ? told.toSorted((a, b) => (disagreements.get(b.sentenceId) ?? -1) - (disagreements.get(a.sentenceId) ?? -1))
    : order === 'uncertain' && runId !== null
      ? byUncertainty(workspace, told, runId)
      : null
  const hidden = rows.filter((row) => heldBack(row) !== null)
  const ordered = byRun ? placeBlind(byRun, hidden, settings.blindSeed) : rows
  const page = ordered.slice(offset, offset + limit)
  const texts = workspace.annotations.texts(page.map(({ sentenceId }) => sentenceId))
  const known =
    runId === null
      ? new Map<number, Uncertainty>()
      : uncertaintiesOf(
          workspace,
          page.filter((row) => !heldBack(row)),
          runId,
        )
  const items = page.map((row): QueueItem => {
    const { suggestions, uncertainty } = known.get(row.sentenceId) ?? { suggestions: null, uncertainty: null }
    const disagreement = disagreements?.get(row.sentenceId) ?? null
    const text = texts.get(row.sentenceId) ?? ''
    return { ...row, text, heldBack: heldBack(row), suggestions, uncertainty, disagreement }
  })
  return { total: rows.length, items, testLeftOut: found.length - rows.length }
}

/** Disagreement of two runs on each sentence that both have predicted; null where the queue is not ordered by it. */
function disagreementsOf(
  workspace: Workspace,
  rows: readonly QueueRow[],
  { order, runId, againstRunId }: QueueRequest,
): Map<number, number> | null {
  if (order !== 'disagreement' || runId === null || againstRunId === null) return null
  const ids = rows.map(({ sentenceId }) => sentenceId)
  const others = workspace.predictions.of(againstRunId, ids)
  return new Map(
    [...workspace.predictions.of(runId, ids)].flatMap(([sentenceId, prediction]) => {
      const other = others.get(sentenceId)
      return other ? [[sentenceId, disagreementOf(prediction, other)]] : []
    }),
  )
}

/** Orders by the least certain suggestion; sentences that the run has not predicted, or has no suggestion for, come last. */
function byUncertainty(workspace: Workspace, rows: readonly QueueRow[], runId: string): QueueRow[] {
  const known = uncertaintiesOf(workspace, rows, runId)
  const distance = ({ sentenceId }: QueueRow): number => {
    const uncertainty = known.get(sentenceId)?.uncertainty ?? null
    return uncertainty === null ? 1 : Math.abs(uncertainty - 0.5)
  }
  return rows.toSorted((a, b) => distance(a) - distance(b))
}

/** Uncertainty of the sentences that the run has predicted, by sentence id. */
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
