/** Sentences that are sent to a prediction job at once, with which it ends. */
import type { ComputeHost, JobHandle, PredictBatch, PredictJob } from '#main/compute/messages'

type Batch = Omit<PredictBatch, 'newWords'> & Partial<Pick<PredictBatch, 'newWords'>>

/** The job's handle, with the sentences on their way. */
export function predictOnce(host: Pick<ComputeHost, 'run'>, job: PredictJob, batch: Batch): JobHandle {
  const handle = host.run(job)
  handle.send({ type: 'predict', batch: { newWords: null, ...batch } })
  handle.send({ type: 'end' })
  return handle
}
