/** The store of the New run dialog: the draft, its estimate, and the start of the runs. */
import { defineStore } from 'pinia'
import { computed, ref, shallowRef, watch } from 'vue'
import type { Run } from '#main/runs/run'
import { useRequest } from '#window/base/request.ts'
import { client } from '#window/client.ts'
import { emptyDraft, problemsOf, toRunRequest, type RunDraft } from '#window/features/train/run-draft.ts'

/** Pause in typing after which an estimate is asked for. */
const pauseMs = 250

export const useNewRunStore = defineStore('new-run', () => {
  const isOpen = ref(false)
  const draft = shallowRef<RunDraft>(emptyDraft(null))
  const estimating = useRequest(() => client.runs.estimate(toRunRequest(draft.value)))
  const starting = useRequest(() => client.runs.start(toRunRequest(draft.value)))
  const failure = computed(() => starting.failure.value ?? estimating.failure.value)
  let timer: ReturnType<typeof setTimeout> | undefined

  function show(next: RunDraft): void {
    draft.value = next
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
    if (runs) isOpen.value = false
    return runs ?? null
  }

  return {
    ...{ isOpen, draft, failure, show, start },
    /** The estimate for the draft; null while there is none. */
    estimate: computed(() => (estimating.failure.value === null ? estimating.answer.value : null)),
    isStarting: starting.isBusy,
  }
})
