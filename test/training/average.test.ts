/** The average of the weights: what a run predicts with while its last weights go on training. */
import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { captureTensors } from '#main/models/checkpoint'
import { createAverage } from '#main/training/average'
import { useBackend } from '../support/tensor-backends.ts'

beforeAll(() => useBackend('wasm'))

const valuesOf = (weight: tf.Tensor): number[] => [...weight.dataSync()]

function weightsAt(...values: number[]): Map<string, tf.Variable> {
  return new Map([['w', tf.tidy(() => tf.variable(tf.tensor1d(values)))]])
}

describe('the average of the weights', () => {
  it('follows them by the share that it does not keep, and stands in their place only during the work', async () => {
    const weights = weightsAt(0, 0)
    const weight = weights.get('w') as tf.Variable
    const average = createAverage(weights, 0.5, null)
    let mean = 0
    for (const [step, value] of [4, 8, 2].entries()) {
      tf.tidy(() => weight.assign(tf.tensor1d([value, value])))
      average.add(step + 1)
      const keep = Math.min(0.5, (2 + step) / (11 + step))
      mean = keep * mean + (1 - keep) * value
    }
    const tensors = tf.memory().numTensors
    const inside = await average.during(async () => valuesOf(weight))
    expect(inside[0]).toBeCloseTo(mean, 5)
    expect(valuesOf(weight)).toEqual([2, 2])
    await expect(average.during(() => Promise.reject(new Error('stopped')))).rejects.toThrow('stopped')
    expect(valuesOf(weight)).toEqual([2, 2])
    expect(tf.memory().numTensors).toBe(tensors)
    average.dispose()
  })

  it('goes on from a checkpoint, which holds the average as weights and the last weights beside the moments', async () => {
    const weights = weightsAt(1)
    const average = createAverage(weights, 0.9, null)
    tf.tidy(() => weights.get('w')?.assign(tf.tensor1d([3])))
    average.add(100)
    const moments = await captureTensors(average.last())
    const stored = await average.during(async () => valuesOf(weights.get('w') as tf.Variable))
    const later = weightsAt(...stored)
    const resumed = createAverage(later, 0.9, { step: 100, moments })
    expect(valuesOf(later.get('w') as tf.Variable)).toEqual([3])
    expect(await resumed.during(async () => valuesOf(later.get('w') as tf.Variable))).toEqual(stored)
  })

  it('is the weights themselves where nothing is averaged', async () => {
    const weights = weightsAt(5)
    const average = createAverage(weights, 0, null)
    average.add(1)
    expect(await average.during(async () => valuesOf(weights.get('w') as tf.Variable))).toEqual([5])
    expect(average.last().size).toBe(0)
  })
})
