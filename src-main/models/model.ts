/** Joint model: builds the parts that a ModelConfig selects, names every weight, and runs the parts forward. */
import * as tf from '@tensorflow/tfjs-core'
import { registerGradients } from '#main/kernels/gradients'
import type { ModelConfig } from '#main/runs/config'
import type { Task } from '#main/runs/variant'
import { predictEarly, type EarlyPredictions } from './pmei/early-classifiers.ts'
import { encode, encoderWeights, fixedWeights, type EncoderStart } from './encoders/encoder.ts'
import { applyHeads, headWeights, type HeadOutputs } from './shared/heads.ts'
import type { Noise } from './shared/noise.ts'
import { partsOf } from './pmei/parts.ts'
import { applyMap, mapWeights, type MappedState } from './pmei/stochastic-map.ts'
import type { Batch } from './shared/batch.ts'
import { countValues, createWeights, type WeightSpec, type Weights } from './shared/weights.ts'

/** Results of one forward pass. */
export interface Outputs {
  /** Shared states H [k, d]. */
  readonly shared: tf.Tensor2D
  readonly early: EarlyPredictions | null
  /** Mapped states by task; null for a task that the model does not learn. */
  readonly maps: Readonly<Record<Task, MappedState | null>>
  readonly final: HeadOutputs
}

export interface JointModel {
  readonly config: ModelConfig
  /** Number of words in the vocabulary; 0 with an encoder over word pieces. */
  readonly vocabularySize: number
  /** Trained weights by their names in the golden files, in a fixed order. */
  readonly weights: ReadonlyMap<string, tf.Variable>
  /** One forward pass. Noise is for training; with null nothing is dropped and every map takes its mean. */
  forward(batch: Batch, noise: Noise | null): Outputs
  /** Shared states H [k, d] alone, without dropout. */
  encode(batch: Batch): tf.Tensor2D
  /** Puts a tensor, which the model owns from then on, in the place of a weight of a model that only predicts. */
  replaceWeight(name: string, value: tf.Tensor): void
  dispose(): void
}

export function createJointModel(
  config: ModelConfig,
  vocabularySize: number,
  seed: number,
  start: EncoderStart = {},
): JointModel {
  const weights = createWeights(weightSpecs(config, vocabularySize, start), seed)
  const fixed = fixedWeights(config, start)
  const weightOf: Weights = (name) => {
    const weight = weights.get(name) ?? fixed.get(name)
    if (!weight) throw new Error(`The model has no weight ${name}`)
    return weight
  }
  return {
    config,
    vocabularySize,
    weights,
    forward: (batch, noise) => forward(batch, noise, config, weightOf),
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
  const { hasEarly } = partsOf(config)
  return [
    ...encoderWeights(config, vocabularySize, start),
    ...(hasEarly ? headWeights('early', config) : []),
    ...config.tasks.flatMap((task) => mapWeights(task, config)),
    ...headWeights('final', config),
  ]
}

/** Number of trained values, in total and without the word vectors. */
export function countWeights(config: ModelConfig, vocabularySize: number): { all: number; withoutVectors: number } {
  const all = countValues(weightSpecs(config, vocabularySize))
  const vectors = config.encoder.kind === 'lstm' ? vocabularySize * config.encoder.wordDimension : 0
  return { all, withoutVectors: all - vectors }
}

function forward(batch: Batch, noise: Noise | null, config: ModelConfig, weights: Weights): Outputs {
  const shared = encode(batch, weights, config, noise)
  const early = partsOf(config).hasEarly ? predictEarly(shared, batch, weights, config) : null
  const map = (task: Task): MappedState | null =>
    config.tasks.includes(task)
      ? applyMap({ shared, shown: early?.shown[task] ?? null, noise: noise?.[task] ?? null }, task, config, weights)
      : null
  const maps = { entity: map('entity'), relation: map('relation') }
  const states = { entity: maps.entity?.state ?? null, relation: maps.relation?.state ?? null }
  const final = applyHeads(states, weights, 'final')
  return { shared, early, maps, final }
}

/**
 * Loss and its gradients by weight name; the gradient of a weight that the loss does not depend on is zeros. The
 * caller disposes them.
 */
export function computeGradients(
  { weights }: JointModel,
  loss: () => tf.Scalar,
): { loss: tf.Scalar; gradients: Map<string, tf.Tensor> } {
  registerGradients()
  const { value, grads } = tf.variableGrads(loss, [...weights.values()])
  const gradients = new Map(
    [...weights].map(([name, weight]) => [name, grads[weight.name] ?? tf.zerosLike<tf.Tensor>(weight)]),
  )
  return { loss: value, gradients }
}
