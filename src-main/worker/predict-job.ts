/** Prediction job: predicts the batches that come with a checkpoint, in windows that leave one by one. */
import { predictBatches, type SentenceBatch } from '#main/training/predict-in-windows'
import type { RunPredictJob } from './job.ts'
import type { PredictBatch } from '#main/compute/messages'
import type { PredictedAs } from '#main/runs/predicted-as'
import { packPredictions } from '#main/compute/packed-predictions'
import { openPredictor } from './open-predictor.ts'
import { openGrowingPool } from './growing-pool.ts'
import { describeThreads } from './start-machine.ts'

export const runPredictJob: RunPredictJob = async function* (job, signal, machine, batches) {
  const device = await machine.startBackend(job.backend, job.threads)
  yield { type: 'device', device }
  const { predict, changeWords } = await openPredictor(job, job.backend)
  const pool = openGrowingPool(job, machine, predict)

  async function* asked(): AsyncGenerator<SentenceBatch<PredictedAs>> {
    for await (const batch of batches) yield take(batch)
    pool.stopGrowing()
  }

  function take({ sentences, sampleSeed, early, ...change }: PredictBatch): SentenceBatch<PredictedAs> {
    changeWords(change)
    pool.changeWords(change)
    pool.growFor(sentences.length)
    const context = { ...(sampleSeed !== undefined && { sampleSeed }), ...(early && { early }) }
    return { sentences, context }
  }

  let threads = 1
  try {
    for await (const { from, predictions } of predictBatches(asked(), pool.predictors, signal)) {
      if (threads !== pool.size) {
        threads = pool.size
        yield { type: 'device', device: `${device}, ${describeThreads({ size: threads, remark: null })}` }
      }
      yield { type: 'predictions', from, predictions: packPredictions(predictions) }
    }
  } finally {
    await pool.close()
  }
}
