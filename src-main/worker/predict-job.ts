/** A prediction job: reads sentences with a checkpoint, in pieces that arrive one by one. */
import { startBackend } from '#main/backends/ladder'
import { predictSentences } from '#main/extraction/predict'
import { loadModel, parseCheckpoint } from '#main/model/checkpoint'
import type { RunJob } from './job.ts'
import type { PredictJob } from './messages.ts'

/** Enough for batches of one length, few enough for progress and cancellation every second or so. */
const sentencesPerPiece = 256

export const runPredictJob: RunJob<PredictJob> = async function* (job, signal) {
  yield { type: 'device', device: await startBackend(job.backend, job.threads) }
  const { 'optimizer.safetensors': _unused, ...files } = job.checkpoint // two thirds of the bytes
  const checkpoint = parseCheckpoint(files)
  const model = loadModel(checkpoint)
  const options = { threshold: job.threshold ?? checkpoint.training.threshold }
  try {
    for (let from = 0; from < job.sentences.length && !signal.aborted; from += sentencesPerPiece) {
      const piece = job.sentences.slice(from, from + sentencesPerPiece)
      const predictions = predictSentences(model, checkpoint.vocabulary, piece, options)
      yield { type: 'predictions', from, predictions }
    }
  } finally {
    model.dispose()
  }
}
