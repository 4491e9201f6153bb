/** The compute worker's main file: takes one job at a time and posts its events until `done` or `failed`. */
import { parentPort } from 'node:worker_threads'
import type { Job, WorkerEvent, WorkerRequest } from './messages.ts'
import { runPredictJob } from './predict-job.ts'
import { runProbeJob } from './probe-job.ts'
import { runTrainJob } from './train-job.ts'

const port = parentPort
if (!port) throw new Error('worker/entry is a worker thread: start it through createThreadHost')

let current: AbortController | null = null

port.on('message', (request: WorkerRequest) => {
  if (request.type === 'cancel') current?.abort()
  else void work(request.job)
})

async function work(job: Job): Promise<void> {
  if (current) return post({ type: 'failed', message: 'The compute worker is busy with another job.' })
  current = new AbortController()
  try {
    for await (const event of runJob(job, current.signal)) {
      post(event)
      // cancellations come in between events
      await new Promise((resolve) => setImmediate(resolve))
    }
    post({ type: 'done' })
  } catch (error) {
    post({ type: 'failed', message: error instanceof Error ? error.message : String(error) })
  } finally {
    current = null
  }
}

function runJob(job: Job, signal: AbortSignal): AsyncGenerator<WorkerEvent> {
  switch (job.kind) {
    case 'train':
      return runTrainJob(job, signal)
    case 'predict':
      return runPredictJob(job, signal)
    case 'probe':
      return runProbeJob(job, signal)
  }
}

/** Checkpoints are moved, not copied: nobody here needs them afterwards. */
function post(event: WorkerEvent): void {
  const files = event.type === 'epoch' ? Object.values(event.checkpoint) : []
  port?.postMessage(event, [...new Set(files.map(({ buffer }) => buffer as ArrayBuffer))]) // not shared: made for this event
}
