/** One workload on one backend in this process: training steps and extraction as a real run does them. */
import * as tf from '@tensorflow/tfjs-core'
import { startBackend } from '#main/backends/ladder'
import { predictSentences } from '#main/extraction/predict'
import type { JointModel } from '#main/model/joint-model'
import { defaultTraining, type BackendChoice } from '#main/runs/config'
import { startLearner } from '#main/training/learner'
import { trainStep } from '#main/training/step'
import { generateSentences, modelOf, type Workload } from './workload.ts'

export interface RunnerOptions {
  readonly workload: Workload
  readonly backend: BackendChoice
  readonly threads: number
}

export interface Runner {
  /** Backend in words. */
  readonly device: string
  /** One update of the weights; its loss. */
  step(): Promise<number>
  /** Reads so many sentences, 500 at most. */
  extract(count: number): Promise<void>
  close(): Promise<void>
}

/** A request for more reads these. */
export const sentencesToRead = 500

/** Sentences in turn, so that no batch is learnt by heart. */
const batches = 4
const seed = 1

export async function startRunner({ workload, backend, threads }: RunnerOptions): Promise<Runner> {
  const device = await startBackend(backend, threads)
  const model = modelOf(workload)
  const { batchSize } = workload
  const train = generateSentences(workload, batches * batchSize, seed)
  const job = { model, training: defaultTraining, train, dev: [], vectors: null, from: null, resume: null }
  const { learner } = await startLearner(job, null, train)
  expectFewCells(learner.model)
  const { threshold } = defaultTraining
  const unread = generateSentences(workload, sentencesToRead, seed + 1).map(({ words }) => words)
  return {
    device,
    async step() {
      const from = (learner.adam.step % batches) * batchSize
      return (await trainStep(learner, train.slice(from, from + batchSize))).total
    },
    async extract(count) {
      await predictSentences(learner.model, learner.vocabulary, unread.slice(0, count), { threshold })
    },
    async close() {
      learner.adam.dispose()
      learner.model.dispose()
    },
  }
}

/** Untrained, half of all cells would be read as relations; a trained model finds a few. */
function expectFewCells({ weights }: JointModel): void {
  for (const head of ['early', 'final']) {
    const bias = weights.get(`${head}.relation.out.bias`)
    if (bias) tf.tidy(() => bias.assign(tf.sub(bias, rarity)))
  }
}

/** Logit of a cell, about that of `goldShare`. */
const rarity = 8
