/** The move of Adam and the square sums that clipping needs, on every backend against float64. */
import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, expect, it } from 'vitest'
import { adamMove, sumOfSquares, type AdamRates } from '#main/kernels/adam'
import { createRandom } from '#main/models/shared/random'
import { relativeError } from '../support/golden.ts'
import { describeBackends, tensorBackends, underTest, useBackend } from '../support/tensor-backends.ts'

const tolerance = 1e-5

const rates: AdamRates = {
  rate: 0.01,
  correction: 3.2,
  scale: 0.25,
  decayFirst: 0.9,
  decaySecond: 0.999,
  epsilon: 1e-8,
}

function draw(size: number, seed: number): Float32Array {
  const random = createRandom(seed, size)
  return Float32Array.from({ length: size }, () => random.normal())
}

/** What becomes of one number: see `AdamRates`. */
function move64(weight: number, gradient: number, first: number, second: number): [number, number, number] {
  const scaled = gradient * rates.scale
  const newFirst = rates.decayFirst * first + (1 - rates.decayFirst) * scaled
  const newSecond = rates.decaySecond * second + (1 - rates.decaySecond) * scaled ** 2
  const moved = weight - (rates.rate * newFirst) / (Math.sqrt(newSecond) * rates.correction + rates.epsilon)
  return [moved, newFirst, newSecond]
}

const sizes = [1, 3, 4, 7, 1023, 1030]

describeBackends.each(underTest(tensorBackends))('on %s', (backend) => {
  beforeAll(() => useBackend(backend))

  it.each(sizes)('a move of %i weights is right and leaves what it starts from', async (size) => {
    const [weight, gradient, first] = [draw(size, 1), draw(size, 2), draw(size, 3)]
    const second = draw(size, 4).map((x) => x * x)
    const starts = [weight, gradient, first, second]
    const tensors = starts.map((values) => tf.tensor1d(values)) as [tf.Tensor, tf.Tensor, tf.Tensor, tf.Tensor]
    const [weights, gradients, means, spreads] = tensors
    const { newWeight, newFirst, newSecond } = adamMove(
      { weight: weights, gradient: gradients, first: means, second: spreads },
      rates,
    )
    const expected = Array.from(weight, (x, at) => move64(x, gradient[at] ?? 0, first[at] ?? 0, second[at] ?? 0))
    for (const [output, tensor] of [newWeight, newFirst, newSecond].entries())
      expect(
        relativeError(
          await tensor.data(),
          expected.map((values) => values[output] ?? 0),
        ),
      ).toBeLessThan(tolerance)
    for (const [at, tensor] of tensors.entries()) expect(await tensor.data()).toEqual(starts[at])
    tf.dispose([tensors, newWeight, newFirst, newSecond])
  })

  it.each(sizes)('the squares of %i numbers are summed', async (size) => {
    const values = draw(size, 5)
    const sum = sumOfSquares(tf.tensor1d(values))
    expect(relativeError(await sum.data(), [values.reduce((total, x) => total + x * x, 0)])).toBeLessThan(tolerance)
    expect(sum.shape).toEqual([])
  })
})
