/** The runs of the workspace: loaded once, then kept up to date by events. */
import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import type { RunDetail } from '#main/api/runs'
import type { MetricPoint, Run, RunProgress } from '#main/runs/run'
import { distinctionsOf, labelOfRun } from '#main/runs/tell-apart'
import { useRequest } from '#window/base/request.ts'
import { client, messageOf, onAppEvent, onReconnect } from '#window/client.ts'
import { applyRunEvent, emptyRunState } from './run-state.ts'

type Weights = RunDetail['weights']

export const useRunsStore = defineStore('runs', () => {
  const state = shallowRef(emptyRunState)
  const weights = shallowRef<ReadonlyMap<string, Weights>>(new Map())
  /** Whether the runs are known: false before the first answer. */
  const isLoaded = ref(false)
  const listing = useRequest(() => Promise.all([client.runs.list(), client.experiments.list()]))
  /** Names of planned experiments, by id. */
  const experimentNames = shallowRef<ReadonlyMap<string, string>>(new Map())

  onAppEvent((event) => {
    state.value = applyRunEvent(state.value, event)
  })

  /** Why the points of a run could not be loaded, by run. */
  const openFailures = shallowRef<ReadonlyMap<string, string>>(new Map())

  onReconnect(() => {
    const opened = new Set([...state.value.points.keys(), ...openFailures.value.keys()])
    void Promise.all([load(), ...[...opened].map(open)])
  })

  const runs = computed(() => state.value.runs)
  const distinctions = computed(() => distinctionsOf(runs.value))
  /** The text that distinguishes a run from others of the same name; undefined when its name is unique. */
  const distinctionOf = (runId: string): string | undefined => distinctions.value.get(runId)
  /** The name of a run, with its distinction when other runs have the same name. */
  const labelOf = (run: Run): string => labelOfRun(run, distinctions.value)
  const runOf = (runId: string): Run | undefined => runs.value.find((run) => run.runId === runId)
  /** Points of a run; null until the run is opened or an event brings a point. */
  const pointsOf = (runId: string): readonly MetricPoint[] | null => state.value.points.get(runId) ?? null
  const openFailureOf = (runId: string): string | null => openFailures.value.get(runId) ?? null
  const progressOf = (runId: string): RunProgress | undefined => state.value.progress.get(runId)
  /** Number of weights of a run; undefined until the run is opened, null when its corpus was removed. */
  const weightsOf = (runId: string): Weights | undefined => weights.value.get(runId)

  async function load(): Promise<void> {
    const listed = await listing.ask()
    if (!listed) return
    const [all, experiments] = listed
    state.value = { ...state.value, runs: all }
    experimentNames.value = new Map(experiments.map(({ experimentId, name }) => [experimentId, name]))
    isLoaded.value = true
  }

  /** Loads the points and weights of a run, which only its own page shows. Never rejects: `openFailureOf` has the reason. */
  async function open(runId: string): Promise<void> {
    let failure: string | null = null
    try {
      const detail = await client.runs.get({ runId })
      state.value = { ...state.value, points: new Map(state.value.points).set(runId, detail.points) }
      weights.value = new Map(weights.value).set(runId, detail.weights)
    } catch (error) {
      failure = messageOf(error)
    }
    const others = [...openFailures.value].filter(([other]) => other !== runId)
    openFailures.value = new Map(failure === null ? others : [...others, [runId, failure]])
  }

  return {
    runs,
    experimentNames,
    isLoaded,
    failure: listing.failure,
    runOf,
    distinctionOf,
    labelOf,
    pointsOf,
    openFailureOf,
    progressOf,
    weightsOf,
    load,
    open,
  }
})
