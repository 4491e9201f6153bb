/** The run a person is about to start: its draft, what it would cost, and the start itself. */
import { defineStore } from 'pinia'
import { ref, shallowRef, watch } from 'vue'
import type { RunEstimate } from '#main/api/runs'
import type { Run } from '#main/runs/run'
import { client, messageOf } from '#window/client.ts'
import { emptyDraft, problemsOf, toRunRequest, type RunDraft } from '#window/features/train/run-draft.ts'

/** Typing asks for one estimate, not one per key. */
const pauseMs = 250

export const useNewRunStore = defineStore('new-run', () => {
  const isOpen = ref(false)
  const draft = shallowRef<RunDraft>(emptyDraft(null))
  const estimate = shallowRef<RunEstimate | null>(null)
  const failure = ref<string | null>(null)
  const isStarting = ref(false)
  let asked = 0
  let timer: ReturnType<typeof setTimeout> | undefined

  function show(next: RunDraft): void {
    draft.value = next
    estimate.value = null
    failure.value = null
    isOpen.value = true
  }

  watch([draft, isOpen], () => {
    clearTimeout(timer)
    asked += 1
    if (!isOpen.value || problemsOf(draft.value).size > 0) {
      estimate.value = null
      return
    }
    timer = setTimeout(() => void askEstimate(asked), pauseMs)
  })

  async function askEstimate(number: number): Promise<void> {
    try {
      const answer = await client.runs.estimate(toRunRequest(draft.value))
      if (number !== asked) return // the draft has changed since
      estimate.value = answer
      failure.value = null
    } catch (error) {
      if (number !== asked) return
      estimate.value = null
      failure.value = messageOf(error)
    }
  }

  /** The queued runs, or null when the start was refused; the reason then stands in `failure`. */
  async function start(): Promise<readonly Run[] | null> {
    isStarting.value = true
    try {
      const runs = await client.runs.start(toRunRequest(draft.value))
      isOpen.value = false
      return runs
    } catch (error) {
      failure.value = messageOf(error)
      return null
    } finally {
      isStarting.value = false
    }
  }

  return { isOpen, draft, estimate, failure, isStarting, show, start }
})
