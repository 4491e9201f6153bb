/** The actions on a whole corpus: import into it, export, rename and remove it. */
import { ref, shallowRef, type Ref, type ShallowRef } from 'vue'
import type { ImportReport } from '#main/api/imports'
import type { CorpusSummary } from '#main/document/corpus-summary'
import { splits, type Split } from '#main/document/doc'
import { useRequest, type Request } from '#window/base/request.ts'
import { client } from '#window/client.ts'
import { countOf, formatCount } from '#window/common/figures.ts'
import { useCorporaStore } from '#window/stores/corpora.ts'
import { useCorpusFilesStore } from '#window/features/corpora/stores/corpus-files.ts'
import { useRemovalStore } from '#window/stores/removal.ts'
import { useToasts } from '#window/stores/toasts.ts'
import type { ChosenFile } from '#window/common/chosen-files.ts'

export interface CorpusActs {
  readonly isImporting: Ref<boolean>
  readonly isExporting: Ref<boolean>
  readonly isRenaming: Ref<boolean>
  readonly isSplitting: Ref<boolean>
  /** The corpus that is being exported, split or renamed. */
  readonly target: ShallowRef<CorpusSummary | null>
  /** Files with which the import dialog opens. */
  readonly dropped: ShallowRef<readonly ChosenFile[]>
  openImport(files?: readonly ChosenFile[]): Promise<void>
  runImport(corpus: string): Promise<void>
  openSplit(corpus: CorpusSummary): void
  openExport(corpus: CorpusSummary): Promise<void>
  saveExport(format: string, split: Split | null): Promise<void>
  openRename(corpus: CorpusSummary): void
  rename(name: string): Promise<void>
  /** The request that renames: whether it is busy, and why it failed. */
  readonly renaming: Pick<Request<[corpusId: number, name: string], unknown>, 'failure' | 'isBusy' | 'forget'>
  remove(corpus: CorpusSummary): Promise<void>
}

export function useCorpusActs(): CorpusActs {
  const corpora = useCorporaStore()
  const files = useCorpusFilesStore()
  const toasts = useToasts()
  const removal = useRemovalStore()
  const { attempt } = toasts
  const [isImporting, isExporting, isRenaming] = [ref(false), ref(false), ref(false)]
  const isSplitting = ref(false)
  const target = shallowRef<CorpusSummary | null>(null)
  const dropped = shallowRef<readonly ChosenFile[]>([])
  const renaming = useRequest((corpusId: number, name: string) => client.corpora.rename({ corpusId, name }))

  return {
    ...{ isImporting, isExporting, isRenaming, isSplitting, target, dropped, renaming },

    async openImport(chosen = []) {
      const isReady = await attempt(async () => {
        dropped.value = chosen
        await files.begin()
      })
      isImporting.value = isReady
    },

    async runImport(corpus) {
      const report = await files.importFiles(corpus)
      if (!report) return
      isImporting.value = false
      toasts.show({
        kind: 'success',
        message: `Imported ${countOf(report.sentences, 'sentence')} into ${corpus}${placesOf(report)}.`,
      })
      await corpora.load()
      const imported = corpora.corpora.find(({ name }) => name === corpus)
      if (imported) corpora.selectedCorpusId = imported.corpusId
    },

    openSplit(corpus) {
      target.value = corpus
      isSplitting.value = true
    },

    async openExport(corpus) {
      target.value = corpus
      isExporting.value = await attempt(() => files.begin())
    },

    async saveExport(format, split) {
      if (target.value && (await files.saveExport(target.value.corpusId, format, split))) isExporting.value = false
    },

    openRename(corpus) {
      target.value = corpus
      renaming.forget()
      isRenaming.value = true
    },

    async rename(name) {
      const corpusId = target.value?.corpusId
      if (corpusId === undefined) return
      await renaming.ask(corpusId, name)
      if (renaming.failure.value === null) isRenaming.value = false
    },

    async remove({ corpusId }) {
      await removal.ask({ kind: 'corpus', corpusId })
    },
  }
}

/** The splits into which sentences went, as text for the message, when there are several; else empty. */
function placesOf({ splits: sizes }: ImportReport): string {
  if (splits.filter((name) => sizes[name] > 0).length < 2) return ''
  return `: ${splits.flatMap((name) => (sizes[name] > 0 ? `${formatCount(sizes[name])} into ${name}` : [])).join(', ')}`
}
