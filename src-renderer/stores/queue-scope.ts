/** QueueScope: the sentences that the queue of Annotate is confined to, as another place chose them. */
import { defineStore } from 'pinia'
import { ref, shallowRef, watch } from 'vue'
import type { SentenceSelection } from '#main/document/split-act'
import { forget, keep, readKept } from '#window/base/kept.ts'

export interface QueueScope {
  readonly corpusId: number
  readonly selection: SentenceSelection
  /** What the sentences are, in a few words: "269 sentences from Corpora". */
  readonly label: string
}

const keptAs = 'queue scope'

export const useQueueScope = defineStore('queue-scope', () => {
  /** Null where the queue has the whole corpus. It outlasts a reload of the page. */
  const scope = shallowRef(readKept(sessionStorage, keptAs) as QueueScope | null) // written below alone
  watch(scope, (chosen) => (chosen ? keep(sessionStorage, keptAs, chosen) : forget(sessionStorage, keptAs)), {
    flush: 'sync',
  })

  /** True from the choice until Annotate has opened the first of the sentences. */
  const isToBeOpened = ref(false)
  function choose(chosen: QueueScope): void {
    scope.value = chosen
    isToBeOpened.value = true
  }
  return { scope, isToBeOpened, choose }
})
