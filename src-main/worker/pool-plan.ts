/**
 * Number of threads that share a job: as many as were asked for, unless the backend, the memory or the job allows
 * fewer.
 */
import { availableParallelism, platform, totalmem } from 'node:os'
import { countWeights } from '#main/models/model'
import { gainsByThreads } from '#main/runs/thread-gain'
import { costModel } from '#main/training/shares'
import type { SharedJob } from './pool-messages.ts'
import type { PoolPlan } from './threads-worth.ts'
import type { PredictJob, TrainJob } from '#main/compute/messages'

/**
 * Number of threads where none was asked for. Under Linux compute threads give way to the window by their priority;
 * elsewhere one core is left to it.
 */
export function defaultThreads(cores = availableParallelism(), system: string = platform()): number {
  const free = system === 'linux' || cores <= 2 ? cores : cores - 1
  return Math.min(free, mostByDefault)
}

/** Largest number of threads that is used unasked. With more, the shares of a batch of 50 get too small. */
const mostByDefault = 16

/** Backends, by TensorFlow.js' name, with threads or a graphics card of their own. `auto` was resolved before. */
const ownThreads: ReadonlySet<string> = new Set(['tensorflow', 'webgpu'])

/** Plan for a job on `backend`, the running backend by TensorFlow.js' name; null when it has threads of its own. */
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

/** The job as helpers get it. `backend` as in `planPool`. */
export function toSharedJob(job: TrainJob | PredictJob, backend: string): SharedJob {
  const ownKernels = job.backend === 'wasm-wide' ? 'wasm-wide' : 'wasm'
  const name = backend === 'wasm' ? ownKernels : 'plain'
  return { ...job, backend: name }
}

/**
 * Number of multiplications, a few milliseconds' worth, below which a share of an update takes less time than its
 * exchange.
 */
const leastShare = 10e6

function mostUseful(job: TrainJob | PredictJob): number {
  if (job.kind === 'predict') return Infinity
  const { model, training, train, threads } = job
  if (threads > 0) return training.batchSize
  if (!gainsByThreads(model)) return 1
  const costOf = costModel(model)
  const all = train.reduce((sum, { words }) => sum + costOf(words.length), 0)
  const ofUpdate = (all / Math.max(1, train.length)) * training.batchSize
  return Math.max(1, Math.min(training.batchSize, Math.floor(ofUpdate / leastShare)))
}

/** Bytes of a thread with its backend and the tensors of a share. */
const threadBytes = 300e6
const bytesPerFloat = 4

/**
 * Copies of the weights: weights, two moments, gradient, its row in shared memory, and temporary ones. Measured with a
 * BERT.
 */
const copiesOfWeights = { train: 9, predict: 2 } as const
/** Copies of an encoder: its files, its weights as parsed, and its tensors. */
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
