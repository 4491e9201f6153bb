/** Ordinary operations that are repaired or replaced on WASM, because the model leans on them. */
import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { createRandom } from '#main/models/shared/random'
import { relativeError } from '../support/golden.ts'
import { useBackend } from '../support/tensor-backends.ts'

function draw(size: number): Float32Array {
  const random = createRandom(1, size)
  return Float32Array.from({ length: size }, () => random.normal())
}

describe('WASM', () => {
  beforeAll(() => useBackend('wasm'))

  it('gathers rows of any width, in any order and again', () => {
    for (const columns of [1, 3, 8, 301]) {
      const table = draw(7 * columns)
      const found = tf.tidy(() =>
        tf.gather(tf.tensor2d(table, [7, columns]), tf.tensor1d([6, 0, 3, 3], 'int32')).dataSync(),
      )
      const expected = [6, 0, 3, 3].flatMap((row) => [...table.slice(row * columns, (row + 1) * columns)])
      expect([...found]).toEqual(expected)
    }
  })

  it('gathers along other axes and other kinds of numbers as before', () => {
    const columns = tf.tidy(() =>
      tf
        .gather(
          tf.tensor2d([
            [1, 2, 3],
            [4, 5, 6],
          ]),
          tf.tensor1d([2, 0], 'int32'),
          1,
        )
        .arraySync(),
    )
    expect(columns).toEqual([
      [3, 1],
      [6, 4],
    ])
    const integers = tf.tidy(() => tf.gather(tf.tensor1d([7, 8, 9], 'int32'), tf.tensor1d([2, 0], 'int32')).arraySync())
    expect(integers).toEqual([9, 7])
  })

  it('refuses to gather a row that is not there', () => {
    const table = tf.zeros([3, 2])
    for (const row of [3, -1]) {
      const rows = tf.tensor1d([0, row], 'int32')
      expect(() => tf.gather(table, rows)).toThrow(/3/)
      rows.dispose()
    }
    table.dispose()
  })

  it('sums over the first axes, over others, and over all', () => {
    const shape = [5, 3, 7] as const
    const values = draw(105)
    const exact = (axes: readonly number[]): number[] => {
      const sums = new Map<string, number>()
      values.forEach((x, at) => {
        const place = [Math.floor(at / 21), Math.floor(at / 7) % 3, at % 7].filter((_, axis) => !axes.includes(axis))
        sums.set(place.join(), (sums.get(place.join()) ?? 0) + x)
      })
      return [...sums.values()]
    }
    for (const axes of [[0], [0, 1], [1], [2], [0, 2], [0, 1, 2]])
      for (const keepDims of [false, true]) {
        const sum = tf.tidy(() => tf.sum(tf.tensor3d(values, [...shape]), axes, keepDims))
        expect(relativeError(sum.dataSync(), exact(axes)), `${axes}`).toBeLessThan(1e-6)
        const kept = shape.flatMap((size, axis) => (axes.includes(axis) ? (keepDims ? [1] : []) : [size]))
        expect(sum.shape).toEqual(kept)
        sum.dispose()
      }
  })

  it('shares the memory of a copy, which outlives the original', () => {
    const [original, before] = [tf.tensor1d([1, 2, 3]), tf.memory().numDataBuffers]
    const copy = tf.clone(original)
    expect(tf.memory().numDataBuffers).toBe(before)
    original.dispose()
    tf.tensor1d([7, 8, 9]).dispose()
    expect([...copy.dataSync()]).toEqual([1, 2, 3])
    copy.dispose()
    expect(tf.memory().numDataBuffers).toBe(before - 1)
  })

  it('takes the hyperbolic tangent of any number of values, large and tiny', () => {
    const values = [0, -0, 1e-6, -3e-4, 0.1, -0.24, 0.26, 1, -2.5, 9, -40, 1000, -1e30]
    for (let count = 1; count <= values.length; count++) {
      const found = tf.tidy(() => tf.tanh(tf.tensor1d(values.slice(0, count))).dataSync())
      for (const [at, x] of found.entries()) {
        const exact = Math.tanh(Math.fround(values[at] ?? 0))
        expect(Math.abs(x - exact)).toBeLessThanOrEqual(2e-7 * Math.abs(exact))
      }
    }
  })
})
