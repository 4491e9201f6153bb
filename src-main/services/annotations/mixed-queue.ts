/** A queue in which sentences that come without suggestions are mixed by lot into the order that a run makes. */
import { placeBlind } from '#main/document/blind-share'
import { heldBackOf } from '#main/document/held-back'
import type { QueueRow } from '#main/storage/queue-rows'
import type { ReadWorkspace } from '#main/storage/reader/read-workspace'
import type { RunOrder } from '#main/storage/run-orders'
import type { QueueFilter } from '#main/storage/sentence-filter'

export interface MixedQueueRequest {
  readonly corpusId: number
  readonly wanted: QueueFilter
  readonly by: RunOrder
  readonly offset: number
  readonly limit: number
}

/** Ids of a page; all sentences of the queue are gone through. */
export function* mixedQueueSteps(
  { annotations, predictions, settings }: Pick<ReadWorkspace, 'annotations' | 'predictions' | 'settings'>,
  { corpusId, wanted, by, offset, limit }: MixedQueueRequest,
): Generator<void, number[]> {
  const chosen = settings.get()
  const rows = annotations.queueRows(corpusId, wanted)
  yield
  const [told, hidden]: [QueueRow[], QueueRow[]] = [[], []]
  for (const row of rows) (heldBackOf(row, chosen) === null ? told : hidden).push(row)
  const scores = predictions.scores(by)
  yield
  const scoreOf = ({ sentenceId }: QueueRow): number => scores.get(sentenceId) ?? -1
  const ordered = told.toSorted((a, b) => scoreOf(b) - scoreOf(a))
  return placeBlind(ordered, hidden, chosen.blindSeed)
    .slice(offset, offset + limit)
    .map(({ sentenceId }) => sentenceId)
}
