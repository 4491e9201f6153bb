/** The comparison a person is looking at: what is compared, how it is shown, and what is stored of the scores. */
import { defineStore } from 'pinia'
import { computed, ref, shallowRef, watch } from 'vue'
import type { Comparison } from '#main/api/comparisons'
import { plainView, type ComparisonView } from '#main/comparison/saved-comparison'
import type { Split } from '#main/document/doc'
import { keep, readKept } from '#window/base/kept.ts'
import { useRequest } from '#window/base/request.ts'
import { client } from '#window/client.ts'

/** What is compared where nobody has chosen yet. */
const firstView: ComparisonView = { ...plainView, runIds: [], match: 'exact', split: 'dev' }

const comparedIn = ({ runIds, systemIds, match, split, names, thresholds }: ComparisonView) => ({
  ...{ runIds: [...runIds], systemIds: [...systemIds], match, split, names, thresholds },
})

export const useComparisonStore = defineStore('comparison', () => {
  const kept = readKept(localStorage, 'comparison') as Partial<ComparisonView> | null // written below alone
  const view = shallowRef<ComparisonView>({ ...firstView, ...kept })
  const tableRequest = useRequest((asked: ComparisonView) =>
    client.comparisons.table({ ...comparedIn(asked), ...(asked.build !== null && { build: asked.build }) }),
  )
  const differenceRequest = useRequest((asked: ComparisonView) =>
    client.comparisons.differences({
      ...comparedIn(asked),
      ...(asked.baselineId !== null && { baselineId: asked.baselineId }),
    }),
  )
  const systemRequest = useRequest(() => client.predictions.list())
  const scoreRequest = useRequest(scoreAll)
  /** Id of the run that is being scored; null when none is. */
  const scoring = ref<string | null>(null)

  const runIds = computed(() => view.value.runIds)
  const systemIds = computed(() => view.value.systemIds)
  const isEmpty = computed(() => runIds.value.length + systemIds.value.length === 0)
  /** Predictions of other systems that were scored, whether or not they are chosen. */
  const systems = computed(() => systemRequest.answer.value ?? [])
  /** The view of the comparison that is open, which stays while one is in Annotate. */
  const tab = ref('table')
  const match = computed(() => view.value.match)
  const split = computed(() => view.value.split)
  const table = computed(() => (isEmpty.value ? null : tableRequest.answer.value))
  /** Null until they are computed, and where there is nothing to compare. */
  const differences = computed(() => (table.value ? differenceRequest.answer.value : null))
  const isComparing = computed(() => differenceRequest.isBusy.value)
  const hasScores = computed(() => table.value?.rows.some(({ each }) => each.length > 0) ?? false)
  const isBusy = computed(() => tableRequest.isBusy.value)
  const failure = computed(
    () => scoreRequest.failure.value ?? tableRequest.failure.value ?? differenceRequest.failure.value,
  )
  /** What is compared, for calls. */
  const compared = () => comparedIn(view.value)
  const memberName = (memberId: string): string =>
    table.value?.rows.flatMap(({ each }) => each).find(({ runId }) => runId === memberId)?.name ?? memberId

  /** Changes a part of what is compared or of how it is shown. */
  function set(part: Partial<ComparisonView>): void {
    view.value = { ...view.value, ...part }
  }

  function choose(chosen: readonly string[], isChosen: boolean): void {
    const others = runIds.value.filter((runId) => !chosen.includes(runId))
    set({ runIds: isChosen ? [...others, ...chosen] : others })
  }

  function chooseSystem(systemId: string, isChosen: boolean): void {
    const others = systemIds.value.filter((other) => other !== systemId)
    set({ systemIds: isChosen ? [...others, systemId] : others })
  }

  /** Asks for the predictions that were scored, and leaves out those that are gone. */
  async function loadSystems(): Promise<void> {
    const known = await systemRequest.ask()
    if (!known) return
    const left = systemIds.value.filter((id) => known.some(({ systemId }) => systemId === id))
    if (left.length < systemIds.value.length) set({ systemIds: left })
  }

  /** Gives a row a name, or takes it away where that is empty. */
  function nameRow(ids: readonly string[], name: string): void {
    const others = Object.entries(view.value.names).filter(([runId]) => !ids.includes(runId))
    const own = ids[0] !== undefined && name.trim() !== '' ? [[ids[0], name.trim()]] : []
    set({ names: Object.fromEntries([...others, ...own]) as Record<string, string> })
  }

  /** Leaves out runs that are gone. */
  function keepOnly(known: readonly string[]): void {
    const left = runIds.value.filter((runId) => known.includes(runId))
    if (left.length < runIds.value.length) set({ runIds: left })
  }

  watch(view, (now) => keep(localStorage, 'comparison', now))
  watch(
    () => {
      const {
        runIds: runs,
        systemIds: others,
        match: mode,
        split: on,
        names,
        build,
        baselineId,
        thresholds,
      } = view.value
      return JSON.stringify([runs, others, mode, on, names, build, baselineId, thresholds])
    },
    () => {
      scoreRequest.failure.value = null
      void refresh()
    },
  )

  /** Asks for what is stored; no run predicts anything for it. */
  async function refresh(): Promise<Comparison | undefined> {
    differenceRequest.forget()
    if (isEmpty.value) {
      tableRequest.forget()
      return undefined
    }
    const asked = view.value
    const answer = await tableRequest.ask(asked)
    const rows = answer?.rows.filter(({ each }) => each.length > 0) ?? []
    if (rows.length > 0 && asked === view.value) void differenceRequest.ask(asked)
    return answer
  }

  /** Scores runs on the split one after the other, then shows all of them. */
  async function score(chosen: readonly string[]): Promise<void> {
    await scoreRequest.ask(chosen, split.value)
    await refresh()
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

  return {
    ...{ systems, systemIds, isEmpty, tab, chooseSystem, loadSystems },
    ...{ view, runIds, match, split, table, differences, isComparing, hasScores, isBusy, failure, scoring },
    ...{ set, choose, nameRow, keepOnly, refresh, score, compared, memberName },
  }
})
