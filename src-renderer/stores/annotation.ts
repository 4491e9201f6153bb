/** The open sentence and its queue. Acts show at once, are sent in order, and are taken back where the main side refuses. */
import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import type { QueueItem, QueueOrder, SentenceFilter, SentenceView } from '#main/api/views'
import type { Edit } from '#main/document/edit'
import { applyChanges, type Operation } from '#main/document/operation'
import { suggestionsOf } from '#main/document/suggestions'
import { client, messageOf, onAppEvent, onReconnect } from '../client.ts'

const queuePage = 60
const historyLength = 50
/** Sentences a run reads beyond the open one: enough that the next ones wait for nothing. */
const readAhead = 15

export const useAnnotationStore = defineStore('annotation', () => {
  const corpusId = ref<number | null>(null)
  const runId = ref<string | null>(null)
  const author = ref('')
  const view = shallowRef<SentenceView | null>(null)
  const history = shallowRef<readonly Operation[]>([])
  const failure = ref<string | null>(null)
  const isOpening = ref(false)
  /** One sentence about what happened last, for the eye and for the screen reader. */
  const status = ref('')

  const order = ref<QueueOrder>('unreviewed')
  const filter = shallowRef<SentenceFilter>({})
  const items = shallowRef<readonly QueueItem[]>([])
  const total = ref(0)
  const isQueueLoading = ref(false)
  const queueFailure = ref<string | null>(null)

  const isPredicting = ref(false)
  const predictionFailure = ref<string | null>(null)
  /** Sentences of this order that are still to do. */
  const left = computed(() => {
    const done = dropsReviewed(order.value) ? items.value.filter(({ isReviewed }) => isReviewed).length : 0
    return Math.max(0, total.value - done)
  })

  const suggestions = computed(() => (view.value ? suggestionsOf(view.value.annotation, view.value.prediction) : []))

  /** Acts that were shown but not yet confirmed. They go one after the other: each starts from the one before. */
  let pending = 0
  let line: Promise<unknown> = Promise.resolve()
  /** Own acts whose event is still to come: they are on screen already. */
  const ownEvents = new Map<number, number>()
  let openings = 0
  let queueLoads = 0

  onAppEvent((event) => {
    if (event.type !== 'annotation-changed' || event.sentenceId !== view.value?.sentenceId) return
    const own = ownEvents.get(event.sentenceId) ?? 0
    if (own > 0) ownEvents.set(event.sentenceId, own - 1)
    else if (pending === 0) void open(event.sentenceId)
  })

  onReconnect(() => {
    if (view.value) void open(view.value.sentenceId)
  })

  async function open(sentenceId: number): Promise<void> {
    const ticket = ++openings
    isOpening.value = true
    try {
      await line
      const opened = await client.annotations.open({ sentenceId, runId: runId.value })
      const log = await client.annotations.history({ corpusId: opened.corpusId, sentenceId, limit: historyLength })
      if (ticket !== openings) return
      if (view.value?.sentenceId !== sentenceId) ownEvents.clear()
      view.value = opened
      corpusId.value = opened.corpusId
      history.value = log
      failure.value = null
    } catch (error) {
      if (ticket === openings) failure.value = messageOf(error)
    } finally {
      if (ticket === openings) isOpening.value = false
    }
  }

  /** Shows the edit at once and sends it. Answers whether there was anything to change. */
  function apply({ changes, description }: Edit): boolean {
    const current = view.value
    status.value = description
    if (!current || changes.length === 0) return false
    const { sentenceId } = current
    view.value = { ...current, annotation: applyChanges(current.annotation, changes) }
    refreshItem()
    enqueue(async () => {
      ownEvents.set(sentenceId, (ownEvents.get(sentenceId) ?? 0) + 1)
      const { operation, annotation } = await client.annotations.apply({
        sentenceId,
        description,
        changes: [...changes],
      })
      remember(operation)
      if (pending === 1) showAnnotation(sentenceId, annotation)
    }, sentenceId)
    return true
  }

  /** Takes back (or does again) this person's latest act. Answers the sentence it was in, null when there is none. */
  async function goBack(way: 'undo' | 'redo'): Promise<number | null> {
    const id = corpusId.value
    if (id === null) return null
    return enqueue(async () => {
      const undone = await client.annotations[way]({ corpusId: id })
      if (!undone) {
        status.value = way === 'undo' ? 'Nothing to undo' : 'Nothing to redo'
        return null
      }
      const { operation, annotation, undoneDescription } = undone
      status.value = `${way === 'undo' ? 'Undone' : 'Done again'}: ${undoneDescription}`
      remember(operation)
      showAnnotation(operation.sentenceId, annotation)
      return operation.sentenceId
    }, view.value?.sentenceId)
  }

  /** Runs a call after those before it. Where it fails, what is on screen is read anew. */
  function enqueue<T>(call: () => Promise<T>, sentenceId: number | undefined): Promise<T | null> {
    pending += 1
    const done = line.then(async (): Promise<T | null> => {
      try {
        return await call()
      } catch (error) {
        const message = messageOf(error)
        if (sentenceId !== undefined) ownEvents.delete(sentenceId)
        queueMicrotask(() => void reread(sentenceId, message))
        return null
      } finally {
        pending -= 1
      }
    })
    line = done
    return done
  }

  async function reread(sentenceId: number | undefined, message: string): Promise<void> {
    if (sentenceId !== undefined && sentenceId === view.value?.sentenceId) await open(sentenceId)
    status.value = `Not saved: ${message}`
  }

  function showAnnotation(sentenceId: number, annotation: SentenceView['annotation']): void {
    if (view.value?.sentenceId !== sentenceId) return
    view.value = { ...view.value, annotation }
    refreshItem()
  }

  function remember(operation: Operation): void {
    if (operation.sentenceId === view.value?.sentenceId) history.value = [operation, ...history.value]
  }

  /** Keeps the row of the open sentence as the sentence is; the queue itself stays as it was fetched. */
  function refreshItem(): void {
    const opened = view.value
    if (!opened) return
    const { review, relations } = opened.annotation
    items.value = items.value.map((item) =>
      item.sentenceId === opened.sentenceId
        ? { ...item, ...reviewOf(review), triples: relations.length + opened.unanchored.length }
        : item,
    )
  }

  async function loadQueue(): Promise<void> {
    const ticket = ++queueLoads
    items.value = []
    await loadMore(ticket)
  }

  /** What was reviewed since it was fetched has left the queue, so that the next page begins earlier. */
  const unreviewedItems = () => items.value.filter(({ isReviewed }) => !isReviewed).length

  /** Fetches the next page of the queue. */
  async function loadMore(ticket = queueLoads): Promise<void> {
    const id = corpusId.value
    if (id === null || (isQueueLoading.value && ticket === queueLoads && items.value.length > 0)) return
    isQueueLoading.value = true
    try {
      const page = await client.annotations.queue({
        corpusId: id,
        order: order.value,
        runId: runId.value,
        filter: filter.value,
        offset: dropsReviewed(order.value) ? unreviewedItems() : items.value.length,
        limit: queuePage,
      })
      if (ticket !== queueLoads) return
      const known = new Set(items.value.map(({ sentenceId }) => sentenceId))
      items.value = [...items.value, ...page.items.filter(({ sentenceId }) => !known.has(sentenceId))]
      total.value = page.total
      queueFailure.value = null
    } catch (error) {
      if (ticket === queueLoads) queueFailure.value = messageOf(error)
    } finally {
      if (ticket === queueLoads) isQueueLoading.value = false
    }
  }

  /** Lets the chosen run read the open sentence, and with it the ones that come next. */
  async function predict(): Promise<void> {
    const sentenceId = view.value?.sentenceId
    if (!runId.value || sentenceId === undefined || isPredicting.value) return
    const at = items.value.findIndex((item) => item.sentenceId === sentenceId)
    const ahead = items.value.slice(at + 1, at + 1 + readAhead).map((item) => item.sentenceId)
    isPredicting.value = true
    predictionFailure.value = null
    try {
      await client.annotations.predict({ runId: runId.value, sentenceIds: [sentenceId, ...ahead] })
      if (view.value?.sentenceId === sentenceId) await open(sentenceId)
    } catch (error) {
      predictionFailure.value = messageOf(error)
    } finally {
      isPredicting.value = false
    }
  }

  async function loadAuthor(): Promise<void> {
    const settings = await client.system.settings({})
    author.value = settings.annotator
  }

  function close(): void {
    openings += 1
    isOpening.value = false
    view.value = null
    history.value = []
  }

  return {
    ...{ corpusId, runId, author, view, history, failure, isOpening, status, suggestions },
    ...{ order, filter, items, total, left, isQueueLoading, queueFailure, isPredicting, predictionFailure },
    ...{ open, close, apply, goBack, loadQueue, loadMore, predict, loadAuthor },
  }
})

function dropsReviewed(order: QueueOrder): boolean {
  return order === 'unreviewed' || order === 'uncertain'
}

function reviewOf({ isReviewed, isFlagged }: SentenceView['annotation']['review']) {
  return { isReviewed, isFlagged }
}
