/** Importing and exporting: what the dialogs are told while files go in and out. */
import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import type { CallInputs } from '#main/api/handlers'
import type { ExportedCorpus, FormatInfo, ImportReport } from '#main/api/corpora'
import type { Split } from '#main/document/doc'
import { client, messageOf } from '#window/client.ts'
import { useTasksStore } from '#window/stores/tasks.ts'

type ImportDraft = CallInputs['corpora']['previewImport']

export const useCorpusFilesStore = defineStore('corpus-files', () => {
  const tasks = useTasksStore()
  const formats = shallowRef<readonly FormatInfo[]>([])
  const report = shallowRef<ImportReport | null>(null)
  const exported = shallowRef<ExportedCorpus | null>(null)
  const failure = ref<string | null>(null)
  const isBusy = ref(false)
  const taskId = ref('')
  const fraction = computed(() => tasks.tasks.find((task) => task.taskId === taskId.value)?.fraction ?? null)
  let controller = new AbortController()
  let latest = 0

  async function begin(): Promise<void> {
    latest++
    report.value = null
    exported.value = null
    failure.value = null
    isBusy.value = false
    formats.value = await client.corpora.formats()
  }

  /** Undefined when it failed, with the sentence in `failure`, and when something later was asked for meanwhile. */
  async function attempt<T>(act: () => Promise<T>): Promise<T | undefined> {
    const mine = ++latest
    failure.value = null
    isBusy.value = true
    try {
      const answer = await act()
      return mine === latest ? answer : undefined
    } catch (error) {
      if (mine === latest) failure.value = messageOf(error)
      return undefined
    } finally {
      if (mine === latest) isBusy.value = false
    }
  }

  async function preview(draft: ImportDraft): Promise<void> {
    report.value = null
    const read = await attempt(() => client.corpora.previewImport(draft))
    if (read) report.value = read
  }

  async function importFiles(draft: ImportDraft): Promise<ImportReport | undefined> {
    controller = new AbortController()
    taskId.value = crypto.randomUUID()
    return attempt(() => client.corpora.import({ ...draft, taskId: taskId.value }, { signal: controller.signal }))
  }

  async function prepareExport(corpusId: number, format: string, split: Split | null): Promise<void> {
    exported.value = null
    const written = await attempt(() => client.corpora.export({ corpusId, format, split }))
    if (written) exported.value = written
  }

  return {
    formats,
    report,
    exported,
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
