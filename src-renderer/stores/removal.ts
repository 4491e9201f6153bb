/** The removal of a corpus or run: asks first, shows what goes with it, and offers to undo it. */
import { defineStore } from 'pinia'
import { ref, shallowRef, watch } from 'vue'
import type { Removal } from '#main/document/removal'
import { client } from '#window/client.ts'
import { useRequest } from '#window/base/request.ts'
import { useToasts } from './toasts.ts'

type Target = { readonly kind: 'corpus'; readonly corpusId: number } | { readonly kind: 'run'; readonly runId: string }

interface Choice {
  readonly keepRuns: boolean
  readonly cancelRuns: boolean
}

const tell = (target: Target): Promise<Removal> =>
  target.kind === 'corpus' ? client.corpora.removal(target) : client.runs.removal(target)

export const useRemovalStore = defineStore('removal', () => {
  const toasts = useToasts()
  const isOpen = ref(false)
  const target = shallowRef<Target | null>(null)
  const facts = useRequest(tell)
  const act = useRequest((wanted: Target, choice: Choice) =>
    wanted.kind === 'corpus'
      ? client.corpora.remove({ corpusId: wanted.corpusId, ...choice })
      : client.runs.remove({ runId: wanted.runId, cancelRuns: choice.cancelRuns }),
  )
  let settle = (_isRemoved: boolean): void => undefined

  watch(isOpen, (open) => {
    if (!open) settle(false)
  })

  /** Opens the dialog. Resolves to whether the corpus or run was removed. */
  function ask(wanted: Target): Promise<boolean> {
    facts.forget()
    act.forget()
    target.value = wanted
    isOpen.value = true
    void facts.ask(wanted)
    return new Promise((resolve) => (settle = resolve))
  }

  async function remove(choice: Choice): Promise<void> {
    const entry = target.value && (await act.ask(target.value, choice))
    if (!entry) {
      if (target.value) await facts.ask(target.value) // a run may have begun or ended meanwhile
      return
    }
    settle(true)
    isOpen.value = false
    const undo = (): void => void toasts.attempt(() => client.bin.restore({ binId: entry.binId }))
    toasts.show({
      kind: 'info',
      message: `${entry.name} is in the bin. Settings brings it back.`,
      action: { label: 'Undo', run: undo },
    })
  }

  return {
    ...{ isOpen, ask, remove },
    removal: facts.answer,
    failure: facts.failure,
    removeFailure: act.failure,
    isRemoving: act.isBusy,
  }
})
