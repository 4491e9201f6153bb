/** The state of the place Extract: the chosen run, the text, the extractions and their documents. */
import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import { useRequest } from '#window/base/request.ts'
import type { ExportedExtraction } from '#main/api/extraction'
import type { ExtractedDocument } from '#main/document/extracted-document'
import { useKeptText } from '#window/base/kept-form.ts'
import { client, onAppEvent, onReconnect } from '#window/client.ts'
import type { TextFile } from '#window/base/read-files.ts'

/** Number of documents that are loaded at a time, until a person asks for more. */
const pageSize = 500

export const useExtractionStore = defineStore('extraction', () => {
  const runId = ref('')
  const text = useKeptText('text of Extract')
  /** Stops the extraction from a text that is under way. */
  let textStop = new AbortController()
  const textRequest = useRequest(() => {
    textStop.abort()
    textStop = new AbortController()
    return client.extraction.text({ runId: runId.value, text: text.value }, { signal: textStop.signal })
  })

  const listRequest = useRequest(() => client.extraction.list())
  const extractions = computed(() => (listRequest.answer.value ?? []).toSorted((a, b) => b.createdMs - a.createdMs))
  const isLoaded = computed(() => listRequest.answer.value !== null)
  const selectedId = ref<number | null>(null)
  const documents = shallowRef<readonly ExtractedDocument[]>([])
  const total = ref(0)
  const filesRequest = useRequest((files: readonly TextFile[]) =>
    client.extraction.start({ runId: runId.value, files: [...files], taskId: crypto.randomUUID() }),
  )
  const pageRequest = useRequest((extractionId: number, offset: number) =>
    client.extraction.results({ extractionId, offset, limit: pageSize }),
  )
  const filesFailure = computed(
    () =>
      [filesRequest, pageRequest, listRequest].map(({ failure }) => failure.value).find((each) => each !== null) ??
      null,
  )

  const selected = computed(() => extractions.value.find(({ extractionId }) => extractionId === selectedId.value))

  onAppEvent((event) => {
    if (event.type === 'extractions-changed') void listRequest.ask()
  })

  onReconnect(() => void listRequest.ask())

  /** Extracts from files. Resolves when the job is done and its results are loaded; its progress arrives as a task. */
  async function extractFiles(files: readonly TextFile[]): Promise<void> {
    const done = await filesRequest.ask(files)
    if (done) await open(done.extractionId)
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
    const page = await pageRequest.ask(extractionId, documents.value.length)
    if (!page) return
    documents.value = [...documents.value, ...page.documents]
    total.value = page.total
  }

  /** Leaves no answer: that of an earlier text would pass for one of this. */
  function cancelText(): void {
    textStop.abort()
    textRequest.forget()
  }

  function cancel(extractionId: number): Promise<void> {
    return client.extraction.cancel({ extractionId })
  }

  function exportResults(extractionId: number, format: 'jsonl' | 'csv'): Promise<ExportedExtraction> {
    return client.extraction.export({ extractionId, format })
  }

  return {
    ...{
      runId,
      text,
      document: textRequest.answer,
      isExtracting: textRequest.isBusy,
      textFailure: textRequest.failure,
    },
    extractText: () => textRequest.ask(),
    cancelText,
    ...{ extractions, isLoaded, selectedId, selected, documents, total, filesFailure },
    loadList: () => listRequest.ask(),
    ...{ extractFiles, open, loadMore, cancel, exportResults },
  }
})
