/**
 * Messages between the services and a compute process. A process gets data and bytes and returns events; it owns no
 * files.
 */
import type { PredictedAs } from '#main/runs/predicted-as'
import type { FailureCause } from '#main/backends/backend-failure'
import type { LabelledSentence, SentenceWords } from '#main/document/labelled-sentence'
import type { Scores } from '#main/evaluation/scores'
import type { WordVectors } from '#main/pretrained/vector-reader'
import type { BackendChoice, BackendName } from '#main/runs/backend-name'
import type { ModelConfig } from '#main/runs/config'
import type { TrainingConfig } from '#main/runs/setting-values'
import type { MetricPoint } from '#main/runs/run'
import type { SaveRhythm } from '#main/training/job'
import type { PackedPredictions } from './packed-predictions.ts'

/**
 * Files of a checkpoint by name: config.json, vocabulary.txt, weights.safetensors, metrics.json,
 * optimizer.safetensors.
 */
export type CheckpointBytes = Readonly<Record<string, Uint8Array>>

interface Device {
  readonly backend: BackendChoice
  readonly threads: number
}

/** Trains until done or cancelled. `from` is a checkpoint for a warm start; `resume` is one to continue. */
export interface TrainJob extends Device {
  readonly kind: 'train'
  readonly model: ModelConfig
  readonly training: TrainingConfig
  readonly train: readonly LabelledSentence[]
  readonly dev: readonly LabelledSentence[]
  /** Rows of a word-vector file, only those that the job's words need. */
  readonly vectors: WordVectors | null
  /** Files of a BERT folder by name. */
  readonly encoder: CheckpointBytes | null
  /** Folder of the process' own cache of states of a frozen encoder. */
  readonly statesFolder: string | null
  readonly from: CheckpointBytes | null
  readonly resume: CheckpointBytes | null
  /** Interval at which the state of an unfinished epoch is saved; two minutes where it is left out. */
  readonly saveEvery?: SaveRhythm
}

/** Predicts sentences with a checkpoint: batch by batch as they are sent, until it is told that no further one comes. */
export interface PredictJob extends Device {
  readonly kind: 'predict'
  readonly checkpoint: CheckpointBytes
  /** Files of a frozen BERT's folder, which no checkpoint contains. */
  readonly encoder: CheckpointBytes | null
  /** Probability from which a cell is a triple; null takes the checkpoint's own. */
  readonly threshold: number | null
}

/** Sentences that a prediction job is given while it runs; those that are shown their gold come with it. */
export interface PredictBatch extends PredictedAs {
  readonly sentences: readonly SentenceWords[]
  /** Vectors of words that the checkpoint may not know, beside those that came with former batches. */
  readonly newWords: WordVectors | null
  /** Whether the words of former batches are let go first; those batches must have been answered. */
  readonly forgetsWords?: boolean
}

/** Probes every backend, with the reason why it can or cannot be used. */
interface ProbeJob {
  readonly kind: 'probe'
}

/** Measures the speed of a backend by a few training steps. */
export interface MeasureJob {
  readonly kind: 'measure'
  readonly backend: BackendName
  readonly threads: number
}

export type Job = TrainJob | PredictJob | ProbeJob | MeasureJob

export interface ProbedBackend {
  readonly name: BackendName
  /** Whether `auto` may only take it where it was measured and had the same losses as others. */
  readonly isExperimental: boolean
  readonly isAvailable: boolean
  readonly reason: string
}

/** Progress of a training job after a step. */
export interface StepEvent {
  readonly type: 'step'
  readonly epoch: number
  readonly epochs: number
  readonly step: number
  readonly stepInEpoch: number
  readonly stepsPerEpoch: number
  readonly loss: number
  readonly secondsLeft: number | null
}

/** End of an epoch: its metrics, the state to resume from, and whether it is the best so far. */
export interface EpochEvent {
  readonly type: 'epoch'
  readonly point: MetricPoint
  readonly isBest: boolean
  readonly checkpoint: CheckpointBytes
}

export type WorkerEvent =
  | { readonly type: 'device'; readonly device: string }
  | StepEvent
  | EpochEvent
  /** State within an epoch, to resume from. */
  | { readonly type: 'checkpoint'; readonly checkpoint: CheckpointBytes }
  /**
   * A note in a plain sentence, for example about smaller shards after lack of memory, or about gold that is left out.
   */
  | { readonly type: 'note'; readonly message: string }
  | {
      readonly type: 'trained'
      readonly bestEpoch: number
      readonly bestDev: Scores
      readonly reason: 'epochs' | 'early-stop' | 'time'
    }
  /** Predictions in order, of the sentences of one batch; `from` counts the sentences of the job that came before. */
  | { readonly type: 'predictions'; readonly from: number; readonly predictions: PackedPredictions }
  | { readonly type: 'probed'; readonly backends: readonly ProbedBackend[]; readonly chosen: BackendName }
  /** Speed and the losses of the first steps, which are the same on every backend but for rounding. */
  | { readonly type: 'measured'; readonly stepsPerSecond: number; readonly losses: readonly number[] }
  | { readonly type: 'done' }
  /** A failure. After the cause `backend` the job can continue on another backend from its last checkpoint. */
  | { readonly type: 'failed'; readonly message: string; readonly cause: FailureCause }

/** What a prediction job is told while it runs. */
export type BatchRequest =
  | { readonly type: 'predict'; readonly batch: PredictBatch }
  /** No further batch comes: the job is done when those that came are answered. */
  | { readonly type: 'end' }

/** Requests to a process, which serves one job at a time. */
export type WorkerRequest =
  | { readonly type: 'start'; readonly job: Job }
  | BatchRequest
  /** Stops after the present step; answered by `done`. */
  | { readonly type: 'cancel' }

/**
 * A running job with its events until `done`. Leaving the loop cancels it. The loop throws the message of `failed`, as
 * a BackendFailure where that was the cause.
 */
export interface JobHandle {
  readonly events: AsyncIterable<WorkerEvent>
  cancel(): void
  /** For a prediction job. */
  send(request: BatchRequest): void
  /** Sets whether the program waits for the job; one that has nothing to predict for now keeps no program alive. */
  hold(isHeld: boolean): void
}

/** Access of the services to compute, however the program was started. */
export interface ComputeHost {
  run(job: Job): JobHandle
  close(): Promise<void>
}
