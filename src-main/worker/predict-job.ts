/** A prediction job: reads sentences with a checkpoint, in windows that arrive one by one. */
import { predictSentences } from '#main/extraction/predict'
import { readInPieces, type Reader } from '#main/training/read-in-pieces'
import type { RunJob } from './job.ts'
import { openModel } from './kept-model.ts'
import type { PredictJob } from './messages.ts'
import { startMachine } from './start-machine.ts'

export const runPredictJob: RunJob<PredictJob> = async function* (job, signal, machine) {
  const { device, crew } = await startMachine(job, machine)
  try {
    yield { type: 'device', device }
    const { model, checkpoint } = await openModel(job.checkpoint, job.backend)
    const options = { threshold: job.threshold ?? checkpoint.training.threshold }
    const read: Reader = (sentences) => predictSentences(model, checkpoint.vocabulary, sentences, options)
    for await (const window of readInPieces(job.sentences, [read, ...crew.readers], signal))
      yield { type: 'predictions', ...window }
  } finally {
    await crew.close()
  }
}
