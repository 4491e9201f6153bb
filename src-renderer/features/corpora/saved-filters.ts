/** The saved filters of a corpus in the window: listed, saved, renamed, updated, and removed with a button that takes it back. */
import { watch, type Ref } from 'vue'
import type { ShownFilter } from '#main/document/saved-filter'
import type { SentenceFilter } from '#main/document/sentence-row'
import { client, onAppEvent, onReconnect } from '#window/client.ts'
import { useRequest } from '#window/base/request.ts'
import { useToasts } from '#window/stores/toasts.ts'

export interface SavedFilters {
  readonly list: Ref<readonly ShownFilter[] | null>
  /** Why the latest save or renaming was refused; null when it was not. */
  readonly failure: Ref<string | null>
  /** Resolves to whether it was done. */
  save(name: string, filter: SentenceFilter): Promise<boolean>
  rename(filterId: number, name: string): Promise<boolean>
  update(saved: ShownFilter, filter: SentenceFilter): Promise<boolean>
  remove(saved: ShownFilter): Promise<boolean>
  forgetFailure(): void
}

export function useSavedFilters(corpusId: () => number): SavedFilters {
  const toasts = useToasts()
  const listing = useRequest((id: number) => client.corpora.savedFilters({ corpusId: id }))
  const naming = useRequest(
    (name: string, given: { readonly filter: SentenceFilter } | { readonly filterId: number }) =>
      'filter' in given
        ? client.corpora.saveFilter({ corpusId: corpusId(), name, filter: given.filter })
        : client.corpora.changeFilter({ filterId: given.filterId, name }),
  )
  const load = (): void => void listing.ask(corpusId())
  watch(corpusId, load, { immediate: true })
  onReconnect(load)
  onAppEvent((event) => {
    if (event.type === 'filters-changed' ? event.corpusId === corpusId() : event.type === 'corpora-changed') load()
    if (event.type === 'run-removed') load()
  })

  return {
    list: listing.answer,
    failure: naming.failure,
    save: async (name, filter) => (await naming.ask(name, { filter })) !== undefined,
    rename: async (filterId, name) => (await naming.ask(name, { filterId })) !== undefined,
    update: ({ filterId, name }, filter) =>
      toasts.attempt(() => client.corpora.changeFilter({ filterId, filter }), `"${name}" is the present filter now.`),
    remove: ({ filterId, name }) =>
      toasts.attempt(async () => {
        await client.corpora.removeFilter({ filterId })
        const restore = (): void => void toasts.attempt(() => client.corpora.restoreFilter({ filterId }))
        const action = { label: 'Undo', run: restore }
        toasts.show({ kind: 'success', message: `The saved filter "${name}" was deleted.`, action })
      }),
    forgetFailure: naming.forget,
  }
}

/** Two filters are the same when they ask for the same. */
export function isSameFilter(one: SentenceFilter, other: SentenceFilter): boolean {
  return normalForm(one) === normalForm(other)
}

/** A filter filters when it asks for anything. */
export function isFiltering(filter: SentenceFilter): boolean {
  return normalForm(filter) !== '{}'
}

function normalForm(filter: object): string {
  return JSON.stringify(filter, (_, value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  )
}
