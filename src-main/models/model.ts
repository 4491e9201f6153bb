/** Model: an encoder and a family behind it, with every weight by its name. */
import * as tf from '@tensorflow/tfjs-core'
import { registerGradients } from '#main/kernels/gradients'
import type { ModelConfig } from '#main/runs/config'
import { encode, encoderWeights, fixedWeights, type EncoderStart } from './encoders/encoder.ts'
import { familyOf } from './families.ts'
import type { Decoding, LossTensors, LossWeights, ModelFamily, Probe } from './family.ts'
import type { Batch } from './shared/batch.ts'
import type { Noise } from './shared/noise.ts'
import { countValues, createWeights, type WeightSpec, type Weights } from './shared/weights.ts'

export interface Model<Outputs = unknown> {
  readonly config: ModelConfig
  /** Number of words in the vocabulary; 0 with an encoder over word pieces. */
  readonly vocabularySize: number
  /** Trained weights by their names in the golden files, in a fixed order. */
  readonly weights: ReadonlyMap<string, tf.Variable>
  /** One forward pass. Noise is for training; with null nothing is dropped and every map takes its mean. */
  forward(batch: Batch, noise: Noise | null): Outputs
  /** Losses of a pass over `batch`, as `ModelFamily.losses` says. */
  losses(outputs: Outputs, batch: Batch, training: LossWeights, sentenceCount: number): LossTensors
  decode(outputs: Outputs, batch: Batch): Decoding
  probe(outputs: Outputs, batch: Batch): Probe
  /** Shared states H [k, d] alone, without dropout. */
  encode(batch: Batch): tf.Tensor2D
  /** Puts a tensor, which the model owns from then on, in the place of a weight of a model that only predicts. */
  replaceWeight(name: string, value: tf.Tensor): void
  dispose(): void
}

/** A model with random weights where `start` has none. */
export function createModel(
  config: ModelConfig,
  vocabularySize: number,
  seed: number,
  start: EncoderStart = {},
): Model {
  return createModelOf(familyOf(config), config, vocabularySize, seed, start)
}

/** The same for a family that is known, so that the outputs of a pass are. */
export function createModelOf<Config extends ModelConfig, Gold, Outputs>(
  family: ModelFamily<Config, Gold, Outputs>,
  config: Config,
  vocabularySize: number,
  seed: number,
  start: EncoderStart = {},
): Model<Outputs> {
  const weights = createWeights(weightSpecs(config, vocabularySize, start), seed)
  const fixed = fixedWeights(config, start)
  const weightOf: Weights = (name) => {
    const weight = weights.get(name) ?? fixed.get(name)
    if (!weight) throw new Error(`The model has no weight ${name}`)
    return weight
  }
  const own = (batch: Batch): Batch<Gold> => batch as Batch<Gold> // `vectorize` asked the same family for the gold
  return {
    config,
    vocabularySize,
    weights,
    forward: (batch, noise) =>
      family.forward(encode(batch, weightOf, config, noise), own(batch), noise, config, weightOf),
    losses: (outputs, batch, training, sentenceCount) => family.losses(outputs, own(batch), training, sentenceCount),
    decode: (outputs, batch) => family.decode(outputs, own(batch), config),
    probe: (outputs, batch) => family.probe(outputs, own(batch)),
    encode: (batch) => encode(batch, weightOf, config, null),
    replaceWeight(name, value) {
      weights.get(name)?.dispose()
      weights.set(name, tf.variable(value, false))
      value.dispose()
    },
    dispose: () => tf.dispose([...weights.values(), ...fixed.values()]),
  }
}

/** Specs of all weights of a model, in the order in which they are stored. */
export function weightSpecs(config: ModelConfig, vocabularySize: number, start: EncoderStart = {}): WeightSpec[] {
  return [...encoderWeights(config, vocabularySize, start), ...familyOf(config).weights(config)]
}

/** Number of trained values, in total and without the word vectors. */
export function countWeights(config: ModelConfig, vocabularySize: number): { all: number; withoutVectors: number } {
  const all = countValues(weightSpecs(config, vocabularySize))
  const vectors = config.encoder.kind === 'lstm' ? vocabularySize * config.encoder.wordDimension : 0
  return { all, withoutVectors: all - vectors }
}

/**
 * Loss and its gradients by weight name; the gradient of a weight that the loss does not depend on is zeros. The
 * caller disposes them.
 */
export function computeGradients(
  { weights }: Model,
  loss: () => tf.Scalar,
): { loss: tf.Scalar; gradients: Map<string, tf.Tensor> } {
  registerGradients()
  const { value, grads } = tf.variableGrads(loss, [...weights.values()])
  const gradients = new Map(
    [...weights].map(([name, weight]) => [name, grads[weight.name] ?? tf.zerosLike<tf.Tensor>(weight)]),
  )
  return { loss: value, gradients }
}
