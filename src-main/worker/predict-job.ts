/** Prediction job: predicts sentences with a checkpoint, in windows that arrive one by one. */
import { predictInWindows } from '#main/training/predict-in-windows'
import type { RunJob } from './job.ts'
import type { PredictJob } from '#main/compute/messages'
import { packPredictions } from '#main/compute/packed-predictions'
import { openPredictor } from './open-predictor.ts'
import { startMachine } from './start-machine.ts'

export const runPredictJob: RunJob<PredictJob> = async function* (job, signal, machine) {
  const { device, pool } = await startMachine(job, machine)
  try {
    yield { type: 'device', device }
    const predict = await openPredictor(job, job.backend)
    for await (const window of predictInWindows(job.sentences, [predict, ...pool.predictors], signal))
      yield { type: 'predictions', from: window.from, predictions: packPredictions(window.predictions) }
  } finally {
    await pool.close()
  }
}
