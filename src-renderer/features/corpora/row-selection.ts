/** Selected rows of a long list: some of them, or all that match the filter but some. Rows are named by their ids, never by their places. */
import { computed, ref, shallowRef, type ComputedRef } from 'vue'
import type { SentenceFilter } from '#main/document/sentence-row'
import type { SentenceSelection } from '#main/document/split-act'

export interface RowSelection {
  readonly count: ComputedRef<number>
  has(sentenceId: number): boolean
  /** Selects a row, or takes it out; ranges begin at it from then on. */
  toggle(index: number): Promise<void>
  /** Selects all rows from where ranges begin to a row. */
  extend(index: number): Promise<void>
  selectAll(): void
  clear(): void
  /** The selected rows; null when none is. */
  selection(): SentenceSelection | null
}

interface SelectedList {
  filter(): SentenceFilter
  total(): number
  /** Ids of rows from a place on. */
  idsAt(offset: number, limit: number): Promise<readonly number[]>
}

/** Number of ids that one call may ask for. */
const mostIds = 100_000

export function useRowSelection({ filter, total, idsAt }: SelectedList): RowSelection {
  /** The selected rows, or while `isAll` those that are not. */
  const named = shallowRef<ReadonlySet<number>>(new Set())
  const isAll = ref(false)
  let start = 0

  const has = (sentenceId: number): boolean => named.value.has(sentenceId) !== isAll.value

  return {
    has,
    count: computed(() => (isAll.value ? total() - named.value.size : named.value.size)),
    async toggle(index) {
      start = index
      const [sentenceId] = await idsAt(index, 1)
      if (sentenceId === undefined) return
      const next = new Set(named.value)
      if (!next.delete(sentenceId)) next.add(sentenceId)
      named.value = next
    },
    async extend(index) {
      const [from, to] = [Math.min(start, index), Math.max(start, index) + 1]
      for (let offset = from; offset < to; offset += mostIds) {
        const ids = await idsAt(offset, Math.min(mostIds, to - offset))
        const next = new Set(named.value)
        for (const id of ids)
          if (isAll.value) next.delete(id)
          else next.add(id)
        named.value = next
      }
    },
    selectAll() {
      isAll.value = true
      named.value = new Set()
    },
    clear() {
      isAll.value = false
      named.value = new Set()
    },
    selection() {
      if (isAll.value) return { filter: filter(), without: [...named.value] }
      return named.value.size > 0 ? { sentenceIds: [...named.value] } : null
    },
  }
}
