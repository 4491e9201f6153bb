/** The compute worker's main file under Node: jobs come in and events go out through the thread's port. */
import { parentPort } from 'node:worker_threads'
import { startBackend } from '#main/backends/ladder'
import type { Machine } from './job.ts'
import type { Job, WorkerEvent, WorkerRequest } from './messages.ts'
import { runPredictJob } from './predict-job.ts'
import { runProbeJob } from './probe-job.ts'
import { serveJobs } from './serve.ts'
import { runTrainJob } from './train-job.ts'

const port = parentPort
if (!port) throw new Error('worker/entry is a worker thread: start it through createThreadHost')

const machine: Machine = {
  startBackend,
  peakMemoryMb: () => process.resourceUsage().maxRSS / 1024,
}

const serve = serveJobs(runJob, post)
port.on('message', (request: WorkerRequest) => serve(request))

function runJob(job: Job, signal: AbortSignal): AsyncGenerator<WorkerEvent> {
  switch (job.kind) {
    case 'train':
      return runTrainJob(job, signal, machine)
    case 'predict':
      return runPredictJob(job, signal, machine)
    case 'probe':
      return runProbeJob()
  }
}

/** Checkpoints are moved, not copied: nobody here needs them afterwards. */
function post(event: WorkerEvent): void {
  const files = event.type === 'epoch' ? Object.values(event.checkpoint) : []
  port?.postMessage(event, [...new Set(files.map(({ buffer }) => buffer as ArrayBuffer))]) // not shared: made for this event
}
