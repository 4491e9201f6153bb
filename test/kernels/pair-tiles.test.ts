/** A sentence whose table of word pairs is computed tile by tile has the cells of the whole table, on every backend. */
import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, expect, it } from 'vitest'
import { predictPairs } from '#main/kernels/pair-prediction'
import { tilesOf } from '#main/kernels/pair-tiles'
import { createRandom } from '#main/models/shared/random'
import { logitsOfPairs } from '../support/pairs64.ts'
import { describeBackends, onCard, tensorBackends, underTest, useBackend } from '../support/tensor-backends.ts'

const [d, l] = [8, 5]
const words = onCard(300, 450)

function drawn(size: number, seed: number): Float32Array {
  const random = createRandom(seed)
  return Float32Array.from({ length: size }, () => random.normal())
}

const numbers = {
  left: drawn(words * d, 1),
  right: drawn(words * d, 2),
  kernel: drawn(d * l, 3),
  bias: drawn(l, 4),
}

/** The logits of all cells, by their words and relation, and a floor that `count` of them reach. */
let expected = { whole: new Map<string, number>(), floor: 0, count: 0 }

beforeAll(() => {
  const whole = new Map(
    logitsOfPairs(numbers, [words]).flatMap(({ subject, object, values }) =>
      [...values].map((logit, relation): [string, number] => [`${subject} ${object} ${relation}`, logit]),
    ),
  )
  // a floor that no logit comes near, so that rounding decides about none
  const logits = [...whole.values()].sort((a, b) => b - a)
  const at = logits.findIndex((logit, index) => index > 2000 && logit - (logits[index + 1] ?? 0) > 1e-4)
  expected = { whole, floor: ((logits[at] ?? 0) + (logits[at + 1] ?? 0)) / 2, count: at + 1 }
})

describeBackends.each(underTest(tensorBackends))('a long sentence on %s', (backend) => {
  beforeAll(() => useBackend(backend))

  it('has the cells of its whole table', async () => {
    const { whole, floor, count } = expected
    if (words === 450) expect(tilesOf([words], d + l).length).toBeGreaterThan(1)
    const inputs = {
      left: tf.tensor2d(numbers.left, [words, d]),
      right: tf.tensor2d(numbers.right, [words, d]),
      kernel: tf.tensor2d(numbers.kernel, [d, l]),
      bias: tf.tensor1d(numbers.bias),
    }
    const found = predictPairs(inputs, { lengths: [words], floor, cellsPerWord: 1000 })
    const cells = await found.cells()
    expect(cells.logits).toHaveLength(count)
    for (let cell = 0; cell < cells.logits.length; cell++) {
      const [subject, object, relation] = cells.cells.subarray(3 * cell, 3 * cell + 3)
      expect(Math.abs((cells.logits[cell] ?? 0) - (whole.get(`${subject} ${object} ${relation}`) ?? NaN))).toBeLessThan(
        1e-5,
      )
    }
    tf.dispose([Object.values(inputs), [...found.needed]])
  })
})
