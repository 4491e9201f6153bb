/** Learner: the model that is trained, with its optimiser, settings and memory limits. */
import type { Model } from '#main/models/model'
import type { Lexicon } from '#main/models/encoders/lexicon'
import type { TrainingConfig } from '#main/runs/setting-values'
import type { Adam } from './adam.ts'
import type { Average } from './average.ts'
import type { FrozenStates } from './frozen-states.ts'
import type { ShardMemory } from './shards.ts'

export interface Learner {
  readonly model: Model
  readonly lexicon: Lexicon
  readonly adam: Adam
  /** The average of the weights, with which it predicts. */
  readonly average: Average
  readonly training: TrainingConfig
  /** Number of updates in all epochs that the run may take. */
  readonly updates: number
  readonly memory: ShardMemory
  /** States of a frozen encoder, computed once per sentence; null where the encoder is trained. */
  readonly frozen: FrozenStates | null
}
