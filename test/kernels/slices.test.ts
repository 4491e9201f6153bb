/** Parts of matrices on WASM, against those of TensorFlow.js on the processor. */
import * as tf from '@tensorflow/tfjs-core'
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { useBackend } from '../support/tensor-backends.ts'

beforeAll(() => useBackend('wasm'))

const matrix = (rows: number, columns: number): number[][] =>
  Array.from({ length: rows }, (_, row) => Array.from({ length: columns }, (_, column) => 100 * row + column))

const cut = fc
  .record({ rows: fc.integer({ min: 1, max: 9 }), columns: fc.integer({ min: 1, max: 19 }) })
  .chain(({ rows, columns }) =>
    fc.record({
      rows: fc.constant(rows),
      columns: fc.constant(columns),
      row: fc.nat(rows - 1),
      column: fc.nat(columns - 1),
      height: fc.nat(rows),
      width: fc.nat(columns),
    }),
  )

describe('a part of a matrix', () => {
  it('holds the numbers that stood there, whatever its place and size', () =>
    fc.assert(
      fc.property(cut, ({ rows, columns, row, column, height, width }) => {
        const [tall, wide] = [Math.min(height, rows - row), Math.min(width, columns - column)]
        const found = tf.tidy(() => tf.slice2d(tf.tensor2d(matrix(rows, columns)), [row, column], [tall, wide]))
        const expected = matrix(rows, columns)
        expect(found.shape).toEqual([tall, wide])
        expect([...found.dataSync()]).toEqual(
          expected.slice(row, row + tall).flatMap((line) => line.slice(column, column + wide)),
        )
        found.dispose()
      }),
    ))

  it('may run to the end, or be a row, a number or of whole numbers', () => {
    const x = tf.tensor2d(matrix(3, 5))
    expect(tf.slice(x, [1, 2], [-1, -1]).arraySync()).toEqual([
      [102, 103, 104],
      [202, 203, 204],
    ])
    expect(tf.slice1d(tf.tensor1d([1, 2, 3]), 1, 2).arraySync()).toEqual([2, 3])
    expect(tf.slice2d(tf.cast(x, 'int32'), [2, 4], [1, 1]).arraySync()).toEqual([[204]])
  })

  it.each([0, 1, -1])('comes with the others that a matrix is split into along axis %i', (axis) => {
    const parts = tf.split(tf.tensor2d(matrix(4, 6)), [1, -1], axis).map((part) => part.arraySync())
    const whole = matrix(4, 6)
    expect(parts).toEqual(
      axis === 0
        ? [whole.slice(0, 1), whole.slice(1)]
        : [whole.map((r) => r.slice(0, 1)), whole.map((r) => r.slice(1))],
    )
  })
})
