/** Main file of a compute process: jobs come in, events go out. */
import { flushCompileCache } from 'node:module'
import * as tf from '@tensorflow/tfjs-core'
import { startBackend } from '#main/backends/ladder'
import { planPool, toSharedJob } from './pool-plan.ts'
import type { Machine } from './job.ts'
import { runMeasureJob } from './measure-job.ts'
import type { Job, PredictBatch, WorkerEvent } from '#main/compute/messages'
import { peakMemoryMb } from './peak-memory.ts'
import { openPort } from './port.ts'
import { runPredictJob } from './predict-job.ts'
import { giveWay } from './priority.ts'
import { runProbeJob } from './probe-job.ts'
import { serveJobs } from './serve.ts'
import { openThreadPool } from './thread-pool.ts'
import { runTrainJob } from './train-job.ts'
import { openStateFolder } from './state-folder.ts'

const port = openPort()

const machine: Machine = {
  startBackend,
  peakMemoryMb,
  openStates: openStateFolder,
  planPool: (job) => planPool(job, tf.getBackend()),
  openPool(job, plan = planPool(job, tf.getBackend())) {
    return plan && openThreadPool(toSharedJob(job, tf.getBackend()), plan)
  },
}

process.on('SIGINT', () => undefined) // a terminal sends Ctrl+C to the whole group: the program says when to stop
giveWay()
flushCompileCache() // flushed now, since this process will be killed and never exits by itself
port.onRequest(serveJobs(runJob, port.post))

function runJob(job: Job, signal: AbortSignal, batches: AsyncIterable<PredictBatch>): AsyncGenerator<WorkerEvent> {
  switch (job.kind) {
    case 'train':
      return runTrainJob(job, signal, machine)
    case 'predict':
      return runPredictJob(job, signal, machine, batches)
    case 'probe':
      return runProbeJob()
    case 'measure':
      return runMeasureJob(job, signal, machine)
  }
}
