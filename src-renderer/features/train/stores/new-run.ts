/** The store of the New run dialog: the draft, which is kept until its runs start, its estimate, and the start of the runs. */
import { defineStore } from 'pinia'
import { computed, ref, watch } from 'vue'
import type { ExperimentEstimate } from '#main/api/experiments'
import type { RunEstimate } from '#main/api/runs'
import { useKeptForm } from '#window/base/kept-form.ts'
import { useRequest } from '#window/base/request.ts'
import { client } from '#window/client.ts'
import { problemsOf } from '#window/features/train/draft-problems.ts'
import { emptyDraft, toRunRequest, type RunDraft } from '#window/features/train/run-draft.ts'
import { isExperiment, toPlan } from '#window/features/train/experiment-draft.ts'
import { restoreDraft } from '#window/features/train/restored-draft.ts'

/** Pause in typing after which an estimate is asked for. */
const pauseMs = 250

export const useNewRunStore = defineStore('new-run', () => {
  const isOpen = ref(false)
  const form = useKeptForm<RunDraft>(emptyDraft(null), restoreDraft)
  const { fields: draft, isRestored } = form
  const planned = () => ({ corpusId: Number(draft.value.corpusId), plan: toPlan(draft.value) })
  const estimating = useRequest((): Promise<RunEstimate | ExperimentEstimate> =>
    isExperiment(draft.value)
      ? client.experiments.estimate(planned())
      : client.runs.estimate(toRunRequest(draft.value)),
  )
  const starting = useRequest(async (): Promise<string | undefined> => {
    if (!isExperiment(draft.value)) return (await client.runs.start(toRunRequest(draft.value)))[0]?.runId
    return (await client.experiments.start(planned())).candidates[0]?.runs[0]?.runId
  })
  const failure = computed(() => starting.failure.value ?? estimating.failure.value)
  let timer: ReturnType<typeof setTimeout> | undefined

  /** Opens the dialog with what was filled in earlier for the same purpose, or else with the given draft. */
  function show(fresh: RunDraft): void {
    form.open(fresh.from ? `retraining of ${fresh.from.runId}` : 'new run', fresh)
    estimating.forget()
    starting.forget()
    isOpen.value = true
  }

  watch([draft, isOpen], () => {
    clearTimeout(timer)
    starting.forget()
    if (isOpen.value && problemsOf(draft.value).size === 0) timer = setTimeout(() => void estimating.ask(), pauseMs)
    else estimating.forget()
  })

  /** Starts the runs or the experiment. Resolves to the id of the first run, or to null when the start was refused; `failure` then has the reason. */
  async function start(): Promise<string | null> {
    const first = await starting.ask()
    if (starting.failure.value === null) {
      isOpen.value = false
      form.startAfresh()
    }
    return first ?? null
  }

  return {
    ...{ isOpen, draft, isRestored, failure, show, start, startAfresh: form.startAfresh },
    /** The estimate for the draft; null while there is none. */
    estimate: computed(() => (estimating.failure.value === null ? estimating.answer.value : null)),
    isStarting: starting.isBusy,
  }
})
