/** Pool of threads of a prediction job, which grows with the number of sentences: for a few, no thread is worth its start. */
import { createEventQueue } from '#main/core/event-queue'
import type { PredictJob } from '#main/compute/messages'
import type { PredictedAs } from '#main/runs/predicted-as'
import type { Predictor } from '#main/training/predict-in-windows'
import type { WorkerPool } from '#main/training/worker-pool'
import type { WordVectors } from '#main/pretrained/vector-reader'
import type { Machine } from './job.ts'
import type { WordChange } from './open-predictor.ts'
import { threadsWorth } from './threads-worth.ts'

export interface GrowingPool {
  /** Number of threads that work, this one included. */
  readonly size: number
  /** The predictor of this thread, then those of each helper once it has started. */
  readonly predictors: AsyncIterable<Predictor<PredictedAs | undefined>>
  /** Counts further sentences, and starts the threads that they are worth. */
  growFor(sentences: number): void
  /** Changes the words of every helper, of those too that start later. */
  changeWords(change: WordChange): void
  /** No further sentences come. */
  stopGrowing(): void
  /** Resolves when all threads have ended. */
  close(): Promise<void>
}

export function openGrowingPool(
  job: PredictJob,
  { planPool, openPool }: Machine,
  own: Predictor<PredictedAs | undefined>,
): GrowingPool {
  const predictors = createEventQueue<Predictor<PredictedAs | undefined>>(() => undefined)
  predictors.push(own)
  const plan = planPool?.(job) ?? null
  const pools: WorkerPool[] = []
  const starting: Promise<void>[] = []
  let held: WordVectors[] = []
  let asked = 0
  let threads = 1
  let isClosed = false

  async function start(helpers: number): Promise<void> {
    const pool = await openPool?.(job, { size: helpers + 1, remark: null })
    if (!pool) return
    pools.push(pool)
    for (const words of held) pool.changeWords(words, false)
    if (!isClosed) pool.predictors.forEach(predictors.push)
  }

  return {
    get size() {
      return pools.reduce((sum, pool) => sum + pool.size - 1, 1)
    },
    predictors,
    growFor(sentences) {
      asked += sentences
      const worth = Math.min(plan?.size ?? 1, threadsWorth(asked))
      if (worth <= threads) return
      starting.push(start(worth - threads).catch(() => undefined)) // the threads that are there do the work
      threads = worth
    },
    changeWords({ newWords, forgetsWords = false }) {
      if (forgetsWords) held = []
      if (newWords) held.push(newWords)
      if (forgetsWords || newWords) for (const pool of pools) pool.changeWords(newWords, forgetsWords)
    },
    stopGrowing: predictors.end,
    async close() {
      isClosed = true
      await Promise.allSettled(starting)
      await Promise.all(pools.map((pool) => pool.close()))
    },
  }
}
