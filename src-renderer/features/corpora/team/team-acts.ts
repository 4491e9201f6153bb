/** Acts of a team on corpora: assigning a selection of sentences, and opening a package that came from elsewhere. */
import { ref, shallowRef, type Ref, type ShallowRef } from 'vue'
import type { SentenceSelection } from '#main/document/split-act'
import { client } from '#window/client.ts'
import { referTo, type ChosenFile } from '#window/common/chosen-files.ts'
import { countOf } from '#window/common/figures.ts'
import { useCorporaStore } from '#window/stores/corpora.ts'
import { useToasts } from '#window/stores/toasts.ts'

export interface TeamActs {
  readonly isAssigning: Ref<boolean>
  /** What is being assigned; the count is null where it is not known. */
  readonly assigning: ShallowRef<{ readonly selection: SentenceSelection; readonly count: number | null }>
  /** Number of times that sentences were assigned. */
  readonly assignedTimes: Ref<number>
  readonly isOpening: Ref<boolean>
  assign(selection: SentenceSelection, count: number | null): void
  openPackage(file: ChosenFile): Promise<void>
}

const everything: SentenceSelection = { filter: {}, without: [] }

export function useTeamActs(): TeamActs {
  const corpora = useCorporaStore()
  const toasts = useToasts()
  const assigning = shallowRef<TeamActs['assigning']['value']>({ selection: everything, count: null })
  const [isAssigning, isOpening, assignedTimes] = [ref(false), ref(false), ref(0)]
  return {
    ...{ isAssigning, assigning, assignedTimes, isOpening },
    assign(selection, count) {
      assigning.value = { selection, count }
      isAssigning.value = true
    },
    async openPackage(file) {
      isOpening.value = true
      await toasts.attempt(async () => {
        const [reference] = await referTo([file], () => undefined, new AbortController().signal)
        if (!reference) return
        const { corpusId, name, manifest } = await client.team.openPackage({ file: reference })
        await corpora.load()
        corpora.selectedCorpusId = corpusId
        toasts.show({ kind: 'success', message: `Opened ${countOf(manifest.sentences, 'sentence')} as ${name}.` })
      })
      isOpening.value = false
    },
  }
}
