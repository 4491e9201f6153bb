/** Pool of threads: starts helpers that share a job with this thread, and synchronises them. */
import { entryFile } from '#main/files/entry-file'
import { noHelpers, type WorkerPool } from '#main/training/worker-pool'
import type { Predictor } from '#main/training/predict-in-windows'
import type { PoolPlan } from './threads-worth.ts'
import type { PredictedAs } from '#main/runs/predicted-as'
import type { SharedJob } from './pool-messages.ts'
import { startHelper, type Helper } from './helper.ts'
import { openExchange, shareMemory } from './shared-exchange.ts'

const defaultEntry = entryFile(import.meta.url, './helper-entry.ts')

/**
 * Number of pieces at each helper. With fewer a helper is idle now and then, with more this thread waits for it at the
 * end.
 */
const piecesAtHelper = 3

/** Opens the pool. Helpers that cannot start are left out, and the pool's remark says so. */
export async function openThreadPool(
  job: SharedJob,
  { size, remark }: PoolPlan,
  entry: URL = defaultEntry,
): Promise<WorkerPool> {
  const notes: string[] = []
  const started = Array.from({ length: size - 1 }, () => startHelper(entry, job, (message) => notes.push(message)))
  const outcomes = await Promise.allSettled(started.map((helper) => helper.expect('ready')))
  const helpers = started.filter((_, at) => outcomes[at]?.status === 'fulfilled')
  const failed = outcomes.find((outcome) => outcome.status === 'rejected')
  await Promise.all(started.filter((helper) => !helpers.includes(helper)).map((helper) => helper.close()))
  const reason: unknown = failed?.reason
  const missing = failed && `more could not start: ${reason instanceof Error ? reason.message : String(reason)}`
  const remarks = [remark, missing].filter((text) => text !== null && text !== undefined).join('; ') || null
  if (helpers.length === 0) return { ...noHelpers, remark: remarks }
  return {
    size: helpers.length + 1,
    remark: remarks,
    // the next pieces wait at each helper, since this thread answers only between pieces of its own
    predictors: helpers.flatMap((helper) => Array.from({ length: piecesAtHelper }, () => predictorOf(helper))),
    connect(length) {
      const memory = shareMemory(length, helpers.length + 1)
      helpers.forEach((helper, at) => helper.post({ type: 'connect', memory: { ...memory, rank: at + 1 } }))
      return openExchange({ ...memory, rank: 0 }, () => meet(helpers))
    },
    step: (indices) => helpers.forEach((helper) => helper.post({ type: 'step', indices })),
    takeNotes: () => notes.splice(0),
    changeWords: (words, forgets) => helpers.forEach((helper) => helper.post({ type: 'words', words, forgets })),
    async close() {
      await Promise.all(helpers.map((helper) => helper.close()))
    },
  }
}

/** The barrier, for this thread: waits until all helpers have reached it. */
async function meet(helpers: readonly Helper[]): Promise<void> {
  await Promise.all(helpers.map((helper) => helper.expect('reached')))
  for (const helper of helpers) helper.post({ type: 'pass' })
}

function predictorOf(helper: Helper): Predictor<PredictedAs | undefined> {
  return async (sentences, how) => {
    helper.post({ type: 'predict', sentences, how })
    return (await helper.expect('predictions')).predictions
  }
}
