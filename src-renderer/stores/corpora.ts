/** Corpora of the workspace, and the one that is looked at, remembered on this machine. */
import { defineStore } from 'pinia'
import { computed, ref, shallowRef, watch } from 'vue'
import type { CorpusSummary } from '#main/document/corpus-summary'
import { client, messageOf, onAppEvent, onReconnect } from '#window/client.ts'

const key = 'espalier-corpus'

export const useCorporaStore = defineStore('corpora', () => {
  const corpora = shallowRef<readonly CorpusSummary[]>([])
  const isLoaded = ref(false)
  const failure = ref<string | null>(null)
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
    try {
      corpora.value = await client.corpora.list()
      failure.value = null
      if (!selected.value) selectedCorpusId.value = corpora.value[0]?.corpusId ?? null
    } catch (error) {
      failure.value = messageOf(error)
    } finally {
      isLoaded.value = true
    }
  }

  return { corpora, isLoaded, failure, selectedCorpusId, selected, load }
})
