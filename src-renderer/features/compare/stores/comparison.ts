/** The comparison a person is looking at: the chosen runs, split and match mode, and what is stored of their scores. */
import { defineStore } from 'pinia'
import { computed, ref, shallowRef, watch } from 'vue'
import type { Comparison } from '#main/api/comparisons'
import type { Split } from '#main/document/doc'
import type { Evaluation } from '#main/evaluation/evaluation'
import type { MatchMode } from '#main/evaluation/match-mode'
import { useRequest } from '#window/base/request.ts'
import { client } from '#window/client.ts'

export const useComparisonStore = defineStore('comparison', () => {
  const runIds = shallowRef<readonly string[]>([])
  const match = ref<MatchMode>('exact')
  const split = ref<Split>('dev')
  const tableRequest = useRequest((runs: readonly string[], mode: MatchMode, on: Split) =>
    client.comparisons.table({ runIds: [...runs], match: mode, split: on }),
  )
  const evaluationRequest = useRequest(readEvaluations)
  const scoreRequest = useRequest(scoreAll)
  /** Id of the run that is being scored; null when none is. */
  const scoring = ref<string | null>(null)

  const table = computed(() => (runIds.value.length === 0 ? null : tableRequest.answer.value))
  const evaluations = computed(() => evaluationRequest.answer.value ?? new Map<string, Evaluation>())
  const isBusy = computed(() => tableRequest.isBusy.value || evaluationRequest.isBusy.value)
  const failure = computed(
    () => scoreRequest.failure.value ?? tableRequest.failure.value ?? evaluationRequest.failure.value,
  )

  function choose(chosen: readonly string[], isChosen: boolean): void {
    const kept = runIds.value.filter((runId) => !chosen.includes(runId))
    runIds.value = isChosen ? [...kept, ...chosen] : kept
  }

  /** Leaves out runs that are gone. */
  function keepOnly(known: readonly string[]): void {
    const kept = runIds.value.filter((runId) => known.includes(runId))
    if (kept.length < runIds.value.length) runIds.value = kept
  }

  watch([runIds, match, split], () => {
    scoreRequest.failure.value = null
    void refresh()
  })

  /** Asks for what is stored; no run predicts anything for it. */
  async function refresh(): Promise<Comparison | undefined> {
    if (runIds.value.length > 0) return tableRequest.ask(runIds.value, match.value, split.value)
    tableRequest.forget()
    return undefined
  }

  /** Scores runs on the split one after the other, then shows all of them. */
  async function score(chosen: readonly string[]): Promise<void> {
    await scoreRequest.ask(chosen, split.value)
    await Promise.all([refresh(), loadEvaluations()])
  }

  async function scoreAll(chosen: readonly string[], on: Split): Promise<void> {
    try {
      for (const runId of chosen) {
        scoring.value = runId
        await client.runs.evaluate({ runId, split: on, again: true })
      }
    } finally {
      scoring.value = null
    }
  }

  /** Asks for the stored evaluations of the chosen runs, for breakdowns. */
  async function loadEvaluations(): Promise<void> {
    await evaluationRequest.ask(runIds.value, split.value)
  }

  async function readEvaluations(runs: readonly string[], on: Split): Promise<ReadonlyMap<string, Evaluation>> {
    const found = await Promise.all(
      runs.map(async (runId) => [runId, (await client.runs.evaluation({ runId, split: on })).stored] as const),
    )
    return new Map(found.flatMap(([runId, stored]) => (stored ? [[runId, stored]] : [])))
  }

  return {
    ...{ runIds, match, split, table, evaluations, isBusy, failure, scoring },
    ...{ choose, keepOnly, refresh, score, loadEvaluations },
  }
})
