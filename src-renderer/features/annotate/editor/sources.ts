/** Sources of the editor: the corpus, its queue and who suggests, kept in step with the open sentence. */
import { computed, onScopeDispose, ref, watch } from 'vue'
import { sourceKey } from '#main/document/suggestion-source'
import { messageOf, onReconnect } from '#window/client.ts'
import type { SplitChoice, useAnnotationQueueStore } from '#window/features/annotate/stores/annotation-queue.ts'
import type { useAnnotationStore } from '#window/features/annotate/stores/annotation.ts'
import { useCorporaStore } from '#window/stores/corpora.ts'
import { useQueueScope } from '#window/stores/queue-scope.ts'
import { useRunsStore } from '#window/stores/runs.ts'
import type { useAnnotateRoute } from './route.ts'
import { useSuggestionChoice } from './suggestion-choice.ts'

/** Milliseconds without a key after which a search is asked for. */
const searchPauseMs = 250

export function useAnnotateSources(
  store: ReturnType<typeof useAnnotationStore>,
  queue: ReturnType<typeof useAnnotationQueueStore>,
  ways: ReturnType<typeof useAnnotateRoute>,
) {
  const corpora = useCorporaStore()
  const runs = useRunsStore()
  const scoped = useQueueScope()
  const isLoaded = ref(false)

  const corpusId = computed({
    get: () => String(store.corpusId ?? ''),
    set: (value) => void openCorpus(Number(value)),
  })
  const corpusOptions = computed(() => corpora.corpora.map((one) => ({ value: String(one.corpusId), label: one.name })))

  const choice = useSuggestionChoice(store)
  const { usableRuns } = choice
  const knowsEntities = computed(
    () => usableRuns.value.find((run) => run.runId === store.runId)?.config.model.tasks.includes('entity') ?? true,
  )
  /** Key of who suggests; empty for nobody. */
  const suggestsFrom = computed({
    get: () => (store.source ? sourceKey(store.source) : ''),
    set: (key) => void chooseSource(key),
  })
  const order = computed({
    get: () => queue.order,
    set: (value) => {
      queue.order = value
      void loadQueue().then(goWhereVersionsDiffer)
    },
  })

  /** Opens the first sentence that is to be adjudicated: the digits choose versions only where there are some. */
  function goWhereVersionsDiffer(): void {
    const opened = store.view?.sentenceId
    if (queue.order === 'disputed' && queue.items.every(({ sentenceId }) => sentenceId !== opened)) ways.goToFirst()
  }

  const splitChoice = computed({
    get: () => queue.splitChoice,
    set: (value: SplitChoice) => {
      queue.splitChoice = value
      void loadQueue()
    },
  })

  /** The sentence of the address with its corpus, else the corpus that was chosen last. */
  async function start(): Promise<void> {
    try {
      await Promise.all([corpora.load(), runs.load(), store.loadAuthor()])
      if (corpora.failure !== null) throw new Error(corpora.failure)
      if (ways.routeId.value !== null) await store.open(ways.routeId.value)
    } catch (error) {
      store.failure = messageOf(error)
    }
    isLoaded.value = true
    if (scoped.isToBeOpened) return openScope()
    const opened = store.view?.corpusId
    if (opened !== undefined && (ways.routeId.value !== null || opened === corpora.selectedCorpusId))
      await resume(opened)
    else if (corpora.selectedCorpusId === null) return
    else if (ways.routeId.value !== null) await selectAround(corpora.selectedCorpusId)
    else await openCorpus(corpora.selectedCorpusId)
  }

  // a sentence that is open reloads itself
  onScopeDispose(
    onReconnect(() => {
      if (!store.view) void start()
    }),
  )

  /** Continues with the open sentence. */
  async function resume(opened: number): Promise<void> {
    await select(opened)
    ways.keepAddress()
    await Promise.all([loadQueue(), showSuggestions()])
  }

  /** Selects a corpus for the queue, while the place keeps the address of a sentence that could not be opened. */
  async function selectAround(id: number): Promise<void> {
    await select(id)
    await loadQueue()
  }

  // where the corpus of the queue was removed, another one takes its place
  watch([() => corpora.corpora, () => corpora.selected], ([known, selected]) => {
    const isGone = store.corpusId !== null && known.every((one) => one.corpusId !== store.corpusId)
    if (isLoaded.value && isGone && selected) void selectAround(selected.corpusId)
  })

  // an address may lead to a sentence of another corpus: its queue and its newest run come along
  watch(
    () => store.view?.corpusId,
    (opened) => {
      if (isLoaded.value && opened !== undefined && opened !== corpora.selectedCorpusId) void resume(opened)
    },
  )

  /** Starts with the first sentence of a corpus's queue. */
  async function openCorpus(id: number): Promise<void> {
    store.close()
    await select(id)
    await ways.leaveSentence()
    await loadQueue()
    ways.goToFirst()
  }

  /** The source that was chosen for a corpus, or else its best run, suggests. */
  async function select(id: number): Promise<void> {
    const isOther = store.corpusId !== id || choice.sources.value === null
    store.corpusId = id
    corpora.selectedCorpusId = id
    if (isOther) await choice.takeUsual()
  }

  const chosenAgainst = ref<string | null>(null)
  /** Runs with which the chosen one can be compared where the queue is ordered by disagreement. */
  const againstOptions = computed(() =>
    usableRuns.value.flatMap((run) =>
      run.runId === store.runId ? [] : [{ value: run.runId, label: runs.labelOf(run) }],
    ),
  )
  const againstRunId = computed({
    get: () =>
      againstOptions.value.find(({ value }) => value === chosenAgainst.value)?.value ??
      againstOptions.value[0]?.value ??
      '',
    set: (value) => {
      chosenAgainst.value = value
      void loadQueue()
    },
  })
  let searchTimer: ReturnType<typeof setTimeout> | undefined
  const search = computed({
    get: () => queue.search,
    set: (value) => {
      queue.search = value
      clearTimeout(searchTimer)
      searchTimer = setTimeout(() => void loadQueue(), searchPauseMs)
    },
  })

  /** What the queue of this corpus is confined to; null for all of it. */
  const scopeLabel = computed(() => (scoped.scope?.corpusId === store.corpusId ? (scoped.scope?.label ?? null) : null))

  /** Shows all the sentences that were chosen elsewhere, and opens the first of them. */
  async function openScope(): Promise<void> {
    scoped.isToBeOpened = false
    Object.assign(queue, { order: 'all', search: '', splitChoice: 'usual' })
    if (scoped.scope) await openCorpus(scoped.scope.corpusId)
  }

  async function leaveScope(): Promise<void> {
    scoped.scope = null
    await loadQueue()
  }

  async function loadQueue(): Promise<void> {
    if (store.corpusId === null) return
    await queue.load({ corpusId: store.corpusId, runId: store.runId, againstRunId: againstRunId.value || null })
  }

  /** Opens the sentence again with what the source suggests. */
  async function showSuggestions(): Promise<void> {
    if (store.view) await store.reopen(store.view.sentenceId)
    if (store.view?.prediction === null && !store.view.heldBack) void store.predict()
  }

  async function chooseSource(key: string): Promise<void> {
    store.source = await choice.remember(key)
    await showSuggestions()
    await loadQueue()
  }

  /** Takes a source that has just been made, or the usual one where null was chosen before. */
  async function useSource(key: string): Promise<void> {
    await choice.load()
    await chooseSource(key)
  }

  const hasNoCorpus = computed(() => corpora.isLoaded && corpora.corpora.length === 0)
  return {
    ...{ isLoaded, hasNoCorpus, corpusId, corpusOptions, choice, usableRuns, suggestsFrom, useSource, order },
    ...{ againstOptions, againstRunId, search, splitChoice, knowsEntities, start, loadQueue },
    ...{ scopeLabel, leaveScope },
  }
}
