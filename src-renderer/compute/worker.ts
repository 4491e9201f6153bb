/** One compute worker of a page: the jobs of src-main/worker on the browser's WebGPU, one at a time. */
import * as tf from '@tensorflow/tfjs-core'
import { startPageBackend } from '#main/backends/webgpu-page'
import { decodeFrame, encodeFrame } from '#main/compute/frames'
import type { Machine } from '#main/worker/job'
import { runMeasureJob } from '#main/worker/measure-job'
import type { Job, PredictBatch, WorkerEvent, WorkerRequest } from '#main/compute/messages'
import { runPredictJob } from '#main/worker/predict-job'
import { serveJobs } from '#main/worker/serve'
import { runTrainJob } from '#main/worker/train-job'
import type { FromWorker } from './pool.ts'

/** The worker's global scope with its own `postMessage`, which the window's types lack. */
const scope = globalThis as unknown as { postMessage(message: FromWorker, transfer: Transferable[]): void }

const bytesPerMegabyte = 1024 * 1024

const machine: Machine = {
  startBackend: startPageBackend,
  // a page cannot measure the memory of its process, so this counts tensors alone
  peakMemoryMb: () => tf.memory().numBytes / bytesPerMegabyte,
}

const serve = serveJobs(runJob, post)
addEventListener('message', ({ data }: MessageEvent<Uint8Array>) => serve(decodeFrame(data) as WorkerRequest))

function runJob(job: Job, signal: AbortSignal, batches: AsyncIterable<PredictBatch>): AsyncGenerator<WorkerEvent> {
  switch (job.kind) {
    case 'train':
      return runTrainJob(job, signal, machine)
    case 'predict':
      return runPredictJob(job, signal, machine, batches)
    case 'measure':
      return runMeasureJob(job, signal, machine)
    case 'probe':
      throw new Error('A page is not asked which backends there are: it has one.')
  }
}

function post(event: WorkerEvent): void {
  const frame = encodeFrame(event)
  const isOver = event.type === 'done' || event.type === 'failed'
  scope.postMessage({ frame, isOver, isReusable: event.type === 'done' }, [frame.buffer])
}
