/** The open sentence. Acts show at once, are sent in order, and are taken back where the main side refuses them. */
import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import type { SentenceView } from '#main/api/annotations'
import type { SegmentationAct } from '#main/api/segmentation'
import type { Edit } from '#main/document/edit'
import { applyChanges, ChangeConflict, invertChanges, type Change, type Operation } from '#main/document/operation'
import { suggesterOf, type SuggestionSource } from '#main/document/suggestion-source'
import { isSegmentation } from '#main/document/segmentation'
import { suggestionsOf } from '#main/document/suggestions'
import type { ModelsView } from '#main/document/disputes'
import type { LabelSet } from '#main/labels/label-set'
import { toAppError } from '#main/api/client-errors'
import { client, messageOf, onAppEvent, onReconnect } from '#window/client.ts'
import { useAnnotationQueueStore } from './annotation-queue.ts'
import { createCallOrder } from './call-order.ts'
import { createNewTypes } from './new-types.ts'
import { createOwnEvents } from './own-events.ts'
import { usePredicting } from './predicting.ts'

const historyLength = 50
const corpusHistoryLength = 200
/** Number of times that an edit is tried again where somebody else changed the sentence first. */
const mostAttempts = 3

export const useAnnotationStore = defineStore('annotation', () => {
  const queue = useAnnotationQueueStore()
  const corpusId = ref<number | null>(null)
  /** The source whose suggestions are shown. */
  const source = shallowRef<SuggestionSource | null>(null)
  /** The run whose suggestions are shown; null where another source suggests, or none. */
  const runId = computed(() => (source.value?.kind === 'run' ? source.value.runId : null))
  /** Origin of suggestions that are accepted. */
  const suggester = computed(() => source.value && suggesterOf(source.value))
  /** The layer that is shown beside the annotation, by kind and name; it stays while sentences change. */
  const layerKey = ref<string | null>(null)
  /** Whether models speak beside people where a sentence is adjudicated, or once the person has decided. */
  const models = ref<ModelsView>('apart')
  const author = ref('')
  const view = shallowRef<SentenceView | null>(null)
  const history = shallowRef<readonly Operation[]>([])
  const failure = ref<string | null>(null)
  const isOpening = ref(false)
  /** One sentence about what happened last, for the eye and for the screen reader. */
  const status = ref('')
  const suggestions = computed(() => (view.value ? suggestionsOf(view.value.annotation, view.value.prediction) : []))

  /** Acts that are shown but not yet confirmed: each starts from the one before. */
  const acts = createCallOrder()
  const ownEvents = createOwnEvents()
  const newTypes = createNewTypes()
  const predicting = usePredicting({ view, runId, reopen, after: queue.after })
  const { isPredicting, predictionFailure, predict } = predicting
  let openings = 0
  /** The sentence that is being opened. */
  let openingId: number | null = null

  onAppEvent((event) => {
    // a label was renamed, or an act on many sentences taken back
    if (event.type === 'corpora-changed' && view.value && acts.pending() === 0) void reopen(view.value.sentenceId)
    if (event.type !== 'annotation-changed' || event.sentenceId !== view.value?.sentenceId) return
    if (!ownEvents.take(event.sentenceId) && acts.pending() === 0) void reopen(event.sentenceId)
  })
  onReconnect(() => {
    if (view.value) void reopen(view.value.sentenceId)
  })

  /** Loads the open sentence again, unless the person has gone on to another one that is still loading. */
  async function reopen(sentenceId: number): Promise<void> {
    if (sentenceId === view.value?.sentenceId && (openingId ?? sentenceId) === sentenceId) await open(sentenceId)
  }

  async function open(sentenceId: number): Promise<void> {
    const ticket = ++openings
    openingId = sentenceId
    isOpening.value = true
    try {
      await acts.settled()
      const layer = source.value?.kind === 'layer' ? source.value.layer : null
      const opened = await client.annotations.open({ sentenceId, runId: runId.value, layer })
      const log = await client.annotations.history({ corpusId: opened.corpusId, sentenceId, limit: historyLength })
      if (ticket !== openings) return
      // what was done to it since is not in the answer
      if (acts.pending() > 0 && view.value?.sentenceId === sentenceId) {
        await open(sentenceId)
        return
      }
      if (view.value?.sentenceId !== sentenceId) ownEvents.forgetAll()
      // what was said is about the corpus that it was said in
      if (view.value && view.value.corpusId !== opened.corpusId) status.value = ''
      view.value = opened
      corpusId.value = opened.corpusId
      history.value = log
      failure.value = null
      predictionFailure.value = null
    } catch (error) {
      if (ticket !== openings) return
      const { code, message } = toAppError(error)
      failure.value = message
      // a sentence whose corpus was removed cannot be worked on any more; after a lost connection it can
      if (code === 'not-found' || view.value?.sentenceId !== sentenceId) view.value = null
    } finally {
      if (ticket === openings) {
        isOpening.value = false
        openingId = null
      }
    }
  }

  function close(): void {
    openings += 1
    isOpening.value = false
    openingId = null
    view.value = null
    history.value = []
    status.value = ''
  }

  /** Shows the edit at once and sends it. False when there was nothing to change. */
  function apply({ changes, description }: Edit): boolean {
    const current = view.value
    status.value = description
    if (!current || changes.length === 0) return false
    const { sentenceId } = current
    show(sentenceId, applyChanges(current.annotation, changes))
    void send(sentenceId, async () => {
      ownEvents.expect(sentenceId)
      const applied = await client.annotations.apply({ sentenceId, description, changes: [...changes] })
      // it stands there already: the main side applies the same changes to the same annotation, or refuses
      remember(applied.operation)
    })
    return true
  }

  /** Splits or joins words or sentences, which the main side does whole: the sentence is loaded again with its words. */
  async function segment(act: SegmentationAct): Promise<void> {
    const sentenceId = view.value?.sentenceId
    if (sentenceId === undefined) return
    const done = await send(sentenceId, async () => {
      ownEvents.expect(sentenceId)
      const segmented = await client.annotations.segment({ sentenceId, act })
      if (!segmented.operation) ownEvents.take(sentenceId)
      return segmented
    })
    if (!done) return
    if (done.operation) await reload(sentenceId, done.operation)
    status.value = done.refusal ?? done.operation.description
  }

  /** Loads the open sentence again after its words changed; where sentences came or went, the queue too. */
  async function reload(sentenceId: number, { changes }: Operation): Promise<void> {
    await reopen(sentenceId)
    if (changes.some(({ kind }) => kind === 'sentence')) await queue.renew()
    else if (view.value) queue.refresh(view.value)
  }

  /**
   * Applies an edit to a sentence that may not be the open one any more; where somebody else was faster, the edit is made
   * again from what they left. Rejects where it was not written.
   */
  async function applyIn(sentenceId: number, edit: (view: SentenceView) => Edit): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      const open = view.value?.sentenceId === sentenceId ? view.value : null
      const from = open ?? (await client.annotations.open({ sentenceId, runId: null }))
      const { changes, description } = edit(from)
      if (changes.length === 0) return
      if (open) show(sentenceId, applyChanges(open.annotation, changes))
      try {
        await acts.enqueue(async () => {
          if (open) ownEvents.expect(sentenceId)
          remember((await client.annotations.apply({ sentenceId, description, changes: [...changes] })).operation)
        })
        // the person may have gone on to another corpus
        if (view.value?.corpusId === from.corpusId) status.value = description
        return
      } catch (error) {
        ownEvents.forget(sentenceId)
        // without a connection the sentence cannot be loaded again, and must not look as if the edit were written
        if (open) takeBack(sentenceId, changes)
        await reopen(sentenceId)
        if (toAppError(error).code !== 'conflict' || attempt === mostAttempts) throw error
      }
    }
  }

  /** Takes back, or does again, this person's latest act. Answers the sentence it was in; null when there is none. */
  async function goBack(way: 'undo' | 'redo'): Promise<number | null> {
    const id = corpusId.value
    if (id === null) return null
    return send(view.value?.sentenceId, async () => {
      const undone = await client.annotations[way]({ corpusId: id })
      if (!undone) {
        status.value = way === 'undo' ? 'Nothing to undo' : 'Nothing to redo'
        return null
      }
      const { operation, undoneDescription, sentences } = undone
      const done = way === 'undo' ? 'Undone' : 'Done again'
      const staying =
        way === 'undo' ? newTypes.tellStaying(operation.changes.filter((change) => !isSegmentation(change))) : ''
      status.value = `${done}: ${undoneDescription}${sentences > 1 ? `, in ${sentences} sentences` : ''}${staying && `. ${staying}`}`
      remember(operation)
      follow(operation)
      return operation.sentenceId
    })
  }

  /** Takes back all that was done to the open sentence after an operation, or after its import for null. */
  async function backTo(operationId: number | null): Promise<void> {
    const sentenceId = view.value?.sentenceId
    if (sentenceId === undefined) return
    await send(sentenceId, async () => {
      ownEvents.expect(sentenceId)
      const applied = await client.annotations.backTo({ sentenceId, operationId })
      if (!applied) {
        ownEvents.take(sentenceId)
        status.value = 'That is how the sentence is already'
        return
      }
      status.value = applied.operation.description
      remember(applied.operation)
      if (applied.operation.changes.some(isSegmentation)) void reload(sentenceId, applied.operation)
      else show(sentenceId, applied.annotation)
    })
  }

  /** Changes the label set of the open sentence's corpus; false, with the reason said, where that was refused. */
  async function changeLabels(edit: (labels: LabelSet) => LabelSet): Promise<boolean> {
    const at = view.value
    if (!at) return false
    const { corpusId, sentenceId } = at
    try {
      const before = await client.labels.get({ corpusId })
      const updated = await client.labels.update({ corpusId, labels: edit(before) })
      newTypes.add(before, updated)
      if (view.value?.sentenceId !== sentenceId) return false
      view.value = { ...view.value, labels: updated }
      return true
    } catch (error) {
      status.value = messageOf(error)
      return false
    }
  }

  /** Latest acts in the whole corpus, whoever did them. */
  async function corpusHistory(): Promise<readonly Operation[]> {
    if (corpusId.value === null) return []
    return client.annotations.history({ corpusId: corpusId.value, sentenceId: null, limit: corpusHistoryLength })
  }

  /** Enqueues a call. Where it fails, the sentence is loaded again and the status line says why. */
  function send<T>(sentenceId: number | undefined, call: () => Promise<T>): Promise<T | null> {
    return acts.enqueue(call).catch((error: unknown) => {
      void reloadWith(sentenceId, messageOf(error))
      return null
    })
  }

  async function reloadWith(sentenceId: number | undefined, message: string): Promise<void> {
    if (sentenceId !== undefined) ownEvents.forget(sentenceId)
    if (sentenceId !== undefined) await reopen(sentenceId)
    status.value = `Not saved: ${message}`
  }

  function show(sentenceId: number, annotation: SentenceView['annotation']): void {
    if (view.value?.sentenceId !== sentenceId) return
    view.value = { ...view.value, annotation }
    queue.refresh(view.value)
  }

  /** Changes that the main side made to the open sentence are made here too; spans that it left alone stay the very same. */
  function follow(operation: Operation): void {
    const { sentenceId, changes } = operation
    if (changes.some(isSegmentation)) return void reload(sentenceId, operation)
    if (view.value?.sentenceId !== sentenceId) return
    try {
      show(sentenceId, applyChanges(view.value.annotation, changes))
    } catch (error) {
      if (!(error instanceof ChangeConflict)) throw error
      void reopen(sentenceId) // somebody else was faster
    }
  }

  function takeBack(sentenceId: number, changes: readonly Change[]): void {
    if (view.value?.sentenceId !== sentenceId) return
    try {
      show(sentenceId, applyChanges(view.value.annotation, invertChanges(changes)))
    } catch (error) {
      if (!(error instanceof ChangeConflict)) throw error // the sentence was loaded again already
    }
  }

  function remember(operation: Operation): void {
    if (operation.sentenceId === view.value?.sentenceId) history.value = [operation, ...history.value]
  }

  async function loadAuthor(): Promise<void> {
    const settings = await client.system.settings({})
    author.value = settings.annotator
  }

  return {
    ...{
      corpusId,
      source,
      runId,
      suggester,
      layerKey,
      models,
      author,
      view,
      history,
      failure,
      isOpening,
      status,
      suggestions,
    },
    ...{ isPredicting, predictionFailure },
    ...{
      open,
      reopen,
      close,
      apply,
      segment,
      applyIn,
      changeLabels,
      goBack,
      backTo,
      corpusHistory,
      predict,
      loadAuthor,
    },
  }
})
