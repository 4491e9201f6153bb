/** Recurrent kernels at widths and row counts that fill neither panels nor blocks, wherever they are fused. */
import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { gatedCell, type GatedCellInputs } from '#main/kernels/gated-cell'
import { registerGradients } from '#main/kernels/gradients'
import { lstm } from '#main/kernels/lstm'
import { createRandom } from '#main/models/shared/random'
import { relativeError } from '../support/golden.ts'
import { gatedCell64, lstm64, toRows, type CellInputs, type Rows } from '../support/recurrent64.ts'
import { describeBackends, onCard, underTest, useBackend } from '../support/tensor-backends.ts'

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

/** On a card a gated cell is made of ordinary operations: one is enough. */
const cells = [
  { rows: 205, d: 37, y: 13 },
  { rows: 97, d: 24, y: 176 },
  { rows: 96, d: 3, y: 1 },
  { rows: 1, d: 50, y: 29 },
]

const sequences = [
  { units: 33, stepSizes: [17, 9, 9, 4, 1, 1] },
  { units: 100, stepSizes: [7, 7, 6, 2] },
  { units: 1, stepSizes: [1] },
  { units: 6, stepSizes: [1, 1, 1] },
  { units: 300, stepSizes: [3, 2, 2] },
]

/** Threads without a unit and sentences of all lengths; a single number; more units than a group has threads. */
const sequencesOnCard = sequences.filter(({ units }) => [33, 1, 300].includes(units))

describeBackends.each(underTest(['wasm', 'wasm-simd']))('on %s', (backend) => {
  beforeAll(() => useBackend(backend))

  describe.each(onCard(cells.slice(0, 1), cells))(
    'a gated cell of width $d over $rows rows that are shown $y numbers',
    ({ rows, d, y }) => {
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
    },
  )

  describe.each(onCard(sequencesOnCard, sequences))(
    'an LSTM of $units units over steps of $stepSizes sentences',
    ({ units, stepSizes }) => {
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
    },
  )

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

const toObject = (names: readonly string[], values: readonly unknown[]): Record<string, unknown> =>
  Object.fromEntries(names.map((name, at) => [name, values[at]]))
