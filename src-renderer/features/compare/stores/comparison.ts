/** The comparison a person is looking at: chosen runs, split, match mode, and what the main side says about them. */
import { defineStore } from 'pinia'
import { computed, ref, shallowRef, watch } from 'vue'
import type { ComparisonTable } from '#main/comparison/comparison-table'
import type { Split } from '#main/document/doc'
import type { Evaluation } from '#main/evaluation/evaluation'
import type { MatchMode } from '#main/evaluation/match-mode'
import { client, messageOf } from '#window/client.ts'

export const useComparisonStore = defineStore('comparison', () => {
  const runIds = shallowRef<readonly string[]>([])
  const match = ref<MatchMode>('exact')
  const split = ref<Split>('test')
  const table = shallowRef<ComparisonTable | null>(null)
  const evaluations = shallowRef<ReadonlyMap<string, Evaluation>>(new Map())
  const busy = ref(0)
  const failure = ref<string | null>(null)
  let asked = 0

  const isBusy = computed(() => busy.value > 0)

  function choose(chosen: readonly string[], isChosen: boolean): void {
    const kept = runIds.value.filter((runId) => !chosen.includes(runId))
    runIds.value = isChosen ? [...kept, ...chosen] : kept
  }

  /** Leaves out runs that are gone. */
  function keepOnly(known: readonly string[]): void {
    const kept = runIds.value.filter((runId) => known.includes(runId))
    if (kept.length < runIds.value.length) runIds.value = kept
  }

  watch([runIds, match, split], ([, , nextSplit], [, , earlierSplit]) => {
    if (nextSplit !== earlierSplit) evaluations.value = new Map()
    void refresh()
  })

  /** The first call may read the split with every run; an answer that came too late is dropped. */
  async function refresh(): Promise<void> {
    asked += 1
    const number = asked
    failure.value = null
    if (runIds.value.length === 0) {
      table.value = null
      return
    }
    const request = { runIds: [...runIds.value], match: match.value, split: split.value }
    await attempt(number, async () => {
      const answer = await client.comparisons.table(request)
      if (number === asked) table.value = answer
    })
  }

  /** Evaluations of the chosen runs, for breakdowns. */
  async function loadEvaluations(): Promise<void> {
    const number = asked
    const wanted = { runIds: runIds.value, split: split.value }
    await attempt(number, async () => {
      for (const runId of wanted.runIds) {
        const evaluation = await client.runs.evaluate({ runId, split: wanted.split })
        if (wanted.split !== split.value) return
        evaluations.value = new Map(evaluations.value).set(runId, evaluation)
      }
    })
  }

  async function attempt(number: number, act: () => Promise<void>): Promise<void> {
    busy.value += 1
    try {
      await act()
    } catch (error) {
      if (number === asked) failure.value = messageOf(error)
    } finally {
      busy.value -= 1
    }
  }

  return { runIds, match, split, table, evaluations, isBusy, failure, choose, keepOnly, refresh, loadEvaluations }
})
