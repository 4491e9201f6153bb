/** The choice of who suggests: the run that is best on dev unless a person chose another source, which is remembered for each corpus. */
import { computed, ref, shallowRef } from 'vue'
import type { SuggestionSources } from '#main/api/suggestions'
import { sourceKey, type SuggestionSource } from '#main/document/suggestion-source'
import type { Run } from '#main/runs/run'
import { client, messageOf, onAppEvent } from '#window/client.ts'
import type { useAnnotationStore } from '#window/features/annotate/stores/annotation.ts'
import { useCorporaStore } from '#window/stores/corpora.ts'
import { useRunsStore } from '#window/stores/runs.ts'

const onlyNames = { entity: ', entities only', relation: ', relations only' }

/** Text that says which task alone a run knows; empty where it knows both. */
function onlyOf({ config: { model } }: Run): string {
  const [only, other] = model.tasks
  return only === undefined || other !== undefined ? '' : onlyNames[only]
}

export function useSuggestionChoice(store: ReturnType<typeof useAnnotationStore>) {
  const corpora = useCorporaStore()
  const runs = useRunsStore()
  const known = shallowRef<(SuggestionSources & { readonly corpusId: number }) | null>(null)
  const isDialogOpen = ref(false)

  /** The run that extracted the sentences of this corpus, where they were taken out of results. */
  const extractor = computed(() =>
    store.view?.corpusId === store.corpusId ? (store.view?.origin?.runId ?? null) : null,
  )
  const sources = computed(() => (known.value?.corpusId === store.corpusId ? known.value : null))

  /** Runs with weights that may suggest: those of this corpus, newest first, those with a mapping, and the one that extracted the open sentence. */
  const usableRuns = computed(() =>
    runs.runs
      .filter(
        ({ corpusId, runId, bestEpoch }) =>
          bestEpoch !== null &&
          (corpusId === store.corpusId || runId === extractor.value || sources.value?.mappedRuns.includes(runId)),
      )
      .toSorted((a, b) => b.createdMs - a.createdMs),
  )

  function nameOf(run: Run): string {
    const own = run.corpusId === store.corpusId ? '' : `, of ${corpusOf(run)}`
    return `Suggestions: ${runs.labelOf(run)}${onlyOf(run)}${own}`
  }
  const corpusOf = ({ corpusId, data }: Run): string =>
    corpora.corpora.find((corpus) => corpus.corpusId === corpusId)?.name ?? data.corpusName

  const choices = computed<{ readonly source: SuggestionSource; readonly label: string }[]>(() => [
    ...usableRuns.value.map((run) => ({ source: { kind: 'run', runId: run.runId } as const, label: nameOf(run) })),
    ...(sources.value?.layers ?? []).map(({ kind, name }) => ({
      source: { kind: 'layer', layer: { kind, name } } as const,
      label: `Suggestions: ${name} (${kind === 'rule' ? 'rules' : 'system'})`,
    })),
  ])
  const options = computed(() => [
    { value: '', label: 'No suggestions' },
    ...choices.value.map(({ source, label }) => ({ value: sourceKey(source), label })),
  ])

  async function ask(): Promise<SuggestionSources | null> {
    const { corpusId } = store
    if (corpusId === null) return null
    const answer = await client.suggestions.sources({ corpusId })
    if (store.corpusId !== corpusId) return null
    known.value = { ...answer, corpusId }
    return answer
  }

  /** Loads who may suggest in the corpus; where that fails, the status line says why and nobody does. */
  async function load(): Promise<SuggestionSources | null> {
    try {
      return await ask()
    } catch (error) {
      store.status = messageOf(error)
      return null
    }
  }

  /** Who suggests in the corpus: what was chosen, the best run, else the run that extracted the sentence. */
  async function takeUsual(): Promise<void> {
    const answer = await load()
    const usual: SuggestionSource | null = extractor.value === null ? null : { kind: 'run', runId: extractor.value }
    store.source = answer?.source ?? usual
  }

  // layers and runs come and go while the place is open
  onAppEvent((event) => {
    // where the corpus itself went, the place says so
    if (event.type === 'corpora-changed') void ask().catch(() => undefined)
  })

  /** Remembers a choice for the corpus; answers with the source. */
  async function remember(key: string): Promise<SuggestionSource | null> {
    const source = choices.value.find((choice) => sourceKey(choice.source) === key)?.source ?? null
    if (store.corpusId !== null)
      await client.suggestions
        .choose({ corpusId: store.corpusId, source })
        .catch((error: unknown) => (store.status = messageOf(error)))
    return source
  }

  return { usableRuns, sources, options, isDialogOpen, load, takeUsual, remember, corpusOf }
}

export type SuggestionChoice = ReturnType<typeof useSuggestionChoice>
