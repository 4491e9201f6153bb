/** The charts of the comparison: which one is looked at, and what the services counted for it. */
import { defineStore } from 'pinia'
import { computed, reactive, watch } from 'vue'
import type { Confused } from '#main/comparison/charts/confusion'
import type { ShownLoss } from '#main/comparison/charts/learning-curves'
import { useRequest } from '#window/base/request.ts'
import { client } from '#window/client.ts'
import type { ChartKind } from '../charts/chart-kinds.ts'
import { useComparisonStore } from './comparison.ts'

interface ChartChoice {
  kind: ChartKind
  isEachShown: boolean
  loss: ShownLoss
  /** Name of the setting that is swept; the first that varies where it does not. */
  setting: string
  /** Values at which other settings are held, by name. */
  fixed: Readonly<Record<string, string>>
  breakdown: string
  /** Whether all groups of a breakdown are drawn. */
  isWhole: boolean
  confused: Confused
  memberId: string
  /** Whether the table below a chart is unfolded. */
  isTableOpen: boolean
}

export const useChartsStore = defineStore('charts', () => {
  const comparison = useComparisonStore()
  const choice = reactive<ChartChoice>({
    ...{ kind: 'learning', isEachShown: false, loss: 'total', setting: '', fixed: {} },
    ...{ breakdown: 'overlap class', isWhole: false, confused: 'relations', memberId: '', isTableOpen: false },
  })
  const scores = useRequest(async () => {
    const found = await client.comparisons.scores(comparison.compared())
    return new Map(found.map(({ runId, triples }) => [runId, { triples }]))
  })
  const breakdowns = useRequest(() => client.comparisons.breakdowns(comparison.compared()))
  const probabilities = useRequest(() => client.comparisons.probabilities(comparison.compared()))
  const confusion = useRequest(() =>
    client.comparisons.confusion({ ...comparison.compared(), memberId: choice.memberId }),
  )
  const all = [scores, breakdowns, probabilities, confusion]
  const requestOf = () =>
    ({
      ...{ sweep: scores, breakdown: breakdowns, confusion },
      ...{ 'precision-recall': probabilities, reliability: probabilities },
    })[choice.kind as string]

  async function load(): Promise<void> {
    const request = requestOf()
    if (!request || comparison.isEmpty || (choice.kind === 'confusion' && choice.memberId === '')) return
    await request.ask()
  }
  // the table says when scores are there, and is asked for whenever something else is compared
  watch(
    () => comparison.table,
    () => {
      for (const request of all) request.forget()
      if (comparison.tab === 'charts') void load()
    },
  )
  watch(
    () => [comparison.tab, choice.kind, choice.memberId],
    ([tab, kind]) => {
      if (tab === 'charts' && (requestOf()?.answer.value === null || kind === 'confusion')) void load()
    },
    { immediate: true },
  )

  return {
    ...{ choice, load },
    ...{ scores: scores.answer, breakdowns: breakdowns.answer },
    ...{ probabilities: probabilities.answer, confusion: confusion.answer },
    isBusy: computed(() => all.some(({ isBusy }) => isBusy.value)),
    failure: computed(() => requestOf()?.failure.value ?? null),
  }
})
