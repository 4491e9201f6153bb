/** Evaluations of runs, as far as this window asked for them. */
import { defineStore } from 'pinia'
import { shallowRef } from 'vue'
import type { Split } from '#main/document/doc'
import type { Evaluation } from '#main/evaluation/evaluation'
import { client, messageOf } from '../client.ts'

export interface RunEvaluation {
  readonly split: Split
  readonly evaluation: Evaluation | null
  readonly isBusy: boolean
  readonly failure: string | null
}

const none: RunEvaluation = { split: 'test', evaluation: null, isBusy: false, failure: null }

export const useEvaluationsStore = defineStore('evaluations', () => {
  const byRun = shallowRef<ReadonlyMap<string, RunEvaluation>>(new Map())

  const of = (runId: string): RunEvaluation => byRun.value.get(runId) ?? none

  function set(runId: string, evaluation: RunEvaluation): void {
    byRun.value = new Map(byRun.value).set(runId, evaluation)
  }

  /** Scores the split anew: gold may have been corrected since the last time. */
  async function evaluate(runId: string, split: Split): Promise<void> {
    const { split: earlierSplit, evaluation: earlier } = of(runId)
    const shown = earlierSplit === split ? earlier : null
    set(runId, { split, evaluation: shown, isBusy: true, failure: null })
    try {
      const evaluation = await client.runs.evaluate({ runId, split })
      set(runId, { split, evaluation, isBusy: false, failure: null })
    } catch (error) {
      set(runId, { split, evaluation: shown, isBusy: false, failure: messageOf(error) })
    }
  }

  return { of, evaluate }
})
