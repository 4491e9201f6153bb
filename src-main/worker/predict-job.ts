/** Prediction job: predicts the batches that come with a checkpoint, in windows that leave one by one. */
import { predictBatches, type SentenceBatch } from '#main/training/predict-in-windows'
import type { RunPredictJob } from './job.ts'
import type { PredictBatch } from '#main/compute/messages'
import { packPredictions } from '#main/compute/packed-predictions'
import { openPredictor } from './open-predictor.ts'
import { openGrowingPool } from './growing-pool.ts'
import { describeThreads } from './start-machine.ts'

export const runPredictJob: RunPredictJob = async function* (job, signal, machine, batches) {
  const device = await machine.startBackend(job.backend, job.threads)
  yield { type: 'device', device }
  const { predict, changeWords } = await openPredictor(job, job.backend)
  const pool = openGrowingPool(job, machine, predict)

  async function* asked(): AsyncGenerator<SentenceBatch<number | undefined>> {
    for await (const batch of batches) yield take(batch)
    pool.stopGrowing()
  }

  function take({ sentences, sampleSeed, ...change }: PredictBatch): SentenceBatch<number | undefined> {
    changeWords(change)
    pool.changeWords(change)
    pool.growFor(sentences.length)
    return { sentences, context: sampleSeed }
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
