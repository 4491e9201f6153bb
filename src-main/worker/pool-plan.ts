/** How many threads share a job: as many as were asked for, unless the backend, the memory or the job itself says fewer. */
import { availableParallelism, platform, totalmem } from 'node:os'
import { countWeights } from '#main/model/joint-model'
import { gainsByThreads } from '#main/runs/thread-gain'
import { costModel } from '#main/training/shares'
import type { SharedJob } from './pool-messages.ts'
import type { PredictJob, TrainJob } from '#main/compute/messages'

export interface PoolPlan {
  /** Threads in all. */
  readonly size: number
  /** Why they are fewer than asked for, in words that go behind the device; null when they are not. */
  readonly remark: string | null
}

/** Under Linux compute threads give way to the window by their priority; elsewhere a core is left to it. */
export function defaultThreads(cores = availableParallelism(), system: string = platform()): number {
  const free = system === 'linux' || cores <= 2 ? cores : cores - 1
  return Math.min(free, mostByDefault)
}

/** Shares of a batch of 50 get too small for more. */
const mostByDefault = 16

/** These bring threads, or a graphics card, of their own; `auto` was resolved before. */
const ownThreads: ReadonlySet<string> = new Set(['tensorflow', 'webgpu'])

/** `backend` is what runs, by TensorFlow.js' name; null when it brings its own threads. */
export function planPool(job: TrainJob | PredictJob, backend: string, memory = totalmem()): PoolPlan | null {
  if (ownThreads.has(backend)) return null
  const asked = Math.min(job.threads === 0 ? defaultThreads() : job.threads, mostUseful(job))
  if (asked === 1) return { size: 1, remark: null }
  if (!('SharedArrayBuffer' in globalThis))
    return { size: 1, remark: 'more would need shared memory, which is missing' }
  const fitting = Math.max(1, Math.floor(memory / 2 / replicaBytes(job)))
  if (fitting >= asked) return { size: asked, remark: null }
  return { size: fitting, remark: `${asked} would need more than half of the memory` }
}

/** The job as helpers get it: sentences to read come piece by piece. `backend` as in `planPool`. */
export function toSharedJob(job: TrainJob | PredictJob, backend: string): SharedJob {
  const ownKernels = job.backend === 'wasm-wide' ? 'wasm-wide' : 'wasm'
  const name = backend === 'wasm' ? ownKernels : 'plain'
  if (job.kind === 'train') return { ...job, backend: name }
  const { sentences: _piecewise, ...shared } = job
  return { ...shared, backend: name }
}

/** A helper takes about as long to start as to read this many sentences. */
const sentencesPerHelper = 256

/** Multiplications in a share of an update, a few milliseconds' worth: for less, meeting takes longer than the work. */
const leastShare = 10e6

function mostUseful(job: TrainJob | PredictJob): number {
  if (job.kind === 'predict') return Math.max(1, Math.floor(job.sentences.length / sentencesPerHelper))
  const { model, training, train, threads } = job
  if (threads > 0) return training.batchSize
  if (!gainsByThreads(model)) return 1
  const costOf = costModel(model)
  const all = train.reduce((sum, { words }) => sum + costOf(words.length), 0)
  const ofUpdate = (all / Math.max(1, train.length)) * training.batchSize
  return Math.max(1, Math.min(training.batchSize, Math.floor(ofUpdate / leastShare)))
}

/** A thread with its backend and the tensors of a share. */
const threadBytes = 300e6
const bytesPerFloat = 4

/** Weights, two moments, gradient, its row in shared memory, and what is made on the way: measured with a BERT. */
const copiesOfWeights = { train: 9, predict: 2 } as const
/** An encoder's files, its weights as they are read, and as tensors. */
const copiesOfEncoder = 5

function replicaBytes(job: TrainJob | PredictJob): number {
  const encoder = Object.values(job.encoder ?? {}).reduce((sum, { length }) => sum + length, 0)
  return threadBytes + copiesOfWeights[job.kind] * weightBytes(job) + copiesOfEncoder * encoder
}

function weightBytes(job: TrainJob | PredictJob): number {
  const stored = job.kind === 'train' ? (job.resume ?? job.from) : job.checkpoint
  const fromFile = stored?.['weights.safetensors']?.length ?? 0
  if (job.kind === 'predict' || job.resume) return fromFile
  const words = new Set(job.train.flatMap((sentence) => sentence.words.map((word) => word.toLowerCase())))
  const vocabulary = words.size + (job.vectors?.words.length ?? 0)
  return fromFile + countWeights(job.model, vocabulary).all * bytesPerFloat
}
