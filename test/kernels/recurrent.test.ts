/** Recurrent kernels at widths and row counts that fill neither panels nor blocks, wherever they are fused. */
import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { gatedCell, type GatedCellInputs } from '#main/kernels/gated-cell'
import { registerGradients } from '#main/kernels/gradients'
import { lstm } from '#main/kernels/lstm'
import { createRandom } from '#main/model/random'
import { relativeError } from '../support/golden.ts'
import { gatedCell64, lstm64, toRows, type CellInputs, type Rows } from '../support/recurrent64.ts'
import { hasSoftwareWebgpu } from '../support/software-webgpu.ts'
import { useBackend } from '../support/tensor-backends.ts'

const tolerance = 1e-5

/** Float32 numbers, so that both sides start from the same. */
function draw(rows: number, columns: number, seed: number, spread = 1): Rows {
  const random = createRandom(seed, rows, columns)
  return toRows(
    Float32Array.from({ length: rows * columns }, () => spread * random.normal()),
    columns,
  )
}

const tensorOf = ({ values, columns }: Rows): tf.Tensor2D =>
  tf.tensor2d(Float32Array.from(values), [values.length / columns, columns])

/** What the operation gives, and the gradient of every input for `gradient`. */
async function differentiate(
  compute: (inputs: tf.Tensor[]) => tf.Tensor,
  createInputs: () => tf.Tensor[],
  gradient: Rows,
): Promise<{ output: Float32Array; gradients: Float32Array[] }> {
  registerGradients()
  const results = tf.tidy(() => {
    const inputs = createInputs()
    const weighted = (...all: tf.Tensor[]): tf.Tensor => tf.sum(tf.mul(compute(all), tensorOf(gradient)))
    return [compute(inputs), ...tf.grads(weighted)(inputs)]
  })
  const [output, ...gradients] = await Promise.all(results.map((tensor) => tensor.data<'float32'>()))
  tf.dispose(results)
  return { output: output ?? new Float32Array(), gradients }
}

function expectClose(found: readonly Float32Array[], expected: readonly Rows[]): void {
  expect(found.map(({ length }) => length)).toEqual(expected.map(({ values }) => values.length))
  for (const [at, { values }] of expected.entries()) {
    const error = values.length === 0 ? 0 : relativeError(found[at] ?? [], values)
    expect(error, `of result ${at}`).toBeLessThan(tolerance)
  }
}

const backends = [...(['wasm', 'wasm-simd'] as const), ...(hasSoftwareWebgpu ? (['webgpu'] as const) : [])]

describe.each(backends)('on %s', (backend) => {
  beforeAll(() => useBackend(backend))

  describe.each([
    { rows: 205, d: 37, y: 13 },
    { rows: 97, d: 24, y: 176 },
    { rows: 96, d: 3, y: 1 },
    { rows: 1, d: 50, y: 29 },
  ])('a gated cell of width $d over $rows rows that are shown $y numbers', ({ rows, d, y }) => {
    const inputs: CellInputs = {
      shared: draw(rows, d, 1),
      shown: draw(rows, y, 2),
      updateKernel: draw(d + y, d, 3, 0.3),
      updateBias: draw(1, d, 4, 0.3),
      resetKernel: draw(d + y, d, 5, 0.3),
      resetBias: draw(1, d, 6, 0.3),
      candidateKernel: draw(d + y, d, 7, 0.3),
      candidateBias: draw(1, d, 8, 0.3),
    }
    const names = Object.keys(inputs) as (keyof CellInputs)[]
    const gradient = draw(rows, d, 9)
    const createTensors = () =>
      names.map((name) => {
        const tensor = tensorOf(inputs[name])
        return name.endsWith('Bias') ? tf.reshape(tensor, [d]) : tensor
      })
    const cell = (all: tf.Tensor[]) => gatedCell(toObject(names, all) as unknown as GatedCellInputs)
    const run = () => differentiate(cell, createTensors, gradient)

    it('gives the output and gradients of float64', async () => {
      const expected = gatedCell64(inputs, gradient)
      const { output, gradients } = await run()
      expectClose([output, ...gradients], [expected.out, ...expected.gradients])
    })

    it('gives the same bits again', async () => {
      expect(await run()).toEqual(await run())
    })
  })

  describe.each([
    { units: 33, stepSizes: [17, 9, 9, 4, 1, 1] },
    { units: 100, stepSizes: [7, 7, 6, 2] },
    { units: 1, stepSizes: [1] },
    { units: 6, stepSizes: [1, 1, 1] },
    { units: 300, stepSizes: [3, 2, 2] },
  ])('an LSTM of $units units over steps of $stepSizes sentences', ({ units, stepSizes }) => {
    const rows = stepSizes.reduce((sum, size) => sum + size, 0)
    const gates = draw(rows, 4 * units, 1)
    const recurrent = draw(units, 4 * units, 2, 0.3)
    const gradient = draw(rows, units, 3)
    const run = () =>
      differentiate(
        ([x, kernel]) => lstm(x as tf.Tensor2D, kernel as tf.Tensor2D, stepSizes),
        () => [tensorOf(gates), tensorOf(recurrent)],
        gradient,
      )

    it('gives the states and gradients of float64', async () => {
      const expected = lstm64(gates, recurrent, stepSizes, gradient)
      const { output, gradients } = await run()
      expectClose([output, ...gradients], [expected.states, ...expected.gradients])
    })

    it('gives the same bits again', async () => {
      expect(await run()).toEqual(await run())
    })
  })

  it('leaves its inputs as they were', async () => {
    const inputs = [draw(6, 20, 1), draw(5, 20, 2)].map(tensorOf)
    const values = () => Promise.all(inputs.map(async (tensor) => [...(await tensor.data())]))
    const before = await values()
    await differentiate(
      ([x, kernel]) => lstm(x as tf.Tensor2D, kernel as tf.Tensor2D, [3, 2, 1]),
      () => inputs.map((tensor) => tf.keep(tensor)),
      draw(6, 5, 3),
    )
    expect(await values()).toEqual(before)
    tf.dispose(inputs)
  })
})

describe('beside the recurrent kernels, WASM', () => {
  beforeAll(() => useBackend('wasm'))

  it('gathers rows of any width, in any order and again', () => {
    for (const columns of [1, 3, 8, 301]) {
      const table = draw(7, columns, 1)
      const found = tf.tidy(() => tf.gather(tensorOf(table), tf.tensor1d([6, 0, 3, 3], 'int32')).dataSync())
      const expected = [6, 0, 3, 3].flatMap((row) => [...table.values.slice(row * columns, (row + 1) * columns)])
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
    const { values } = draw(15, 7, 1)
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
        const sum = tf.tidy(() => tf.sum(tf.tensor3d(Float32Array.from(values), [...shape]), axes, keepDims))
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

const toObject = (names: readonly string[], values: readonly unknown[]): Record<string, unknown> =>
  Object.fromEntries(names.map((name, at) => [name, values[at]]))
