/** The joint model: builds the parts a ModelConfig asks for, names every weight, and runs them forward. */
import * as tf from '@tensorflow/tfjs-core'
import { registerGradients } from '#main/kernels/gradients'
import type { ModelConfig } from '#main/runs/config'
import { predictEarly, type EarlyPredictions } from './early-classifiers.ts'
import { encode, encoderWeights, type VectorOf } from './encoder.ts'
import { applyHeads, headWeights, type HeadOutputs } from './heads.ts'
import type { Noise } from './noise.ts'
import { partsOf, tasks, type Task } from './parts.ts'
import { applyMap, mapWeights, type MappedState } from './stochastic-map.ts'
import type { Batch } from './vectorize.ts'
import { countValues, createWeights, type WeightSpec, type Weights } from './weights.ts'

/** Everything one pass computes. */
export interface Outputs {
  /** H [k, d]. */
  readonly shared: tf.Tensor2D
  readonly early: EarlyPredictions | null
  readonly maps: Readonly<Record<Task, MappedState>>
  readonly final: HeadOutputs
}

export interface JointModel {
  readonly config: ModelConfig
  readonly vocabularySize: number
  /** By the names of the golden files, in a fixed order. */
  readonly weights: ReadonlyMap<string, tf.Variable>
  /** One pass. Noise belongs to training; null drops nothing and takes every map's mean. */
  forward(batch: Batch, noise: Noise | null): Outputs
  dispose(): void
}

/** `vectorOf` gives the word vectors to start from, by row of the vocabulary. */
export function createJointModel(
  config: ModelConfig,
  vocabularySize: number,
  seed: number,
  vectorOf?: VectorOf,
): JointModel {
  const weights = createWeights(weightSpecs(config, vocabularySize, vectorOf), seed)
  const weightOf: Weights = (name) => {
    const weight = weights.get(name)
    if (!weight) throw new Error(`The model has no weight ${name}`)
    return weight
  }
  return {
    config,
    vocabularySize,
    weights,
    forward: (batch, noise) => forward(batch, noise, config, weightOf),
    dispose: () => weights.forEach((weight) => weight.dispose()),
  }
}

/** Every weight of a model, in the order in which it is stored. */
export function weightSpecs(config: ModelConfig, vocabularySize: number, vectorOf?: VectorOf): WeightSpec[] {
  const { hasEarly } = partsOf(config)
  return [
    ...encoderWeights(config, vocabularySize, vectorOf),
    ...(hasEarly ? headWeights('early', config) : []),
    ...tasks.flatMap((task) => mapWeights(task, config)),
    ...headWeights('final', config),
  ]
}

/** Trained numbers in all, and without the word vectors. */
export function countWeights(config: ModelConfig, vocabularySize: number): { all: number; withoutVectors: number } {
  const all = countValues(weightSpecs(config, vocabularySize))
  return { all, withoutVectors: all - vocabularySize * config.wordDimension }
}

function forward(batch: Batch, noise: Noise | null, config: ModelConfig, weights: Weights): Outputs {
  const shared = encode(batch, weights, config, noise)
  const early = partsOf(config).hasEarly ? predictEarly(shared, batch, weights, config) : null
  const map = (task: Task): MappedState =>
    applyMap({ shared, shown: early?.shown[task] ?? null, noise: noise?.[task] ?? null }, task, config, weights)
  const maps = { entity: map('entity'), relation: map('relation') }
  const final = applyHeads({ entity: maps.entity.state, relation: maps.relation.state }, weights, 'final')
  return { shared, early, maps, final }
}

/** Loss and its gradient by weight name; a weight the loss does not reach gets zeros. The caller disposes them. */
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
