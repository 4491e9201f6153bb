/** ModelFamily: what a family of models does behind its encoder. Encoders, batches, training and checkpoints serve all of them. */
import type * as tf from '@tensorflow/tfjs-core'
import type { LabelledSentence } from '#main/document/labelled-sentence'
import type { Pass } from '#main/document/prediction'
import type { ModelConfig } from '#main/runs/config'
import type { LossParts } from '#main/runs/run'
import type { TrainingConfig } from '#main/runs/setting-values'
import type { Batch } from './shared/batch.ts'
import type { Noise } from './shared/noise.ts'
import type { WeightSpec, Weights } from './shared/weights.ts'

/** @template Gold what a batch holds of the annotation, as plain numbers; @template Outputs results of a forward pass. */
export interface ModelFamily<Model extends ModelConfig = ModelConfig, Gold = unknown, Outputs = unknown> {
  /** Name of a weight that no other family has; null for PMEI, whose ablations share all with others. */
  readonly mark: string | null
  /** Specs of the weights behind the encoder, in the order in which they are stored. */
  weights(config: Model): WeightSpec[]
  /** The gold of a batch. Rows of a sentence's words follow those of the sentences before it. */
  encodeGold(sentences: readonly SentenceGold[], config: Model): Gold
  /** Counts of a sentence's gold that the family cannot express. */
  countUnencoded(sentence: SentenceGold, config: Model): UnencodedGold
  /** One pass from shared states [k, d]. Without noise nothing is drawn or dropped. */
  forward(shared: tf.Tensor2D, batch: Batch<Gold>, noise: Noise | null, config: Model, weights: Weights): Outputs
  /**
   * Losses in nats. Sums are divided by `sentenceCount`; when `batch` is a shard, pass the number of sentences of the whole
   * batch, so that the shards' losses and gradients add up to those of the batch. @throws Error when the batch has no gold.
   */
  losses(outputs: Outputs, batch: Batch<Gold>, training: LossWeights, sentenceCount: number): LossTensors
  decode(outputs: Outputs, batch: Batch<Gold>, config: Model): Decoding
  /** Probabilities by which a stored model is verified. */
  probe(outputs: Outputs, batch: Batch<Gold>): Probe
}

/** The annotation of a sentence, with the number of its words. */
export type SentenceGold = Pick<LabelledSentence, 'words' | 'spans' | 'triples'>

/** Counts of gold that a family cannot express. It is not trained on. */
export interface UnencodedGold {
  /** Number of spans that share a token with a span that is kept. */
  readonly overlapping: number
  /** Number of spans and relations whose type the model does not know. */
  readonly unknownType: number
  /** Number of spans in no relation, for a family that finds entities by their relations. */
  readonly unrelated?: number
}

export type LossTensors = Readonly<Record<keyof LossParts, tf.Scalar>>

export type LossWeights = Pick<TrainingConfig, 'alpha' | 'betaEntity' | 'betaRelation'>

/** Predictions of a batch whose values still lie in the backend. */
export interface Decoding {
  /** Tensors that `passes` downloads. A tidy that returns the decoding keeps them, and the caller disposes them. */
  readonly needed: readonly tf.Tensor[]
  /** A pass for each sentence, and an early one where the family has it. */
  passes(): Promise<Passes>
}

export interface Passes {
  readonly final: readonly Pass[]
  readonly early: readonly Pass[] | null
}

export interface Probe {
  /** Probabilities of every word; empty where the model does not learn entities. */
  readonly tags: tf.Tensor
  /** Largest probability of every relation type over all pairs; empty where the model does not learn relations. */
  readonly relations: tf.Tensor
}
