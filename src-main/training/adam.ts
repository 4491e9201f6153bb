/**
 * Adam optimiser with bias correction (Kingma and Ba 2015, algorithm 1). Its whole state can be stored and restored.
 */
import * as tf from '@tensorflow/tfjs-core'
import { adamMove, type AdamRates } from '#main/kernels/adam'
import type { RateOf } from './learning-rates.ts'
import { captureTensors, type OptimizerState } from '#main/models/checkpoint'

export interface Adam {
  /** Number of updates done. */
  readonly step: number
  /**
   * Moves every weight against its gradient at its own learning rate, after multiplying the gradient by `scale`.
   * @throws Error when a weight has no gradient.
   */
  update(gradients: ReadonlyMap<string, tf.Tensor>, rateOf: RateOf, scale?: number): void
  capture(): Promise<OptimizerState>
  dispose(): void
}

interface Moments {
  readonly first: tf.Variable
  readonly second: tf.Variable
}

const constants = { decayFirst: 0.9, decaySecond: 0.999, epsilon: 1e-8 } as const

/**
 * Starts from `from`, which `capture` returned for the same weights, or from zero moments where it is null. @throws
 * Error when a stored moment is missing or has another size.
 */
export function createAdam(weights: ReadonlyMap<string, tf.Variable>, from: OptimizerState | null): Adam {
  let step = from?.step ?? 0
  const moments = new Map(
    [...weights].map(([name, weight]) => [
      name,
      { first: restore(from, `${name}.first`, weight), second: restore(from, `${name}.second`, weight) },
    ]),
  )
  return {
    get step() {
      return step
    },
    update(gradients, rateOf, scale = 1) {
      step++
      const firstCorrection = 1 - constants.decayFirst ** step
      const correction = 1 / Math.sqrt(1 - constants.decaySecond ** step)
      for (const [name, weight] of weights) {
        const gradient = gradients.get(name)
        const moment = moments.get(name)
        if (!gradient || !moment) throw new Error(`The gradient of ${name} is missing`)
        const rate = rateOf(name) / firstCorrection
        tf.tidy(() => move(weight, gradient, moment, { rate, correction, scale, ...constants }))
      }
    },
    capture: async () => ({
      step,
      moments: await captureTensors(
        new Map(
          [...moments].flatMap(([name, { first, second }]) => [
            [`${name}.first`, first] as const,
            [`${name}.second`, second] as const,
          ]),
        ),
      ),
    }),
    dispose: () => moments.forEach(({ first, second }) => tf.dispose([first, second])),
  }
}

function move(weight: tf.Variable, gradient: tf.Tensor, { first, second }: Moments, rates: AdamRates): void {
  const { newWeight, newFirst, newSecond } = adamMove({ weight, gradient, first, second }, rates)
  weight.assign(newWeight)
  first.assign(newFirst)
  second.assign(newSecond)
}

function restore(from: OptimizerState | null, name: string, { shape, size }: tf.Variable): tf.Variable {
  const stored = from?.moments.get(name)
  if (from && stored?.values.length !== size)
    throw new Error(`optimizer.safetensors lacks ${name} or has it in another size: this run cannot be resumed`)
  return tf.tidy(() => tf.variable(stored ? tf.tensor(stored.values, shape, 'float32') : tf.zeros(shape), false))
}
