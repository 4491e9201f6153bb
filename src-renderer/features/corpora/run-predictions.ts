/** Runs by whose predictions the list can be filtered, and predicting what one of them has not. */
import { computed, onScopeDispose, ref, type ComputedRef, type Ref } from 'vue'
import { client } from '#window/client.ts'
import { useRunsStore } from '#window/stores/runs.ts'
import { useToasts } from '#window/stores/toasts.ts'
import { countOf } from '#window/common/figures.ts'

export interface RunPredictions {
  /** Runs that have learnt something, those of the corpus first. */
  readonly choices: ComputedRef<readonly { readonly value: string; readonly label: string }[]>
  readonly isPredicting: Ref<boolean>
  predict(runId: string): Promise<void>
}

export function useRunPredictions(corpusId: () => number): RunPredictions {
  const runs = useRunsStore()
  const toasts = useToasts()
  const isPredicting = ref(false)
  let isGone = false
  onScopeDispose(() => (isGone = true))
  if (!runs.isLoaded) void runs.load()

  return {
    isPredicting,
    choices: computed(() => {
      const able = runs.runs.filter(({ bestEpoch }) => bestEpoch !== null)
      const own = able.filter((run) => run.corpusId === corpusId())
      return [...own, ...able.filter((run) => run.corpusId !== corpusId())].map((run) => ({
        value: run.runId,
        label: runs.labelOf(run),
      }))
    }),
    async predict(runId) {
      isPredicting.value = true
      await toasts.attempt(async () => {
        const id = corpusId()
        const count = await client.annotations.predictMissing({
          corpusId: id,
          runId,
          taskId: crypto.randomUUID(),
        })
        if (!isGone) toasts.show({ kind: 'success', message: `${countOf(count, 'sentence')} predicted.`, corpusId: id })
      })
      isPredicting.value = false
    },
  }
}
