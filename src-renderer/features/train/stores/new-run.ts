/** The store of the New run dialog: the draft, which is kept until its runs start, its estimate, and the start of the runs. */
import { defineStore } from 'pinia'
import { computed, ref, watch } from 'vue'
import type { Run } from '#main/runs/run'
import { useKeptForm } from '#window/base/kept-form.ts'
import { useRequest } from '#window/base/request.ts'
import { client } from '#window/client.ts'
import { emptyDraft, problemsOf, toRunRequest, type RunDraft } from '#window/features/train/run-draft.ts'
import { restoreDraft } from '#window/features/train/restored-draft.ts'

/** Pause in typing after which an estimate is asked for. */
const pauseMs = 250

export const useNewRunStore = defineStore('new-run', () => {
  const isOpen = ref(false)
  const form = useKeptForm<RunDraft>(emptyDraft(null), restoreDraft)
  const { fields: draft, isRestored } = form
  const estimating = useRequest(() => client.runs.estimate(toRunRequest(draft.value)))
  const starting = useRequest(() => client.runs.start(toRunRequest(draft.value)))
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

  /** Starts the runs. Resolves to the queued runs, or to null when the start was refused; `failure` then has the reason. */
  async function start(): Promise<readonly Run[] | null> {
    const runs = await starting.ask()
    if (runs) {
      isOpen.value = false
      form.startAfresh()
    }
    return runs ?? null
  }

  return {
    ...{ isOpen, draft, isRestored, failure, show, start, startAfresh: form.startAfresh },
    /** The estimate for the draft; null while there is none. */
    estimate: computed(() => (estimating.failure.value === null ? estimating.answer.value : null)),
    isStarting: starting.isBusy,
  }
})
