/** The evaluations of runs that this window asked for. */
import { defineStore } from 'pinia'
import { shallowRef } from 'vue'
import type { Split } from '#main/document/doc'
import type { Evaluation } from '#main/evaluation/evaluation'
import type { Spread } from '#main/evaluation/spread'
import { client, messageOf } from '#window/client.ts'

export interface RunEvaluation {
  readonly split: Split
  readonly evaluation: Evaluation | null
  readonly isBusy: boolean
  readonly failure: string | null
  readonly spread: Spread | null
  readonly isTuning: boolean
  readonly tuningFailure: string | null
}

const none: RunEvaluation = {
  ...{ split: 'test', evaluation: null, isBusy: false, failure: null },
  ...{ spread: null, isTuning: false, tuningFailure: null },
}

const draws = 10

export const useEvaluationsStore = defineStore('evaluations', () => {
  const byRun = shallowRef<ReadonlyMap<string, RunEvaluation>>(new Map())

  const of = (runId: string): RunEvaluation => byRun.value.get(runId) ?? none

  function set(runId: string, evaluation: RunEvaluation): void {
    byRun.value = new Map(byRun.value).set(runId, evaluation)
  }

  /** Scores the split again, since gold may have been corrected since the last time. */
  async function evaluate(runId: string, split: Split): Promise<void> {
    const { split: earlierSplit, evaluation: earlier } = of(runId)
    const shown = earlierSplit === split ? earlier : null
    const busy = { ...of(runId), split, evaluation: shown, spread: null, isBusy: true, failure: null }
    set(runId, busy)
    try {
      const evaluation = await client.runs.evaluate({ runId, split })
      set(runId, { ...busy, evaluation, isBusy: false })
    } catch (error) {
      set(runId, { ...busy, isBusy: false, failure: messageOf(error) })
    }
  }

  /** Asks for exact scores over several draws of the maps, to show beside the evaluation. */
  async function draw(runId: string): Promise<void> {
    const shown = of(runId)
    set(runId, { ...shown, isBusy: true, failure: null })
    try {
      const spread = await client.runs.spread({ runId, split: shown.split, draws })
      set(runId, { ...shown, spread, isBusy: false, failure: null })
    } catch (error) {
      set(runId, { ...shown, isBusy: false, failure: messageOf(error) })
    }
  }

  /** Tunes thresholds, or drops tuned ones. Scores on show were made with other thresholds, so they are dropped. */
  async function tune(runId: string, way: 'tune' | 'untune'): Promise<void> {
    set(runId, { ...of(runId), isTuning: true, tuningFailure: null })
    try {
      await client.runs[way]({ runId })
      set(runId, none)
    } catch (error) {
      set(runId, { ...of(runId), isTuning: false, tuningFailure: messageOf(error) })
    }
  }

  return { of, evaluate, draw, tune }
})
