/** The state of the import and export dialogs: formats, reports, failures and progress. */
import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import type { CallInputs } from '#main/api/handlers'
import type { FormatInfo, ImportReport } from '#main/api/corpora'
import type { Split } from '#main/document/doc'
import { useRequest } from '#window/base/request.ts'
import { client } from '#window/client.ts'
import { useTasksStore } from '#window/stores/tasks.ts'

type ImportDraft = CallInputs['corpora']['previewImport']

export const useCorpusFilesStore = defineStore('corpus-files', () => {
  const tasks = useTasksStore()
  const formats = shallowRef<readonly FormatInfo[]>([])
  const previewing = useRequest((draft: ImportDraft) => client.corpora.previewImport(draft))
  const importing = useRequest((draft: ImportDraft, taskId: string, signal: AbortSignal) =>
    client.corpora.import({ ...draft, taskId }, { signal }),
  )
  const exporting = useRequest((corpusId: number, format: string, split: Split | null) =>
    client.corpora.export({ corpusId, format, split }),
  )
  const requests = [previewing, importing, exporting]
  const failure = computed(() => requests.map((each) => each.failure.value).find((each) => each !== null) ?? null)
  const isBusy = computed(() => requests.some((each) => each.isBusy.value))
  const taskId = ref('')
  const fraction = computed(() => tasks.tasks.find((task) => task.taskId === taskId.value)?.fraction ?? null)
  let controller = new AbortController()

  async function begin(): Promise<void> {
    for (const each of requests) each.forget()
    formats.value = await client.corpora.formats()
  }

  async function preview(draft: ImportDraft): Promise<void> {
    for (const each of requests) each.forget()
    await previewing.ask(draft)
  }

  /** Imports files. Resolves to undefined when that failed, with the reason in `failure`, or when a later call overtook it. */
  function importFiles(draft: ImportDraft): Promise<ImportReport | undefined> {
    controller = new AbortController()
    taskId.value = crypto.randomUUID()
    return importing.ask(draft, taskId.value, controller.signal)
  }

  async function prepareExport(corpusId: number, format: string, split: Split | null): Promise<void> {
    exporting.forget()
    await exporting.ask(corpusId, format, split)
  }

  return {
    formats,
    report: previewing.answer,
    exported: exporting.answer,
    failure,
    isBusy,
    fraction,
    begin,
    preview,
    importFiles,
    prepareExport,
    cancel: () => controller.abort(),
  }
})
