/** What training is given and what it tells while it works: plain data, as it crosses to and from the compute worker. */
import type { LabelledSentence } from '#main/document/labelled-sentence'
import type { Scores } from '#main/evaluation/scores'
import type { FolderFiles } from '#main/pretrained/bert-folder'
import type { WordVectors } from '#main/pretrained/vector-reader'
import type { CheckpointFiles } from '#main/model/checkpoint'
import type { ModelConfig } from '#main/runs/config'
import type { TrainingConfig } from '#main/runs/setting-values'
import type { MetricPoint } from '#main/runs/run'

export interface TrainingJob {
  /** Unused by `resume`, which brings its own. */
  readonly model: ModelConfig
  readonly training: TrainingConfig
  readonly train: readonly LabelledSentence[]
  /** When empty, a seeded tenth of `train` takes its place. */
  readonly dev: readonly LabelledSentence[]
  /** Word vectors to start from. */
  readonly vectors: WordVectors | null
  /** The folder of a BERT, bytes by file name: to start from, and all along where it is frozen. */
  readonly encoder: FolderFiles | null
  /** Starts with these weights, where their names fit. */
  readonly from: CheckpointFiles | null
  /** Goes on where this checkpoint was taken, also within an epoch, as if it had never stopped. */
  readonly resume: CheckpointFiles | null
  /** When the state of an unfinished epoch is saved; every two minutes where it is left out. */
  readonly saveEvery?: SaveRhythm
}

/** By updates where it must not depend on how fast the machine is. */
export type SaveRhythm = { readonly seconds: number } | { readonly steps: number }

export type TrainingEvent =
  | {
      readonly type: 'step'
      readonly epoch: number
      readonly epochs: number
      /** Updates so far. */
      readonly step: number
      readonly stepInEpoch: number
      readonly stepsPerEpoch: number
      /** Total loss of the step's batch. */
      readonly loss: number
      /** If every epoch is needed; null while there is too little to judge by. */
      readonly secondsLeft: number | null
    }
  | {
      readonly type: 'epoch'
      readonly point: MetricPoint
      readonly isBest: boolean
      readonly checkpoint: CheckpointFiles
    }
  /** The state within an epoch: to go on from, never a model to read with. */
  | { readonly type: 'checkpoint'; readonly checkpoint: CheckpointFiles }
  | { readonly type: 'note'; readonly message: string }
  | {
      readonly type: 'trained'
      readonly bestEpoch: number
      readonly bestDev: Scores
      readonly reason: 'epochs' | 'early-stop'
    }
