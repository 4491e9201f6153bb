/** The corpora of the workspace and the selected one, which this machine remembers. */
import { defineStore } from 'pinia'
import { computed, ref, watch } from 'vue'
import type { CorpusSummary } from '#main/document/corpus-summary'
import { useRequest } from '#window/base/request.ts'
import { client, onAppEvent, onReconnect } from '#window/client.ts'

const key = 'espalier-corpus'

export const useCorporaStore = defineStore('corpora', () => {
  const listing = useRequest(() => client.corpora.list())
  const corpora = computed<readonly CorpusSummary[]>(() => listing.answer.value ?? [])
  /** Whether the corpora are known: false before the first answer. */
  const isLoaded = ref(false)
  const selectedCorpusId = ref<number | null>(Number(localStorage.getItem(key)) || null)
  const selected = computed(() => corpora.value.find(({ corpusId }) => corpusId === selectedCorpusId.value) ?? null)

  watch(selectedCorpusId, (corpusId) => {
    if (corpusId !== null) localStorage.setItem(key, String(corpusId))
  })
  onAppEvent(({ type }) => {
    if (type === 'corpora-changed') void load()
  })
  onReconnect(() => void load())

  async function load(): Promise<void> {
    const listed = await listing.ask()
    if (!listed) return
    if (!selected.value) selectedCorpusId.value = listed[0]?.corpusId ?? null
    isLoaded.value = true
  }

  return { corpora, isLoaded, failure: listing.failure, selectedCorpusId, selected, load }
})
