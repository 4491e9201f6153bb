/** The annotator's queue, fetched page by page in the chosen order. */
import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import type { AnnotationProgress, SentenceView } from '#main/api/annotations'
import { splits, type Split } from '#main/document/doc'
import type { QueueItem, QueueOrder } from '#main/document/queue'
import { countFlagged } from '#main/document/remark'
import { client, messageOf } from '#window/client.ts'
import { useQueueScope } from '#window/stores/queue-scope.ts'
import { keepPlaces } from './keep-places.ts'

const pageLength = 60
/** Number of sentences that one call predicts: some seconds of work, after which the progress is shown. */
const predictLength = 64
const idPage = 1000
/** Milliseconds before the progress is asked for, so that the act itself is written first. */
const progressPauseMs = 400

/** Splits in the queue. `usual` means those that the order holds by default. */
export type SplitChoice = 'usual' | 'all' | Split

interface Source {
  readonly corpusId: number
  readonly runId: string | null
  /** Id of the other run where the order is by disagreement. */
  readonly againstRunId: string | null
}

export const useAnnotationQueueStore = defineStore('annotation-queue', () => {
  const order = ref<QueueOrder>('unreviewed')
  /** Search that the sentences must match. */
  const search = ref('')
  const splitChoice = ref<SplitChoice>('usual')
  /** Number of test sentences that the order leaves out. */
  const testLeftOut = ref(0)
  const progress = shallowRef<AnnotationProgress | null>(null)
  const items = shallowRef<readonly QueueItem[]>([])
  const total = ref(0)
  const isLoading = ref(false)
  const failure = ref<string | null>(null)
  /** Number of sentences that a run has still to predict for the order; null when it is not predicting. */
  const predictingLeft = ref<number | null>(null)
  const chosen = useQueueScope()
  let source: Source | null = null
  let loads = 0

  /** Reviewed sentences leave the order where this is set. On screen they stay, so that nothing jumps. */
  const dropsReviewed = computed(() => order.value !== 'flagged' && order.value !== 'all')
  const reviewedItems = computed(() => items.value.filter(({ isReviewed }) => isReviewed).length)
  const gone = computed(() => (dropsReviewed.value ? reviewedItems.value : 0))
  /** Number of sentences of this order that are still to do. */
  const left = computed(() => Math.max(0, total.value - gone.value))
  const isComplete = ref(false)

  /** Fetches the queue of a corpus again from its beginning. */
  async function load(from: Source): Promise<void> {
    source = from
    loads += 1
    items.value = []
    isComplete.value = false
    isLoading.value = false
    void loadProgress()
    await loadMore()
  }

  /** Loads the progress of the corpus. A failure is ignored, since the queue is of use without it. */
  async function loadProgress(): Promise<void> {
    if (source) progress.value = await client.annotations.progress({ corpusId: source.corpusId }).catch(() => null)
  }

  const splitsOf = (choice: SplitChoice): readonly Split[] =>
    choice === 'all' ? splits : splits.filter((split) => split === choice)

  const filterNow = () => ({
    ...(search.value.trim() === '' ? {} : { search: search.value }),
    ...(splitChoice.value === 'usual' ? {} : { splits: splitsOf(splitChoice.value) }),
  })

  /** The sentences of the corpus that the queue is confined to. */
  function scopeNow() {
    const { scope } = chosen
    return scope?.corpusId === source?.corpusId ? { scope: scope?.selection } : {}
  }

  /** Fetches the next page. It begins earlier by the number of sentences that have left the queue since. */
  async function loadMore(): Promise<void> {
    if (!source || isLoading.value || isComplete.value) return
    const ticket = loads
    isLoading.value = true
    try {
      const offset = items.value.length - gone.value
      const query = { ...source, order: order.value, filter: filterNow(), ...scopeNow(), offset, limit: pageLength }
      const page = await client.annotations.queue(query)
      if (ticket !== loads) return
      const known = new Set(items.value.map(({ sentenceId }) => sentenceId))
      const fresh = page.items.filter(({ sentenceId }) => !known.has(sentenceId))
      total.value = page.total + gone.value
      testLeftOut.value = page.testLeftOut
      items.value = [...items.value, ...fresh]
      isComplete.value = fresh.length === 0 || items.value.length >= total.value
      failure.value = null
    } catch (error) {
      if (ticket === loads) failure.value = messageOf(error)
    } finally {
      if (ticket === loads) isLoading.value = false
    }
  }

  /** Fetches what is on screen again, after sentences came or went. Those that were reviewed meanwhile stay in their places. */
  async function renew(): Promise<void> {
    if (!source || isLoading.value) return
    const ticket = loads
    const limit = Math.min(idPage, Math.max(pageLength, items.value.length + 1))
    const query = { ...source, order: order.value, filter: filterNow(), ...scopeNow(), offset: 0, limit }
    const page = await client.annotations.queue(query).catch(() => null)
    if (!page || ticket !== loads) return
    const stay = dropsReviewed.value ? items.value.filter(({ isReviewed }) => isReviewed) : []
    items.value = keepPlaces(items.value, page.items, stay)
    total.value = page.total + stay.length
    isComplete.value = items.value.length >= total.value
    void loadProgress()
  }

  /** Predicts every sentence of the queue that the run has not predicted, then fetches the queue in its new order. */
  async function predictAll(): Promise<void> {
    const from = source
    if (!from || from.runId === null || predictingLeft.value !== null) return
    const ticket = loads
    try {
      predictingLeft.value = left.value
      const runIds = [from.runId, order.value === 'disagreement' ? from.againstRunId : null]
      for (const runId of runIds) if (runId !== null) await predictWith(runId, from.corpusId, ticket)
      predictingLeft.value = null
      if (ticket === loads) await load(from)
    } catch (error) {
      failure.value = messageOf(error)
    } finally {
      predictingLeft.value = null
    }
  }

  async function predictWith(runId: string, corpusId: number, ticket: number): Promise<void> {
    const unpredicted = await unpredictedOf(corpusId, runId)
    for (let done = 0; done < unpredicted.length && ticket === loads; done += predictLength) {
      predictingLeft.value = unpredicted.length - done
      const sentenceIds = unpredicted.slice(done, done + predictLength)
      await client.annotations.predict({ runId, sentenceIds })
    }
  }

  async function unpredictedOf(corpusId: number, runId: string): Promise<number[]> {
    const unpredicted: number[] = []
    // a run predicts no test sentence that its order would leave out
    const filter = splitChoice.value === 'usual' ? { ...filterNow(), splits: ['train', 'dev'] as const } : filterNow()
    for (let offset = 0; ; offset += idPage) {
      const query = { corpusId, runId, order: 'unreviewed', filter, ...scopeNow(), offset, limit: idPage } as const
      const page = await client.annotations.queue(query)
      unpredicted.push(
        ...page.items.filter(({ suggestions }) => suggestions === null).map(({ sentenceId }) => sentenceId),
      )
      if (offset + idPage >= page.total) return unpredicted
    }
  }

  /** Updates the row of a sentence. */
  function refresh({ sentenceId, annotation, unanchored }: SentenceView): void {
    const { review, relations } = annotation
    const { isReviewed, isFlagged } = review
    const row = items.value.find((item) => item.sentenceId === sentenceId)
    if (row && row.isReviewed !== isReviewed) setTimeout(() => void loadProgress(), progressPauseMs)
    items.value = items.value.map((item) =>
      item.sentenceId === sentenceId
        ? {
            ...{ ...item, isReviewed, isFlagged, flaggedItems: countFlagged(annotation) },
            heldBack: isReviewed ? null : item.heldBack,
            triples: relations.length + unanchored.length,
          }
        : item,
    )
  }

  /** Ids of the sentences that follow one in the queue. */
  function after(sentenceId: number, count: number): number[] {
    const at = items.value.findIndex((item) => item.sentenceId === sentenceId)
    return items.value.slice(at + 1, at + 1 + count).map((item) => item.sentenceId)
  }

  return {
    ...{
      order,
      search,
      splitChoice,
      testLeftOut,
      progress,
      items,
      left,
      isLoading,
      isComplete,
      failure,
      predictingLeft,
    },
    ...{ load, loadMore, renew, predictAll, refresh, after },
  }
})
