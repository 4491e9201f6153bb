/** The annotator's queue: chooses and orders sentences, and counts what a run suggests for them. */
import type { QueueItem, QueueOrder, QueuePage } from '#main/document/queue'
import type { SentenceFilter } from '#main/document/sentence-row'
import type { SentenceSelection } from '#main/document/split-act'
import { heldBackOf } from '#main/document/held-back'
import { leastCertain, suggestionsOf } from '#main/document/suggestions'
import type { QueueRow } from '#main/storage/queue-rows'
import type { RunOrder } from '#main/storage/run-orders'
import type { QueueFilter } from '#main/storage/sentence-filter'
import type { Workspace } from '#main/storage/workspace'
import type { Settings } from '#main/core/preferences'
import type { ServiceContext } from '../context.ts'
import { runInSlices } from '../slices.ts'
import { scopedFilter } from './queue-scope.ts'

interface QueueRequest {
  readonly corpusId: number
  readonly order: QueueOrder
  readonly runId: string | null
  readonly againstRunId: string | null
  readonly filter: SentenceFilter
  readonly scope?: SentenceSelection | undefined
  readonly offset: number
  readonly limit: number
}

interface Uncertainty {
  /** Number of open suggestions. */
  readonly suggestions: number
  /** Probability of the least certain suggestion; null without any. */
  readonly uncertainty: number | null
}

/** Status that an order asks for. */
const statusOf: Record<QueueOrder, SentenceFilter['status']> = {
  ...{ unreviewed: 'new', uncertain: 'new', disagreement: 'new', disputed: 'new', flagged: 'flagged', all: undefined },
}

/** An order that a run makes has test sentences only where they are asked for. */
const isMadeByRun = (order: QueueOrder): boolean => order === 'uncertain' || order === 'disagreement'

/** Reads one page of a queue. What goes through all its sentences is done in the thread that reads. */
export async function readQueue(
  { workspace, reads }: Pick<ServiceContext, 'workspace' | 'reads'>,
  request: QueueRequest,
): Promise<QueuePage> {
  const { corpusId, order, offset, limit } = request
  const filter = scopedFilter(request.filter, request.scope)
  const also = statusOf[order]
  const isDisputed = order === 'disputed'
  const asked = { ...filter, ...(also && { also }), ...(isDisputed && { layers: 'disputed' as const }) }
  const leavesTestOut = isMadeByRun(order) && !filter.splits
  const wanted: QueueFilter = leavesTestOut ? { ...asked, splits: ['train', 'dev'] } : asked
  const by = runOrderOf(request)
  if (by) await runInSlices(workspace.predictions.scoreSteps(by)) // writes
  const isOrdered = by !== null || isDisputed
  const page = await runInSlices(
    workspace.corpora.idPageSteps(corpusId, wanted, isOrdered ? 0 : offset, isOrdered ? 1 : limit),
  )
  const left = leavesTestOut
    ? await runInSlices(workspace.corpora.idPageSteps(corpusId, { ...asked, splits: ['test'] }, 0, 1))
    : { total: 0 }
  const ids = isOrdered ? await orderedIds({ workspace, reads }, request, wanted, by, page.total) : page.ids
  const rows = workspace.annotations.queueRowsOf(ids)
  return { total: page.total, items: toItems(workspace, request, rows), testLeftOut: left.total }
}

/** Ids of a page of an order other than that of the corpus. */
async function orderedIds(
  { workspace, reads }: Pick<ServiceContext, 'workspace' | 'reads'>,
  { corpusId, offset, limit }: QueueRequest,
  wanted: QueueFilter,
  by: RunOrder | null,
  total: number,
): Promise<readonly number[]> {
  if (!by) return workspace.layers.disputedIds(corpusId, wanted, offset, limit)
  if (hidesSome(workspace.settings.get(), wanted))
    return reads.ask('mixedQueue', { corpusId, wanted, by, offset, limit, total })
  return workspace.predictions.orderedIds(corpusId, wanted, by, offset, limit)
}

/** Sentences that come without suggestions may be among those of a filter: they have their place by lot. */
function hidesSome({ blindShare, suggestOnTest }: Settings, wanted: QueueFilter): boolean {
  return blindShare > 0 || (!suggestOnTest && wanted.splits?.includes('test') !== false)
}

/** The order that runs make; null where the order of the corpus stands. */
function runOrderOf({ order, runId, againstRunId }: QueueRequest): RunOrder | null {
  if (order === 'uncertain' && runId !== null) return { order, runId }
  return order === 'disagreement' && runId !== null && againstRunId !== null ? { order, runId, againstRunId } : null
}

function toItems(workspace: Workspace, request: QueueRequest, rows: readonly QueueRow[]): QueueItem[] {
  const { runId, againstRunId } = request
  const settings = workspace.settings.get()
  const told = rows.filter((row) => heldBackOf(row, settings) === null)
  const ids = told.map(({ sentenceId }) => sentenceId)
  const texts = workspace.annotations.texts(rows.map(({ sentenceId }) => sentenceId))
  const known =
    runId === null ? new Map<number, Uncertainty>() : uncertaintiesOf(workspace, request.corpusId, told, runId)
  const disagreements =
    request.order === 'disagreement' && runId !== null && againstRunId !== null
      ? workspace.predictions.disagreements(runId, againstRunId, ids)
      : null
  return rows.map((row): QueueItem => {
    const { suggestions, uncertainty } = known.get(row.sentenceId) ?? { suggestions: null, uncertainty: null }
    const disagreement = disagreements?.get(row.sentenceId) ?? null
    const text = texts.get(row.sentenceId) ?? ''
    return { ...row, text, heldBack: heldBackOf(row, settings), suggestions, uncertainty, disagreement }
  })
}

/** Uncertainty of the sentences that the run has predicted, by sentence id. */
function uncertaintiesOf(
  workspace: Workspace,
  corpusId: number,
  rows: readonly QueueRow[],
  runId: string,
): Map<number, Uncertainty> {
  const ids = rows.map(({ sentenceId }) => sentenceId)
  const predictions = workspace.suggestions.predictions(corpusId, { kind: 'run', runId }, ids)
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
