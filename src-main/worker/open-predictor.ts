/** Predictor of a prediction job, with the options that the run was configured with. It is the same on every thread. */
import { predictSentences, predictionOptions } from '#main/extraction/predict'
import { lexiconOf } from '#main/model/lexicon'
import type { BackendChoice } from '#main/runs/backend-name'
import type { Predictor } from '#main/training/predict-in-windows'
import { openModel } from './kept-model.ts'
import type { PredictJob } from '#main/compute/messages'

/** Opens the predictor on `backend`, which must be started. */
export async function openPredictor(
  job: Omit<PredictJob, 'sentences' | 'backend'>,
  backend: BackendChoice,
): Promise<Predictor> {
  const { model, checkpoint } = await openModel(job, backend)
  const own = predictionOptions(checkpoint.training)
  const sampleSeed = job.sampleSeed ?? own.sampleSeed ?? null
  const options = { ...own, sampleSeed, threshold: job.threshold ?? own.threshold }
  return (sentences) => predictSentences(model, lexiconOf(checkpoint), sentences, options)
}
