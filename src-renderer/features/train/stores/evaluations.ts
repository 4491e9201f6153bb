/** The evaluations of runs that this window asked for. */
import { defineStore } from 'pinia'
import { shallowRef } from 'vue'
import type { Split } from '#main/document/doc'
import type { ScoringCost, StoredEvaluation } from '#main/evaluation/stored-evaluation'
import { client, messageOf } from '#window/client.ts'

export interface RunEvaluation {
  readonly split: Split
  /** Stored scores; null where the split is not scored yet. */
  readonly evaluation: StoredEvaluation | null
  /** Cost of scoring the split; null until the services have told. */
  readonly cost: ScoringCost | null
  readonly isBusy: boolean
  readonly failure: string | null
  readonly isTuning: boolean
  readonly tuningFailure: string | null
}

const none: RunEvaluation = {
  ...{ split: 'dev', evaluation: null, cost: null, isBusy: false, failure: null },
  ...{ isTuning: false, tuningFailure: null },
}

const draws = 10

export const useEvaluationsStore = defineStore('evaluations', () => {
  const byRun = shallowRef<ReadonlyMap<string, RunEvaluation>>(new Map())

  const of = (runId: string): RunEvaluation => byRun.value.get(runId) ?? none

  function set(runId: string, evaluation: RunEvaluation): void {
    byRun.value = new Map(byRun.value).set(runId, evaluation)
  }

  /** Shows what is stored of a split, and what scoring it would take; the run predicts nothing for it. */
  async function look(runId: string, split: Split): Promise<void> {
    const empty = { ...of(runId), split, evaluation: null, cost: null, failure: null }
    await fill(runId, empty, async () => {
      const { stored, cost } = await client.runs.evaluation({ runId, split })
      return { evaluation: stored, cost }
    })
  }

  /** Scores the split where it is not scored yet; `again`, also where its gold changed since. */
  async function evaluate(runId: string, split: Split, again: boolean): Promise<void> {
    const shown = of(runId)
    const kept = shown.split === split ? shown : { ...shown, split, evaluation: null, cost: null }
    await fill(runId, { ...kept, failure: null }, async () => ({
      evaluation: await client.runs.evaluate({ runId, split, again }),
    }))
  }

  /** Asks, and shows the answer unless another split was chosen meanwhile. */
  async function fill(runId: string, before: RunEvaluation, ask: () => Promise<Partial<RunEvaluation>>): Promise<void> {
    set(runId, { ...before, isBusy: true })
    const answer = await ask().catch((error: unknown) => ({ failure: messageOf(error) }))
    if (of(runId).split === before.split) set(runId, { ...before, ...answer, isBusy: false })
  }

  /** Asks for exact scores over several draws of the maps, to show beside the evaluation. */
  async function draw(runId: string): Promise<void> {
    const shown = of(runId)
    await fill(runId, { ...shown, failure: null }, async () => {
      const spread = await client.runs.spread({ runId, split: shown.split, draws })
      return { evaluation: shown.evaluation && { ...shown.evaluation, spread } }
    })
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

  return { of, look, evaluate, draw, tune }
})
