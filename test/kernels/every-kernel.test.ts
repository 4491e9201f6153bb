/** One spec over every kernel on every backend: values and gradients against float64. */
import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { gaussianDivergence } from '#main/kernels/divergence'
import { gatedCell } from '#main/kernels/gated-cell'
import { registerGradients } from '#main/kernels/gradients'
import { lstm } from '#main/kernels/lstm'
import { pairLoss, pairLossAndMaximum } from '#main/kernels/pair-loss'
import { predictPairs } from '#main/kernels/pair-prediction'
import type { PairInputs } from '#main/kernels/pairs'
import { createRandom } from '#main/models/shared/random'
import {
  divergence64,
  gatedCellOutput,
  gradient64,
  lstmStates,
  pairLogits64,
  pairLoss64,
  pairMaximum64,
  product,
  toMatrix,
  type CellWeights,
  type Matrix,
  type Pairs,
} from '../support/float64.ts'
import { relativeError } from '../support/golden.ts'
import { describeBackends, onCard, tensorBackends, underTest, useBackend } from '../support/tensor-backends.ts'

const tolerance = 1e-5

/** Float32 numbers, so that both sides start from the same. */
function draw(size: number, seed: number, spread = 1): Float32Array {
  const random = createRandom(seed, size)
  return Float32Array.from({ length: size }, () => spread * random.normal())
}

/** Fixed weights that make one number of many outputs, each counting differently. */
const weigh = (rows: Matrix): number => rows.flat().reduce((sum, x, at) => sum + x * Math.cos(at + 1), 0)
const weighTensor = (x: tf.Tensor): tf.Scalar =>
  tf.sum(tf.mul(tf.reshape(x, [x.size]), tf.tensor1d(Array.from({ length: x.size }, (_, at) => Math.cos(at + 1)))))

interface Exact {
  readonly value: number
  readonly gradients: readonly ArrayLike<number>[]
}

const exactByTest = new Map<string, Exact>()

/** Numbers that a test compares with, which take longer than the kernels: each backend runs it with the same inputs. */
function onceForAllBackends(compute: () => Exact): Exact {
  const test = expect.getState().currentTestName?.replace(/^.*?on \S+ > /, '') ?? ''
  const exact = exactByTest.get(test) ?? compute()
  exactByTest.set(test, exact)
  return exact
}

type Values = Readonly<Record<string, { readonly shape: readonly number[]; readonly values: Float32Array }>>

/**
 * Checks one number and its gradients by every input. `compute` is given tensors, `expected` the same as float64
 * matrices; both by name.
 */
async function check(
  inputs: Values,
  compute: (tensors: Record<string, tf.Tensor>) => tf.Scalar,
  expected: (matrices: Record<string, Matrix>) => number,
): Promise<void> {
  registerGradients()
  const names = Object.keys(inputs)
  const tensors = names.map((name) => tf.tensor(inputs[name]?.values ?? [], [...(inputs[name]?.shape ?? [])]))
  const byName = (all: readonly tf.Tensor[]) =>
    Object.fromEntries(names.map((name, at) => [name, all[at] as tf.Tensor]))
  const { value, grads } = tf.valueAndGrads((...all: tf.Tensor[]) => compute(byName(all)))(tensors)
  const matrices = (changed?: string, to?: ArrayLike<number>) =>
    Object.fromEntries(
      names.map((name) => {
        const { shape, values } = inputs[name] ?? { shape: [], values: [] }
        return [name, toMatrix(name === changed ? (to ?? []) : values, shape.at(-1) ?? 0)]
      }),
    )
  const exact = onceForAllBackends(() => ({
    value: expected(matrices()),
    gradients: names.map((name) => gradient64((point) => expected(matrices(name, point)), inputs[name]?.values ?? [])),
  }))
  const [found = Number.NaN] = await value.data()
  expect(relativeError([found], [exact.value])).toBeLessThan(tolerance)
  for (const [at, name] of names.entries())
    expect(relativeError(await (grads[at] as tf.Tensor).data(), exact.gradients[at] ?? []), name).toBeLessThan(
      tolerance,
    )
  tf.dispose([tensors, value, grads])
}

const units = onCard([9], [3, 4, 9])
const steps = onCard([[3, 3, 2, 1]], [[3, 3, 2, 1], [1], [5, 1]]).map((stepSizes) => ({ stepSizes }))
const variances = onCard([30], [0.05, 1, 30])
const distributions = [
  [1, 5],
  [7, 8],
  [3, 51],
] as const
const cells = [
  { d: 6, y: 3 },
  { d: 8, y: 8 },
  { d: 5, y: 13 },
]
const cellRows = onCard([7], [1, 7])
const widths = [
  { d: 6, l: 5 },
  { d: 8, l: 8 },
  { d: 20, l: 11 },
]
const ragged = onCard([[4, 1, 0, 3]], [[4, 1, 0, 3], [1], [0, 7], [2, 2]]).map((lengths) => ({ lengths }))
/** On a card their last three take a program each: where vectors of four fit, where they do not, and for one number. */
const products = [
  { a: [5, 7], b: [7, 3] },
  { a: [12, 16], b: [16, 24] },
  { a: [33, 20], b: [20, 171] },
  { a: [1, 9], b: [9, 1] },
]

const last = <T>(cases: readonly T[]): readonly T[] => onCard(cases.slice(-1), cases)

describeBackends.each(underTest(tensorBackends))('on %s', (backend) => {
  beforeAll(() => useBackend(backend))

  describe.each(units)('an LSTM of %i units', (h) => {
    it.each(steps)('over steps of $stepSizes sentences has the right states and gradients', async ({ stepSizes }) => {
      const rows = stepSizes.reduce((sum, size) => sum + size, 0)
      await check(
        {
          gates: { shape: [rows, 4 * h], values: draw(rows * 4 * h, 1) },
          recurrent: { shape: [h, 4 * h], values: draw(h * 4 * h, 2, 0.4) },
        },
        ({ gates, recurrent }) => weighTensor(lstm(gates as tf.Tensor2D, recurrent as tf.Tensor2D, stepSizes)),
        ({ gates = [], recurrent = [] }) => weigh(lstmStates(gates, recurrent, stepSizes)),
      )
    })
  })

  describe.each(variances)(
    'the divergence of distributions whose variances are about %d times their priors',
    (times) => {
      it.each(last(distributions))('over %i rows of %i numbers has the right sum and gradients', async (rows, d) => {
        const normal = (seed: number) => ({ shape: [rows, d], values: draw(rows * d, seed) })
        const positive = (seed: number, size: number) => ({
          shape: [rows, d],
          values: draw(rows * d, seed, 0.3).map((x) => size * Math.exp(x)),
        })
        await check(
          { mean: normal(1), variance: positive(2, times), priorMean: normal(3), priorVariance: positive(4, 1) },
          (tensors) => gaussianDivergence(tensors as unknown as Parameters<typeof gaussianDivergence>[0]),
          ({ mean = [], variance = [], priorMean = [], priorVariance = [] }) =>
            divergence64(mean.flat(), variance.flat(), priorMean.flat(), priorVariance.flat()),
        )
      })
    },
  )

  describe.each(last(cells))('a gated cell of width $d that is shown $y numbers', ({ d, y }) => {
    it.each(cellRows)('over %i rows has the right output and gradients', async (rows) => {
      const kernel = (seed: number) => ({ shape: [d + y, d], values: draw((d + y) * d, seed, 0.4) })
      const bias = (seed: number) => ({ shape: [d], values: draw(d, seed, 0.3) })
      await check(
        {
          shared: { shape: [rows, d], values: draw(rows * d, 1) },
          shown: { shape: [rows, y], values: draw(rows * y, 2) },
          updateKernel: kernel(3),
          updateBias: bias(4),
          resetKernel: kernel(5),
          resetBias: bias(6),
          candidateKernel: kernel(7),
          candidateBias: bias(8),
        },
        (tensors) => weighTensor(gatedCell(tensors as unknown as Parameters<typeof gatedCell>[0])),
        (m) => {
          const weights: CellWeights = {
            update: m['updateKernel'] ?? [],
            updateBias: m['updateBias']?.[0] ?? [],
            reset: m['resetKernel'] ?? [],
            resetBias: m['resetBias']?.[0] ?? [],
            candidate: m['candidateKernel'] ?? [],
            candidateBias: m['candidateBias']?.[0] ?? [],
          }
          return weigh(gatedCellOutput(m['shared'] ?? [], m['shown'] ?? [], weights))
        },
      )
    })
  })

  describe.each(last(widths))('pairs of width $d with $l relation types', ({ d, l }) => {
    const inputsOf = (lengths: readonly number[]): Values => {
      const rows = lengths.reduce((sum, length) => sum + length, 0)
      return {
        left: { shape: [rows, d], values: draw(rows * d, 1) },
        right: { shape: [rows, d], values: draw(rows * d, 2) },
        kernel: { shape: [d, l], values: draw(d * l, 3, 0.5) },
        bias: { shape: [l], values: draw(l, 4) },
      }
    }
    const pairs64 = (m: Record<string, Matrix>): Pairs => ({
      left: m['left'] ?? [],
      right: m['right'] ?? [],
      kernel: m['kernel'] ?? [],
      bias: m['bias']?.[0] ?? [],
    })
    const pairsOf = (tensors: Record<string, tf.Tensor>): PairInputs => tensors as unknown as PairInputs

    it.each(ragged)('have the right loss and gradients over sentences of $lengths words', async ({ lengths }) => {
      const cells = someCells(lengths, l)
      await check(
        inputsOf(lengths),
        (tensors) => pairLoss(pairsOf(tensors), { lengths, cells }),
        (m) => pairLoss64(pairs64(m), lengths, cells),
      )
    })

    it.each(ragged)('have the right maximum beside the loss over sentences of $lengths words', async ({ lengths }) => {
      const cells = someCells(lengths, l)
      await check(
        inputsOf(lengths),
        (tensors) => {
          const { loss, maximum } = pairLossAndMaximum(pairsOf(tensors), { lengths, cells })
          return tf.add(tf.mul(loss, 0.3), weighTensor(maximum))
        },
        (m) => 0.3 * pairLoss64(pairs64(m), lengths, cells) + weigh(pairMaximum64(pairs64(m), lengths)),
      )
    })

    it.each(ragged)('have the right cells above a floor over sentences of $lengths words', async ({ lengths }) => {
      const inputs = inputsOf(lengths)
      const tensors = Object.fromEntries(
        Object.entries(inputs).map(([name, { shape, values }]) => [name, tf.tensor(values, [...shape])]),
      )
      const matrices = Object.fromEntries(
        Object.entries(inputs).map(([name, { shape, values }]) => [name, toMatrix(values, shape.at(-1) ?? 0)]),
      )
      const floor = 0.5
      const { maximum, needed, cells } = predictPairs(pairsOf(tensors), {
        lengths,
        floor,
        cellsPerWord: Infinity,
        withMaximum: true,
      })
      const found = await cells()
      const expected = [...pairLogits64(pairs64(matrices), lengths)].flatMap(([pair, logits]) =>
        logits.flatMap((z, r) => (z >= floor ? [{ cell: [...pair.split(' ').map(Number), r], z }] : [])),
      )
      expect([...found.cells]).toEqual(expected.flatMap(({ cell }) => cell))
      expect(
        relativeError(
          found.logits,
          expected.map(({ z }) => z),
        ),
      ).toBeLessThan(tolerance)
      const exact = pairMaximum64(pairs64(matrices), lengths).flat()
      expect(relativeError((await maximum?.data()) ?? [], exact)).toBeLessThan(tolerance)
      tf.dispose([Object.values(tensors), ...(maximum ? [maximum] : []), ...needed])
    })
  })

  it.each(onCard(products.slice(1), products))(
    'products of $a by $b are right however the operands lie',
    async ({ a, b }) => {
      const [m = 0, k = 0] = a
      const [, n = 0] = b
      const [x, y] = [draw(m * k, 1), draw(k * n, 2)]
      const exact = product(toMatrix(x, k), toMatrix(y, n)).flat()
      for (const transposeA of [false, true])
        for (const transposeB of [false, true]) {
          const found = tf.tidy(() => {
            const [left, right] = [tf.tensor2d(x, [m, k]), tf.tensor2d(y, [k, n])]
            return tf.matMul(
              transposeA ? tf.transpose(left) : left,
              transposeB ? tf.transpose(right) : right,
              transposeA,
              transposeB,
            )
          })
          expect(relativeError(await found.data(), exact), `${transposeA} ${transposeB}`).toBeLessThan(tolerance)
          found.dispose()
        }
    },
  )
})

/** A few cells that hold, in order: the first and the last pair of every sentence, and one between. */
function someCells(lengths: readonly number[], relations: number): number[] {
  let start = 0
  return lengths.flatMap((length) => {
    const first = start
    start += length
    if (length === 0) return []
    const last = first + length - 1
    const cells = [
      [first, first, 0],
      [first, last, relations - 1],
      [last, first, 1],
    ]
    return length === 1 ? (cells[0] ?? []) : cells.flat()
  })
}
