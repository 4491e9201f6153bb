/** What crosses between the services and the compute worker. A worker gets data and bytes, and returns events; it owns nothing. */
import type { FailureCause } from '#main/backends/backend-failure'
import type { LabelledSentence, SentenceWords } from '#main/document/labelled-sentence'
import type { Prediction } from '#main/document/prediction'
import type { Scores } from '#main/evaluation/scores'
import type { WordVectors } from '#main/pretrained/vector-reader'
import type { BackendChoice, BackendName } from '#main/runs/backend-name'
import type { ModelConfig } from '#main/runs/config'
import type { TrainingConfig } from '#main/runs/setting-values'
import type { MetricPoint } from '#main/runs/run'
import type { SaveRhythm } from '#main/training/job'

/** A checkpoint's files by name: config.json, vocabulary.txt, weights.safetensors, metrics.json, optimizer.safetensors. */
export type CheckpointBytes = Readonly<Record<string, Uint8Array>>

interface Device {
  readonly backend: BackendChoice
  readonly threads: number
}

/** Trains until done or cancelled. `from` starts warm with its weights; `resume` goes on where it stopped. */
export interface TrainJob extends Device {
  readonly kind: 'train'
  readonly model: ModelConfig
  readonly training: TrainingConfig
  readonly train: readonly LabelledSentence[]
  readonly dev: readonly LabelledSentence[]
  /** Rows of a word-vector file, only those that its words need. */
  readonly vectors: WordVectors | null
  /** The folder of a BERT, bytes by file name. */
  readonly encoder: CheckpointBytes | null
  /** Folder of a cache that is the worker's own: what a frozen encoder made of sentences. */
  readonly statesFolder: string | null
  readonly from: CheckpointBytes | null
  readonly resume: CheckpointBytes | null
  /** When the state of an unfinished epoch is saved; every two minutes where it is left out. */
  readonly saveEvery?: SaveRhythm
}

/** Reads sentences with a checkpoint. */
export interface PredictJob extends Device {
  readonly kind: 'predict'
  readonly checkpoint: CheckpointBytes
  /** The folder of a frozen BERT, which no checkpoint holds. */
  readonly encoder: CheckpointBytes | null
  /** Of words that the checkpoint may not know. */
  readonly vectors: WordVectors | null
  readonly sentences: readonly SentenceWords[]
  /** A cell at or above it is a triple; null takes the checkpoint's own. */
  readonly threshold: number | null
  /** Draws the stochastic maps by this seed; left out, they are read as the run was configured. */
  readonly sampleSeed?: number
}

/** Tries every backend and says why each can or cannot be used. */
export interface ProbeJob {
  readonly kind: 'probe'
}

/** Takes a few steps with a backend, to see how fast it is here. */
export interface MeasureJob {
  readonly kind: 'measure'
  readonly backend: BackendName
  readonly threads: number
}

export type Job = TrainJob | PredictJob | ProbeJob | MeasureJob

export interface ProbedBackend {
  readonly name: BackendName
  /** Only taken unasked where it was measured, and had the same losses there as others. */
  readonly isExperimental: boolean
  readonly isAvailable: boolean
  readonly reason: string
}

/** Where a training job stands. */
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

/** One epoch is done: its metrics, the state to resume from, and whether it is the best so far. */
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
  /** The state within an epoch, to go on from. */
  | { readonly type: 'checkpoint'; readonly checkpoint: CheckpointBytes }
  /** A plain sentence worth telling: smaller shards after lack of memory, spans that were left out. */
  | { readonly type: 'note'; readonly message: string }
  | {
      readonly type: 'trained'
      readonly bestEpoch: number
      readonly bestDev: Scores
      readonly reason: 'epochs' | 'early-stop'
    }
  /** Predictions of sentences `from` onwards, in order. */
  | { readonly type: 'predictions'; readonly from: number; readonly predictions: readonly Prediction[] }
  | { readonly type: 'probed'; readonly backends: readonly ProbedBackend[]; readonly chosen: BackendName }
  /** With the losses of its first steps: the same everywhere, but for rounding. */
  | { readonly type: 'measured'; readonly stepsPerSecond: number; readonly losses: readonly number[] }
  | { readonly type: 'done' }
  /** After the cause `backend` the job can go on elsewhere from its last checkpoint. */
  | { readonly type: 'failed'; readonly message: string; readonly cause: FailureCause }

/** To the worker. One job at a time per worker. */
export type WorkerRequest =
  | { readonly type: 'start'; readonly job: Job }
  /** Stop after the present step; answered by `done`. */
  | { readonly type: 'cancel' }

/** A running job: its events until `done`; breaking out of the loop cancels it. Rejects with the sentence of `failed`: a BackendFailure where that was the cause. */
export interface JobHandle {
  readonly events: AsyncIterable<WorkerEvent>
  cancel(): void
}

/** How the services reach compute, however the program was started. */
export interface ComputeHost {
  run(job: Job): JobHandle
  close(): Promise<void>
}
