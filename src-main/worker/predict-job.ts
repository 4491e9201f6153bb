/** A prediction job: reads sentences with a checkpoint, in pieces that arrive one by one. */
import { predictSentences } from '#main/extraction/predict'
import type { RunJob } from './job.ts'
import { openModel } from './kept-model.ts'
import type { PredictJob } from './messages.ts'

/** Enough for batches of one length, few enough for progress and cancellation every second or so. */
const sentencesPerPiece = 256

export const runPredictJob: RunJob<PredictJob> = async function* (job, signal, machine) {
  yield { type: 'device', device: await machine.startBackend(job.backend, job.threads) }
  const { model, checkpoint } = await openModel(job.checkpoint, job.backend)
  const options = { threshold: job.threshold ?? checkpoint.training.threshold }
  for (let from = 0; from < job.sentences.length && !signal.aborted; from += sentencesPerPiece) {
    const piece = job.sentences.slice(from, from + sentencesPerPiece)
    const predictions = await predictSentences(model, checkpoint.vocabulary, piece, options)
    yield { type: 'predictions', from, predictions }
  }
}
