/** The state of the import and export dialogs: formats, reports, failures and progress. */
import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import type { CallInputs } from '#main/api/handlers'
import type { FormatInfo } from '#main/api/corpora'
import type { FileReference, ImportReport } from '#main/api/imports'
import type { Split } from '#main/document/doc'
import { useRequest } from '#window/base/request.ts'
import { client } from '#window/client.ts'
import { fetchDownload } from '#window/common/fetch-download.ts'
import { useTasksStore } from '#window/stores/tasks.ts'
import { referTo, type ChosenFile } from '#window/common/chosen-files.ts'
import { splitOf, type ImportFields } from '../import-draft.ts'

export const useCorpusFilesStore = defineStore('corpus-files', () => {
  const tasks = useTasksStore()
  const formats = shallowRef<readonly FormatInfo[]>([])
  const previewing = useRequest(readFiles)
  const publishing = useRequest((importId: number, corpus: string) =>
    client.corpora.publishImport({ importId, corpus }),
  )
  const previewingExport = useRequest((choice: CallInputs['corpora']['previewExport'], signal: AbortSignal) =>
    client.corpora.previewExport(choice, { signal }),
  )
  const saving = useRequest(async (choice: CallInputs['corpora']['prepareDownload'], signal: AbortSignal) => {
    await fetchDownload(await client.corpora.prepareDownload(choice, { signal }), signal)
    return true
  })
  const requests = [previewing, publishing, previewingExport, saving]
  const failure = computed(() => requests.map((each) => each.failure.value).find((each) => each !== null) ?? null)
  const isBusy = computed(() => requests.some((each) => each.isBusy.value))
  const taskId = ref('')
  /** The share of the files that was sent, 0 to 1; null when they are not being sent. */
  const sent = ref<number | null>(null)
  const task = computed(() => tasks.tasks.find((one) => one.taskId === taskId.value))
  const fraction = computed(() => sent.value ?? task.value?.fraction ?? null)
  const step = computed(() => (sent.value === null ? `Reading: ${task.value?.detail ?? ''}` : 'Sending the files'))
  /** References to the files that were sent last, so that they are not sent again. */
  let referred: { readonly files: readonly ChosenFile[]; readonly references: readonly FileReference[] } | null = null
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

  /** Sends the files where that is not done, and reads them: what would come of the import is in `report`. */
  async function preview(files: readonly ChosenFile[], fields: ImportFields): Promise<void> {
    forget()
    await previewing.ask(files, fields, taskId.value, controller.signal)
  }

  async function readFiles(
    files: readonly ChosenFile[],
    fields: ImportFields,
    ownTask: string,
    signal: AbortSignal,
  ): Promise<ImportReport> {
    const { format, encoding, settings } = fields
    const references = referred?.files === files ? referred.references : await send(files, signal)
    referred = { files, references }
    const request: CallInputs['corpora']['previewImport'] = {
      ...{ corpus: fields.corpus.trim() || 'unnamed', split: 'train', taskId: ownTask, settings },
      ...(format !== '' && { format }),
      ...(encoding !== '' && { encoding }),
      files: references.map((file, index) => ({ file, split: splitOf(fields, files[index]?.name ?? '') })),
    }
    return client.corpora.previewImport(request, { signal })
  }

  async function send(files: readonly ChosenFile[], signal: AbortSignal): Promise<FileReference[]> {
    try {
      return await referTo(files, (share) => (sent.value = share), signal)
    } finally {
      sent.value = null
    }
  }

  /** Publishes the import that was read. Resolves to undefined when that failed, with the reason in `failure`. */
  async function importFiles(corpus: string): Promise<ImportReport | undefined> {
    const importId = previewing.answer.value?.importId ?? null
    return importId === null ? undefined : publishing.ask(importId, corpus)
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
    step,
    fraction,
    begin,
    forget,
    preview,
    importFiles,
    prepareExport,
    saveExport,
  }
})
