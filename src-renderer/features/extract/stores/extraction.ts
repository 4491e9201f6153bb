/** The state of the place Extract: the chosen run, the text, and the extractions. */
import { defineStore } from 'pinia'
import { computed, ref } from 'vue'
import { useRequest } from '#window/base/request.ts'
import { useKeptText } from '#window/base/kept-form.ts'
import { client, onAppEvent, onReconnect } from '#window/client.ts'
import type { PairRule } from '#main/labels/plausibility'
import type { OlderEncoding } from '#main/text/encoding-fault'
import type { Split } from '#main/document/doc'
import { referTo, type ChosenFile } from '#window/common/chosen-files.ts'

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
  /** Encoding of files that are not UTF-8. */
  const encoding = ref<OlderEncoding | ''>('')
  /** Wanted precision as text; empty for the thresholds of the run. */
  const precision = ref('')
  const pairRule = ref<PairRule>('any')
  const rules = () => ({
    ...(precision.value === '' ? {} : { precision: Number(precision.value) }),
    pairRule: pairRule.value,
  })
  /** Share of the chosen files that was sent; null while none is being sent. */
  const sent = ref<number | null>(null)
  let sending = new AbortController()
  const filesRequest = useRequest(async (chosen: readonly ChosenFile[]) => {
    sending.abort()
    sending = new AbortController()
    try {
      const files = await referTo(chosen, (share) => (sent.value = share), sending.signal)
      const choice = encoding.value === '' ? {} : { encoding: encoding.value }
      return await client.extraction.start({ runId: runId.value, files, ...choice, ...rules() })
    } finally {
      sent.value = null
    }
  })
  const corpusRequest = useRequest((corpusId: number, split: Split | null) =>
    client.extraction.start({ runId: runId.value, files: [], corpus: { corpusId, split }, ...rules() }),
  )
  const filesFailure = computed(
    () =>
      [filesRequest, corpusRequest, listRequest].map(({ failure }) => failure.value).find((each) => each !== null) ??
      null,
  )

  const selected = computed(() => extractions.value.find(({ extractionId }) => extractionId === selectedId.value))

  onAppEvent((event) => {
    const isChanged =
      event.type === 'job'
        ? extractions.value.some(({ jobId, status }) => jobId === event.job.jobId && status !== event.job.state)
        : event.type === 'extractions-changed'
    if (isChanged) void listRequest.ask()
  })

  onReconnect(() => void listRequest.ask())

  /** Begins a job that extracts from files, and opens it: its documents come as they are found. */
  async function extractFiles(files: readonly ChosenFile[]): Promise<void> {
    const begun = await filesRequest.ask(files)
    if (begun) await open(begun.extractionId)
  }

  async function extractCorpus(corpusId: number, split: Split | null): Promise<void> {
    const begun = await corpusRequest.ask(corpusId, split)
    if (begun) await open(begun.extractionId)
  }

  async function open(extractionId: number): Promise<void> {
    await listRequest.ask()
    selectedId.value = extractionId
  }

  /** Leaves no answer: that of an earlier text would pass for one of this. */
  function cancelText(): void {
    textStop.abort()
    textRequest.forget()
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
    ...{ extractions, isLoaded, selectedId, selected, filesFailure },
    loadList: () => listRequest.ask(),
    ...{ precision, pairRule },
    ...{ encoding, sent, stopSending: () => sending.abort() },
    ...{ extractFiles, extractCorpus, open },
  }
})
