/** Main file of a helper thread: one replica that shares a job with the thread that started it. */
import { parentPort, workerData } from 'node:worker_threads'
import { causeOf } from '#main/backends/backend-failure'
import { startBackend } from '#main/backends/ladder'
import type { Exchange } from '#main/training/exchange'
import { startReplica, type Replica } from '#main/training/replica'
import type { PredictJob, TrainJob } from '#main/compute/messages'
import type { PredictedAs } from '#main/runs/predicted-as'
import type { WordVectors } from '#main/pretrained/vector-reader'
import type { Predictor } from '#main/training/predict-in-windows'
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
  return job.kind === 'train' ? startTraining(job) : startPredicting(job)
})
let working: Promise<void> = replica.then(() => undefined, fail)

port.on('message', (request: HelperRequest) => {
  if (request.type === 'pass') pass()
  else working = working.then(() => workOn(request)).catch(fail)
})

async function workOn(request: Exclude<HelperRequest, { type: 'pass' }>): Promise<void> {
  const { step, predict, changeWords, takeNotes } = await replica
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
      post({ type: 'predictions', predictions: await predict(request.sentences, request.how) })
      return
    case 'words':
      changeWords(request.words, request.forgets)
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

/** A replica of either kind of job; what the other kind asks for, nobody asks of it. */
interface AnyReplica extends Omit<Replica, 'predict'> {
  readonly predict: Predictor<PredictedAs | undefined>
  changeWords(words: WordVectors | null, forgets: boolean): void
}

async function startTraining(job: TrainJob): Promise<AnyReplica> {
  const replica = await startReplica(job, job.statesFolder === null ? undefined : openStateFolder(job.statesFolder))
  return { ...replica, predict: (sentences) => replica.predict(sentences, undefined), changeWords: () => undefined }
}

async function startPredicting(job: PredictJob): Promise<AnyReplica> {
  const { predict, changeWords } = await openPredictor(job, job.backend)
  return {
    step: () => Promise.reject(new Error('A prediction job has no training steps')),
    predict,
    changeWords: (newWords, forgetsWords) => changeWords({ newWords, forgetsWords }),
    takeNotes: () => [],
  }
}
