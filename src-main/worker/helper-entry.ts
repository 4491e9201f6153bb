/** Main file of a helper thread: one replica that shares a job with the thread that started it. */
import { parentPort, workerData } from 'node:worker_threads'
import { causeOf } from '#main/backends/backend-failure'
import { startBackend } from '#main/backends/ladder'
import type { Exchange } from '#main/training/exchange'
import { startReplica, type Replica } from '#main/training/replica'
import type { HelperReport, HelperRequest, SharedJob } from './pool-messages.ts'
import { openPredictor } from './open-predictor.ts'
import { giveWay } from './priority.ts'
import { openStateFolder } from './state-folder.ts'
import { openExchange } from './shared-exchange.ts'

const port = parentPort
if (!port) throw new Error('worker/helper-entry is a worker thread: start it through openThreadPool')
const post = (report: HelperReport): void => port.postMessage(report)

let pass: () => void = () => undefined
let exchange: Exchange | null = null

giveWay()
const job = workerData as SharedJob // passed by our own pool
const replica = startBackend(job.backend, 1).then(() => {
  post({ type: 'ready' })
  return job.kind === 'train'
    ? startReplica(job, job.statesFolder === null ? undefined : openStateFolder(job.statesFolder))
    : startPredictor(job)
})
let working: Promise<void> = replica.then(() => undefined, fail)

port.on('message', (request: HelperRequest) => {
  if (request.type === 'pass') pass()
  else working = working.then(() => workOn(request)).catch(fail)
})

async function workOn(request: Exclude<HelperRequest, { type: 'pass' }>): Promise<void> {
  const { step, predict, takeNotes } = await replica
  switch (request.type) {
    case 'connect':
      exchange = openExchange(request.memory, meet)
      return
    case 'step':
      if (!exchange) throw new Error('The helper thread was not connected to the others')
      await step(request.indices, exchange)
      for (const message of takeNotes()) post({ type: 'note', message })
      return
    case 'predict':
      post({ type: 'predictions', predictions: await predict(request.sentences) })
  }
}

/** The barrier: resolves when all replicas have reached it. */
function meet(): Promise<void> {
  const passed = new Promise<void>((resolve) => (pass = resolve))
  post({ type: 'reached' })
  return passed
}

function fail(error: unknown): void {
  post({ type: 'failed', message: error instanceof Error ? error.message : String(error), cause: causeOf(error) })
}

async function startPredictor(job: SharedJob & { kind: 'predict' }): Promise<Replica> {
  return {
    step: () => Promise.reject(new Error('A prediction job has no training steps')),
    predict: await openPredictor(job, job.backend),
    takeNotes: () => [],
  }
}
