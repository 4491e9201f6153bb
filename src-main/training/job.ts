/** Input and events of a training job: plain data that crosses between the services and the compute worker. */
import type { LabelledSentence } from '#main/document/labelled-sentence'
import type { Scores } from '#main/evaluation/scores'
import type { FolderFiles } from '#main/pretrained/bert-folder'
import type { WordVectors } from '#main/pretrained/vector-reader'
import type { CheckpointFiles } from '#main/models/checkpoint'
import type { ModelConfig } from '#main/runs/config'
import type { TrainingConfig } from '#main/runs/setting-values'
import type { MetricPoint } from '#main/runs/run'

export interface TrainingJob {
  /** Configuration of the model; unused by `resume`, whose checkpoint has its own. */
  readonly model: ModelConfig
  readonly training: TrainingConfig
  readonly train: readonly LabelledSentence[]
  /** Sentences that select the epoch, at least one. */
  readonly dev: readonly LabelledSentence[]
  /** Word vectors to start from. */
  readonly vectors: WordVectors | null
  /** Files of a BERT folder by name: the start of a trained encoder, and the whole of a frozen one. */
  readonly encoder: FolderFiles | null
  /** Checkpoint whose weights are the start, where their names fit. */
  readonly from: CheckpointFiles | null
  /** Checkpoint to continue from, also within an epoch, as if training had never stopped. */
  readonly resume: CheckpointFiles | null
  /** Interval at which the state of an unfinished epoch is saved; two minutes where it is left out. */
  readonly saveEvery?: SaveRhythm
}

/** Interval between two saves, in seconds, or in updates where it must not depend on the speed of the machine. */
export type SaveRhythm = { readonly seconds: number } | { readonly steps: number }

/** Reasons why training comes to its end: all epochs, none that was better for long, or the minutes that it was given. */
export type EndReason = 'epochs' | 'early-stop' | 'time'

export type TrainingEvent =
  | {
      readonly type: 'step'
      readonly epoch: number
      readonly epochs: number
      /** Number of updates so far. */
      readonly step: number
      readonly stepInEpoch: number
      readonly stepsPerEpoch: number
      /** Total loss of the step's batch. */
      readonly loss: number
      /** Seconds left if every epoch is needed; null while there are too few steps to estimate from. */
      readonly secondsLeft: number | null
    }
  | {
      readonly type: 'epoch'
      readonly point: MetricPoint
      readonly isBest: boolean
      readonly checkpoint: CheckpointFiles
    }
  /** State within an epoch: a checkpoint to resume from, never one to predict with. */
  | { readonly type: 'checkpoint'; readonly checkpoint: CheckpointFiles }
  | { readonly type: 'note'; readonly message: string }
  | {
      readonly type: 'trained'
      readonly bestEpoch: number
      readonly bestDev: Scores
      readonly reason: EndReason
    }
