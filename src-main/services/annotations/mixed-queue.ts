/** A queue in which sentences that come without suggestions are mixed by lot into the order that a run makes. */
import { placeBlind } from '#main/document/blind-share'
import { splits } from '#main/document/doc'
import { heldBackOf } from '#main/document/held-back'
import type { QueueRow } from '#main/storage/queue-rows'
import type { ReadWorkspace } from '#main/storage/reader/read-workspace'
import type { RunOrder } from '#main/storage/run-orders'
import type { QueueFilter } from '#main/storage/sentence-filter'
import type { SentenceRing } from '#main/storage/sentence-ring'

export interface MixedQueueRequest {
  readonly corpusId: number
  readonly wanted: QueueFilter
  readonly by: RunOrder
  readonly offset: number
  readonly limit: number
  /** Number of sentences in the queue. */
  readonly total: number
}

type Parts = Pick<ReadWorkspace, 'annotations' | 'corpora' | 'predictions' | 'settings'>

/** Number of sentences in a queue up to which all of them are gone through. */
const fewSentences = 20_000

/** Place in a queue up to which a page is found from its beginning. */
const deepestPlace = 2_000

/** Ids of a page: of a large queue they are read from its beginning, by the index of the scores; a deep page goes through the whole queue. */
export function* mixedQueueSteps(
  parts: Parts,
  request: MixedQueueRequest,
  few = fewSentences,
): Generator<void, number[]> {
  const { corpusId, wanted, offset, limit, total } = request
  const { blindShare, suggestOnTest } = parts.settings.get()
  const shown = suggestOnTest ? wanted.splits : (wanted.splits ?? splits).filter((split) => split !== 'test')
  if (blindShare >= 1 || shown?.length === 0)
    return [...(yield* parts.corpora.idPageSteps(corpusId, wanted, offset, limit)).ids] // no run orders any
  if (total <= few || offset + limit > deepestPlace) return yield* wholeQueue(parts, request)
  return yield* beginning(parts, request, { ...wanted, ...(shown && { splits: shown }) })
}

function* wholeQueue(
  { annotations, predictions, settings }: Parts,
  { corpusId, wanted, by, offset, limit }: MixedQueueRequest,
): Generator<void, number[]> {
  const chosen = settings.get()
  const rows = annotations.queueRows(corpusId, wanted)
  yield
  const [told, hidden]: [QueueRow[], QueueRow[]] = [[], []]
  for (const row of rows) (heldBackOf(row, chosen) === null ? told : hidden).push(row)
  const scores = predictions.scores(by)
  yield
  const scoreOf = ({ sentenceId }: QueueRow): number => scores.get(sentenceId) ?? -Infinity
  // equal scores stand in the order of their ids, as the index has them; those without a score as the corpus has them
  const ordered = told.toSorted((a, b) => {
    const [one, other] = [scoreOf(a), scoreOf(b)]
    if (one !== other) return other > one ? 1 : -1
    return one === -Infinity ? 0 : a.sentenceId - b.sentenceId
  })
  return placeBlind(ordered, hidden, chosen.blindSeed)
    .slice(offset, offset + limit)
    .map(({ sentenceId }) => sentenceId)
}

/** @param shown the filter of those sentences of the queue that are not hidden for their split. */
function* beginning(parts: Parts, request: MixedQueueRequest, shown: QueueFilter): Generator<void, number[]> {
  const { annotations, predictions, settings } = parts
  const { corpusId, wanted, by, offset, limit } = request
  const chosen = settings.get()
  const ring = yield* annotations.ringSteps(corpusId, chosen.blindSeed)
  const isHidden = (row: QueueRow): boolean => heldBackOf(row, chosen) !== null
  const among = (ids: readonly number[]): QueueRow[] => annotations.queueRowsAmong(corpusId, wanted, ids)
  const placed: number[] = []
  const readAtOnce = offset + limit
  for (let from = 0; placed.length < offset + limit; from += readAtOnce) {
    const ids = predictions.orderedIds(corpusId, shown, by, from, readAtOnce)
    const told = annotations.queueRowsOf(ids).filter((row) => !isHidden(row))
    yield
    const toldIds = told.map(({ sentenceId }) => sentenceId)
    const before = yield* hiddenBefore(ring, toldIds, { among, isHidden })
    for (const sentenceId of toldIds) placed.push(...(before.get(sentenceId) ?? []), sentenceId)
    if (ids.length < readAtOnce) break
  }
  if (placed.length === 0) return yield* wholeQueue(parts, request) // all are hidden
  return placed.slice(offset, offset + limit)
}

/** Number of neighbours that are looked at first; then twice as many, and so on. */
const neighbours = 8

/** The hidden sentences of the queue that stand on the ring between each of these and the one with suggestions before it. */
function* hiddenBefore(
  ring: SentenceRing,
  sentenceIds: readonly number[],
  queue: {
    readonly among: (ids: readonly number[]) => readonly QueueRow[]
    readonly isHidden: (row: QueueRow) => boolean
  },
): Generator<void, Map<number, number[]>> {
  const found = new Map(sentenceIds.map((sentenceId) => [sentenceId, [] as number[]]))
  let open = sentenceIds
  for (let [skip, count] = [0, neighbours]; open.length > 0; [skip, count] = [skip + count, 2 * count]) {
    const looked = new Map(open.map((sentenceId) => [sentenceId, ring.before(sentenceId, skip, count)]))
    const rows = new Map(queue.among([...new Set([...looked.values()].flat())]).map((row) => [row.sentenceId, row]))
    open = open.filter((sentenceId) => {
      const ids = looked.get(sentenceId) ?? []
      for (const id of ids) {
        const row = rows.get(id)
        if (row && !queue.isHidden(row)) return false
        if (row) found.get(sentenceId)?.unshift(id)
      }
      return ids.length === count // else all have been looked at
    })
    yield
  }
  return found
}
