/**
 * The compute worker of a machine that claims to have a graphics card and TensorFlow's library: the card is fast and
 * breaks down in the middle of the work, the library as soon as it is tried. What is computed comes from WebAssembly.
 */
import { BackendFailure } from '#main/backends/backend-failure'
import { startBackend } from '#main/backends/ladder'
import type { Machine } from '#main/worker/job'
import type { Job, PredictBatch, WorkerEvent } from '#main/compute/messages'
import { openPort } from '#main/worker/port'
import { runPredictJob } from '#main/worker/predict-job'
import { runProbeJob } from '#main/worker/probe-job'
import { serveJobs } from '#main/worker/serve'
import { runTrainJob } from '#main/worker/train-job'

/** Sentences at the end of every reading that the card does not survive. */
const neverRead = 7

const machine: Machine = { startBackend, peakMemoryMb: () => 1 }
const port = openPort()
port.onRequest(serveJobs(runJob, port.post))

async function* runJob(
  job: Job,
  signal: AbortSignal,
  batches: AsyncIterable<PredictBatch>,
): AsyncGenerator<WorkerEvent> {
  switch (job.kind) {
    case 'probe':
      for await (const event of runProbeJob())
        yield event.type === 'probed' ? { ...event, backends: event.backends.map(claim) } : event
      return
    case 'measure':
      if (job.backend === 'tensorflow') process.exit(3)
      yield measured(job.backend)
      return
    case 'train':
      for await (const event of runTrainJob({ ...job, backend: 'wasm' }, signal, machine)) {
        yield event
        if (job.backend === 'webgpu' && event.type === 'epoch')
          throw new BackendFailure('The graphics card stopped in the middle of its work.')
      }
      return
    case 'predict':
      for await (const event of runPredictJob({ ...job, backend: 'wasm' }, signal, machine, batches)) {
        if (job.backend !== 'webgpu' || event.type !== 'predictions') yield event
        else {
          const { names, predictions } = event.predictions
          const most = Math.max(0, predictions.length - neverRead)
          yield { ...event, predictions: { names, predictions: predictions.slice(0, most) } }
          process.exit(3)
        }
      }
  }
}

/** The wide one is as fast as the card, but wrong. */
function measured(backend: string): WorkerEvent {
  const losses = backend === 'wasm-wide' ? [2, 1.5, 1.1] : [2, 1.5, 1]
  return { type: 'measured', stepsPerSecond: backend === 'webgpu' || backend === 'wasm-wide' ? 30 : 10, losses }
}

function claim<Probed extends { readonly name: string }>(backend: Probed): Probed {
  const isClaimed = ['webgpu', 'wasm-wide', 'tensorflow'].includes(backend.name)
  return isClaimed ? { ...backend, isAvailable: true, reason: `a made-up ${backend.name}` } : backend
}
