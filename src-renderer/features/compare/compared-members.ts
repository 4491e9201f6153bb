/** The members of a comparison: the runs and predictions of its rows, those of the baseline first. */
import { computed, type ComputedRef } from 'vue'
import { useComparisonStore } from './stores/comparison.ts'

export interface MemberOption {
  readonly value: string
  readonly label: string
  /** Label of its row. */
  readonly row: string
}

export function useMembers(): ComputedRef<readonly MemberOption[]> {
  const comparison = useComparisonStore()
  return computed(() => {
    const rows = comparison.table?.rows.filter(({ each }) => each.length > 0) ?? []
    const isFirst = ({ label }: { readonly label: string }): boolean => label === comparison.differences?.baseline
    return [...rows.filter(isFirst), ...rows.filter((row) => !isFirst(row))].flatMap(({ label, each }) =>
      each.map(({ runId, name }) => ({ value: runId, label: name, row: label })),
    )
  })
}
