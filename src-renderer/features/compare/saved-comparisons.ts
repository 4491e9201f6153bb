/** The saved comparisons in the window: the one of the address is opened, and what is changed can be saved into it. */
import { computed, watch, type ComputedRef, type Ref } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import type { ComparisonView, SavedComparison } from '#main/comparison/saved-comparison'
import { client, onReconnect } from '#window/client.ts'
import { useRequest } from '#window/base/request.ts'
import { useToasts } from '#window/stores/toasts.ts'

export interface SavedComparisons {
  readonly list: Ref<readonly SavedComparison[] | null>
  /** The comparison of the address; null for one that is not saved. */
  readonly opened: ComputedRef<SavedComparison | null>
  /** Why the latest name was refused; null when it was not. */
  readonly failure: Ref<string | null>
  open(comparisonId: number | null): Promise<unknown>
  /** Resolves to whether it was done. */
  save(name: string, view: ComparisonView): Promise<boolean>
  rename(comparisonId: number, name: string): Promise<boolean>
  update(saved: SavedComparison, view: ComparisonView): Promise<boolean>
  remove(saved: SavedComparison): Promise<boolean>
}

/** @param show is called with the view of a comparison that is opened by its address. */
export function useSavedComparisons(show: (view: ComparisonView) => void): SavedComparisons {
  const toasts = useToasts()
  const [route, router] = [useRoute(), useRouter()]
  const listing = useRequest(() => client.comparisons.saved())
  const naming = useRequest((name: string, given: { view: ComparisonView } | { comparisonId: number }) =>
    'view' in given
      ? client.comparisons.save({ name, view: given.view })
      : client.comparisons.change({ comparisonId: given.comparisonId, name }),
  )
  const idOfAddress = computed(() => Number(route.params['comparisonId'] || 0))
  const opened = computed(
    () => listing.answer.value?.find(({ comparisonId }) => comparisonId === idOfAddress.value) ?? null,
  )
  const open = (comparisonId: number | null) =>
    router.push(comparisonId === null ? '/compare' : `/compare/${comparisonId}`)

  async function load(): Promise<void> {
    await listing.ask()
    if (idOfAddress.value === 0 || opened.value || listing.failure.value !== null) return
    toasts.show({ kind: 'error', message: `There is no comparison ${idOfAddress.value} any more.` })
    await open(null)
  }
  void load()
  onReconnect(() => void load())
  watch(
    () => opened.value?.comparisonId,
    () => opened.value && show(opened.value.view),
    { immediate: true },
  )

  return {
    ...{ list: listing.answer, opened, failure: naming.failure, open },
    async save(name, view) {
      const saved = await naming.ask(name, { view })
      if (!saved) return false
      await load()
      await open(saved.comparisonId)
      return true
    },
    async rename(comparisonId, name) {
      const isDone = (await naming.ask(name, { comparisonId })) !== undefined
      if (isDone) await load()
      return isDone
    },
    update: ({ comparisonId, name }, view) =>
      toasts.attempt(async () => {
        await client.comparisons.change({ comparisonId, view })
        await load()
      }, `"${name}" was saved.`),
    remove: ({ comparisonId, name }) =>
      toasts.attempt(async () => {
        await client.comparisons.remove({ comparisonId })
        await open(null)
        await load()
        const restore = (): void =>
          void toasts.attempt(async () => {
            await client.comparisons.restore({ comparisonId })
            await load()
          })
        const action = { label: 'Undo', run: restore }
        toasts.show({ kind: 'success', message: `The comparison "${name}" was deleted.`, action })
      }),
  }
}
