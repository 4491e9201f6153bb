/** Extraction as a person does it: a run, a text or files, and the triples that came out. */
import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import type { ExportedCorpus } from '#main/api/corpora'
import type { ExtractedDocument, ExtractionSummary } from '#main/document/extracted-document'
import { client, messageOf, onAppEvent, onReconnect } from '#window/client.ts'
import type { TextFile } from '#window/features/extract/read-files.ts'

/** Documents that are read at a time; a person asks for more. */
const pageSize = 500

export const useExtractionStore = defineStore('extraction', () => {
  const runId = ref('')
  const text = ref('')
  const document = shallowRef<ExtractedDocument | null>(null)
  const isReading = ref(false)
  const textFailure = ref<string | null>(null)

  const extractions = shallowRef<readonly ExtractionSummary[]>([])
  const isLoaded = ref(false)
  const selectedId = ref<number | null>(null)
  const documents = shallowRef<readonly ExtractedDocument[]>([])
  const total = ref(0)
  const filesFailure = ref<string | null>(null)

  const selected = computed(() => extractions.value.find(({ extractionId }) => extractionId === selectedId.value))

  onAppEvent((event) => {
    if (event.type === 'extractions-changed') void loadList()
  })

  onReconnect(() => void loadList())

  async function readText(): Promise<void> {
    isReading.value = true
    textFailure.value = null
    try {
      document.value = await client.extraction.text({ runId: runId.value, text: text.value })
    } catch (error) {
      textFailure.value = messageOf(error)
    } finally {
      isReading.value = false
    }
  }

  /** Lasts as long as the job; its progress arrives as a task, its results when it is done. */
  async function readFiles(files: readonly TextFile[]): Promise<void> {
    filesFailure.value = null
    try {
      const done = await client.extraction.start({
        runId: runId.value,
        files: [...files],
        taskId: crypto.randomUUID(),
      })
      await open(done.extractionId)
    } catch (error) {
      filesFailure.value = messageOf(error)
    }
  }

  async function loadList(): Promise<void> {
    try {
      extractions.value = (await client.extraction.list()).toSorted((a, b) => b.createdMs - a.createdMs)
      isLoaded.value = true
    } catch (error) {
      filesFailure.value = messageOf(error)
    }
  }

  async function open(extractionId: number): Promise<void> {
    selectedId.value = extractionId
    documents.value = []
    total.value = 0
    await loadMore()
  }

  async function loadMore(): Promise<void> {
    const extractionId = selectedId.value
    if (extractionId === null) return
    try {
      const offset = documents.value.length
      const page = await client.extraction.results({ extractionId, offset, limit: pageSize })
      if (extractionId !== selectedId.value || offset !== documents.value.length) return // another one was chosen since
      documents.value = [...documents.value, ...page.documents]
      total.value = page.total
    } catch (error) {
      filesFailure.value = messageOf(error)
    }
  }

  function cancel(extractionId: number): Promise<void> {
    return client.extraction.cancel({ extractionId })
  }

  function exportResults(extractionId: number, format: 'jsonl' | 'csv'): Promise<ExportedCorpus> {
    return client.extraction.export({ extractionId, format })
  }

  return {
    ...{ runId, text, document, isReading, textFailure, readText },
    ...{ extractions, isLoaded, selectedId, selected, documents, total, filesFailure },
    ...{ readFiles, loadList, open, loadMore, cancel, exportResults },
  }
})
