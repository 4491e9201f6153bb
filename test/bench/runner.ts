/** One workload on one backend in this process, with its threads: training steps and extraction as a real run does them. */
import * as tf from '@tensorflow/tfjs-core'
import { withoutGold } from '#main/document/labelled-sentence'
import { startBackend } from '#main/backends/ladder'
import type { BackendChoice } from '#main/runs/backend-name'
import { defaultTraining } from '#main/runs/config'
import { exchangeLength } from '#main/training/exchange'
import { startLearner } from '#main/training/start-learner'
import { predictInWindows } from '#main/training/predict-in-windows'
import { pick } from '#main/training/pick'
import { predictorOf } from '#main/training/replica'
import { trainStep } from '#main/training/step'
import { planPool, toSharedJob } from '#main/worker/pool-plan'
import type { Machine } from '#main/worker/job'
import type { TrainJob } from '#main/compute/messages'
import { startMachine } from '#main/worker/start-machine'
import { openThreadPool } from '#main/worker/thread-pool'
import { startRare } from './rare-cells.ts'
import { generateSentences, modelOf, type Workload } from './workload.ts'

export interface RunnerOptions {
  readonly workload: Workload
  readonly backend: BackendChoice
  readonly threads: number
}

export interface Runner {
  /** Backend and threads in words. */
  readonly device: string
  /** One update of the weights; its loss. */
  step(): Promise<number>
  /** Reads so many sentences, 500 at most, and answers how many were read. */
  extract(count: number): Promise<number>
  close(): Promise<void>
}

/** A request for more reads these. */
const sentencesToRead = 500

/** Sentences in turn, so that no batch is learnt by heart. */
const batches = 4
const seed = 1

/** The compute worker's own, less its low priority: the peer has none either. */
const machine: Machine = {
  startBackend,
  peakMemoryMb: () => process.resourceUsage().maxRSS / 1024,
  openPool(job) {
    const running = tf.getBackend()
    const plan = planPool(job, running)
    return plan && openThreadPool(toSharedJob(job, running), plan)
  },
}

export async function startRunner(options: RunnerOptions): Promise<Runner> {
  const job = await makeJob(options)
  const { device, pool } = await startMachine(job, machine)
  const { learner } = await startLearner(job, null, job.train)
  const exchange = pool.connect(exchangeLength(learner.model.weights, job.training.batchSize))
  const predictors = [predictorOf(learner), ...pool.predictors]
  const unread = generateSentences(options.workload, sentencesToRead, seed + 1).map(withoutGold)
  const { batchSize } = options.workload
  return {
    device,
    async step() {
      const from = (learner.adam.step % batches) * batchSize
      const indices = Array.from({ length: batchSize }, (_, at) => from + at)
      pool.step(indices)
      return (await trainStep(learner, pick(job.train, indices), exchange)).losses.total
    },
    async extract(count) {
      const windows = predictInWindows(unread.slice(0, count), predictors, new AbortController().signal)
      let read = 0
      for await (const { predictions } of windows) read += predictions.length
      return read
    },
    close: () => pool.close(),
  }
}

async function makeJob({ workload, backend, threads }: RunnerOptions): Promise<TrainJob> {
  await startBackend(backend, threads)
  const job: TrainJob = {
    ...{ kind: 'train', backend, threads, model: modelOf(workload) },
    training: { ...defaultTraining, batchSize: workload.batchSize },
    train: generateSentences(workload, batches * workload.batchSize, seed),
    ...{ dev: [], vectors: null, encoder: null, statesFolder: null, from: null, resume: null },
  }
  return { ...job, dev: job.train.slice(0, 1), from: await startRare(job) }
}
