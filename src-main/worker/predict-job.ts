/** A prediction job: reads sentences with a checkpoint, in windows that arrive one by one. */
import { readInPieces } from '#main/training/read-in-pieces'
import type { RunJob } from './job.ts'
import type { PredictJob } from '#main/compute/messages'
import { openReader } from './open-reader.ts'
import { startMachine } from './start-machine.ts'

export const runPredictJob: RunJob<PredictJob> = async function* (job, signal, machine) {
  const { device, crew } = await startMachine(job, machine)
  try {
    yield { type: 'device', device }
    const read = await openReader(job, job.backend)
    for await (const window of readInPieces(job.sentences, [read, ...crew.readers], signal))
      yield { type: 'predictions', ...window }
  } finally {
    await crew.close()
  }
}
