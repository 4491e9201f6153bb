/** The state of the import and export dialogs: formats, reports, failures and progress. */
import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import type { CallInputs } from '#main/api/handlers'
import type { FormatInfo, ImportReport } from '#main/api/corpora'
import type { Split } from '#main/document/doc'
import { useRequest } from '#window/base/request.ts'
import { client } from '#window/client.ts'
import { saveBlob } from '#window/common/save-text.ts'
import { useTasksStore } from '#window/stores/tasks.ts'
import type { ImportDraft } from '../import-draft.ts'

type ImportRequest = CallInputs['corpora']['previewImport']

export const useCorpusFilesStore = defineStore('corpus-files', () => {
  const tasks = useTasksStore()
  const formats = shallowRef<readonly FormatInfo[]>([])
  const previewing = useRequest((request: ImportRequest, signal: AbortSignal) =>
    client.corpora.previewImport(request, { signal }),
  )
  const publishing = useRequest((importId: number) => client.corpora.publishImport({ importId }))
  const previewingExport = useRequest((choice: CallInputs['corpora']['previewExport'], signal: AbortSignal) =>
    client.corpora.previewExport(choice, { signal }),
  )
  const saving = useRequest(fetchExport)
  const requests = [previewing, publishing, previewingExport, saving]
  const failure = computed(() => requests.map((each) => each.failure.value).find((each) => each !== null) ?? null)
  const isBusy = computed(() => requests.some((each) => each.isBusy.value))
  const taskId = ref('')
  const fraction = computed(() => tasks.tasks.find((task) => task.taskId === taskId.value)?.fraction ?? null)
  let controller = new AbortController()

  async function begin(): Promise<void> {
    forget()
    formats.value = await client.corpora.formats()
  }

  /** Gives up what runs and what waits. */
  function forget(): void {
    controller.abort()
    controller = new AbortController()
    taskId.value = crypto.randomUUID()
    const importId = previewing.answer.value?.importId ?? null
    if (importId !== null) void client.corpora.discardImport({ importId }).catch(() => undefined) // the next start forgets it
    for (const each of requests) each.forget()
  }

  async function preview({ files, ...draft }: ImportDraft): Promise<void> {
    forget()
    await previewing.ask({ ...draft, taskId: taskId.value, files: files.map((file) => ({ file })) }, controller.signal)
  }

  /** Publishes the import that was previewed. Resolves to undefined when that failed, with the reason in `failure`. */
  async function importFiles(): Promise<ImportReport | undefined> {
    const importId = previewing.answer.value?.importId ?? null
    return importId === null ? undefined : publishing.ask(importId)
  }

  async function prepareExport(corpusId: number, format: string, split: Split | null): Promise<void> {
    forget()
    await previewingExport.ask({ corpusId, format, split, taskId: taskId.value }, controller.signal)
  }

  async function saveExport(corpusId: number, format: string, split: Split | null): Promise<boolean> {
    return (await saving.ask({ corpusId, format, split, taskId: taskId.value }, controller.signal)) ?? false
  }

  return {
    formats,
    report: previewing.answer,
    exported: previewingExport.answer,
    isSaving: saving.isBusy,
    failure,
    isBusy,
    fraction,
    begin,
    forget,
    preview,
    importFiles,
    prepareExport,
    saveExport,
  }
})

/** Fetches an export piece by piece and gives it to the person as a download. */
async function fetchExport(choice: CallInputs['corpora']['prepareDownload'], signal: AbortSignal): Promise<boolean> {
  const { downloadId, fileName } = await client.corpora.prepareDownload(choice, { signal })
  let blob = new Blob([])
  for (let isLast = false; !isLast;) {
    const piece = await client.corpora.readDownload({ downloadId, offset: blob.size }, { signal })
    const bytes = Uint8Array.from(atob(piece.base64), (letter) => letter.charCodeAt(0))
    blob = new Blob([blob, bytes])
    isLast = piece.isLast
  }
  saveBlob(fileName, blob)
  return true
}
