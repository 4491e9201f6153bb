/** The pair scorer at the widths and lengths that tiles, panels and vectors do not divide, wherever it is fused. */
import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Kernel } from '#main/kernels/kernel'
import { pairLossAndMaximumKernel, pairLossKernel, pairMaximumGradientKernel } from '#main/kernels/pair-loss'
import { predictPairs } from '#main/kernels/pair-prediction'
import type { PairGradients, PairLossOutputs } from '#main/kernels/pairs'
import { registerPairs } from '#main/kernels/webgpu/pairs'
import { createRandom } from '#main/models/shared/random'
import { haveSameBytes } from '../support/bytes.ts'
import { relativeError } from '../support/golden.ts'
import { backThroughPairs, logitsOfPairs, lossOfPairs, type PairNumbers, type PairRow } from '../support/pairs64.ts'
import { describeBackends, isOnCard, onCard, underTest, useBackend } from '../support/tensor-backends.ts'

const tolerance = 1e-5
const none = new Float32Array()

interface Sample {
  readonly d: number
  readonly l: number
  readonly lengths: readonly number[]
  readonly numbers: PairNumbers
  readonly cells: readonly number[]
}

/** Float32 numbers, so that both sides start from the same; logits are of the size that a model has. */
function createSample(d: number, l: number, lengths: readonly number[], spreadOfBias = 1): Sample {
  const rows = lengths.reduce((sum, length) => sum + length, 0)
  const draw = (size: number, seed: number, spread: number): Float32Array => {
    const random = createRandom(seed, d, l, rows)
    return Float32Array.from({ length: size }, () => spread * random.normal())
  }
  const numbers = {
    left: draw(rows * d, 1, 1),
    right: draw(rows * d, 2, 1),
    kernel: draw(d * l, 3, 1 / Math.sqrt(d)),
    bias: draw(l, 4, spreadOfBias),
  }
  const cells = logitsOfPairs(numbers, lengths).flatMap(({ subject, object, values }) =>
    [...values.keys()].flatMap((r) => ((7 * subject + 3 * object + 5 * r) % 23 === 0 ? [subject, object, r] : [])),
  )
  return { d, l, lengths, numbers, cells }
}

type Values<Outputs> = { readonly [Name in keyof Outputs]: tf.TypedArray }

/** Runs a kernel and gives back the values of its outputs; inputs and outputs are disposed. */
async function run<Inputs extends object, Outputs extends object, Attributes extends object>(
  kernel: Kernel<Inputs, Outputs, Attributes>,
  inputs: Inputs,
  attributes: Attributes,
): Promise<Values<Outputs>> {
  const outputs = Object.entries<tf.Tensor>(kernel(inputs, attributes) as Record<string, tf.Tensor>)
  const values = await Promise.all(outputs.map(async ([name, output]) => [name, await output.data()]))
  tf.dispose([Object.values<tf.Tensor>(inputs as Record<string, tf.Tensor>), outputs.map(([, output]) => output)])
  return Object.fromEntries(values) as Values<Outputs> // of the same names
}

const tensorsOf = ({ d, l, numbers: { left, right, kernel, bias } }: Sample) => ({
  left: tf.tensor2d(left, [left.length / d, d]),
  right: tf.tensor2d(right, [right.length / d, d]),
  kernel: tf.tensor2d(kernel, [d, l]),
  bias: tf.tensor1d(bias),
})

const scoreLoss = (sample: Sample) => run(pairLossKernel, tensorsOf(sample), goldOf(sample))
const scoreBoth = (sample: Sample) => run(pairLossAndMaximumKernel, tensorsOf(sample), goldOf(sample))
const goldOf = ({ lengths, cells }: Sample) => ({ lengths, cells })

/** The gradients in the order of `backThroughPairs`. */
const gradientsOf = ({ dLeft, dRight, dKernel, dBias }: Values<PairGradients>) => [dLeft, dRight, dKernel, dBias]
const lossAndGradients = (values: Values<PairLossOutputs>) => [values.loss, ...gradientsOf(values)]

/** Gradients of left, right, kernel and bias for a gradient of the maximum [k, l]. */
async function scoreBack(sample: Sample, gradient: Float32Array, winners: ArrayLike<number>) {
  const { bias, ...tensors } = tensorsOf(sample)
  const shape: [number, number] = [gradient.length / sample.l, sample.l]
  const sent = {
    gradient: tf.tensor2d(gradient, shape),
    winners: tf.tensor2d(Int32Array.from(winners), shape, 'int32'),
  }
  bias.dispose()
  return gradientsOf(await run(pairMaximumGradientKernel, { ...sent, ...tensors }, { lengths: sample.lengths }))
}

/** The maximum, the cells from the floor on, and their logits. */
async function predict(sample: Sample, floor: number, cellsPerWord = Infinity): Promise<tf.TypedArray[]> {
  const tensors = tensorsOf(sample)
  const { maximum, needed, cells } = predictPairs(tensors, {
    lengths: sample.lengths,
    floor,
    cellsPerWord,
    withMaximum: true,
  })
  const found = await cells()
  const alone = predictPairs(tensors, { lengths: sample.lengths, floor, cellsPerWord })
  expect(alone.maximum).toBeNull()
  const foundAlone = await alone.cells()
  expect(haveSameBytes(foundAlone.cells, found.cells) && haveSameBytes(foundAlone.logits, found.logits)).toBe(true)
  const values = [(await maximum?.data()) ?? [], found.cells, found.logits] as tf.TypedArray[] // none of them missing
  tf.dispose([tensors, ...(maximum ? [maximum] : []), [...needed, ...alone.needed]])
  return values
}

function expectClose(found: readonly ArrayLike<number>[], expected: readonly ArrayLike<number>[]): void {
  expect(found.map(({ length }) => length)).toEqual(expected.map(({ length }) => length))
  for (const [at, values] of expected.entries())
    expect(relativeError(found[at] ?? [], values), `of result ${at}`).toBeLessThan(tolerance)
}

/** Largest logits over the second word of every first word [k, l]. */
function largest(logits: readonly PairRow[], rows: number, l: number): Float64Array {
  const result = new Float64Array(rows * l).fill(Number.NEGATIVE_INFINITY)
  for (const { subject, values } of logits)
    for (const [relation, z] of values.entries()) {
      const at = subject * l + relation
      result[at] = Math.max(result[at] ?? Number.NaN, z)
    }
  return result
}

/** Numbers of the cells that are kept: of each sentence the most probable, the earlier of equal ones, in their order. */
function mostOfEach(
  lengths: readonly number[],
  cells: ArrayLike<number>,
  logits: ArrayLike<number>,
  cellsPerWord: number,
): number[] {
  let end = 0
  return lengths.flatMap((length) => {
    const start = end
    end += length
    return Array.from({ length: logits.length }, (_, at) => at)
      .filter((at) => (cells[3 * at] ?? -1) >= start && (cells[3 * at] ?? -1) < end)
      .sort((a, b) => (logits[b] ?? 0) - (logits[a] ?? 0) || a - b)
      .slice(0, cellsPerWord * length)
      .sort((a, b) => a - b)
  })
}

const ragged = [3, 0, 1, 49, 2, 13] // 49: two tiles of rows and one more
const shapes = [
  ...[1, 5, 8, 24, 171].map((l) => [20, l, ragged] as const),
  ...[4, 6, 8, 200].map((d) => [d, 24, ragged] as const),
  [200, 171, [33, 0, 2]],
  [200, 171, [1]],
  [6, 5, [0, 2]],
] as const

const manyParts = [6, 5, [3, 0, 23, 14, 13, 13]] as const // more pairs than one part of a sum takes, and more rows

/**
 * One for every path that a program on a card can take; what is read is made of ordinary operations there. The card's emulation
 * compiles programs anew for each width and number of types, which takes longer than they run: other cases have those of one of these.
 */
const shapesOnCard = [
  [68, 70, [9, 0, 2]], // two tiles of 64 each way
  manyParts,
  [20, 1, [1]], // a single pair and relation
] as const

type Shape = readonly [d: number, l: number, lengths: readonly number[]]

function toSample([d, l, lengths]: Shape) {
  const sample = createSample(d, l, lengths)
  const logits = logitsOfPairs(sample.numbers, sample.lengths)
  const { loss, gradients } = lossOfPairs(logits, sample.cells)
  const expected = [[loss], ...backThroughPairs(sample.numbers, gradients)]
  return {
    ...sample,
    logits,
    expected,
    name: `of ${sample.lengths} words, width ${sample.d}, with ${sample.l} relation types`,
  }
}

const samples = onCard<readonly Shape[]>(shapesOnCard, shapes).map(toSample)
const floors = onCard([0.5, 1e9], [-1e9, 0.5, 1e9])
const most = onCard([1], [1, 16])

describeBackends.each(underTest(['wasm-simd', 'wasm', 'wasm-wide']))('on %s', (backend) => {
  beforeAll(() => useBackend(backend))

  describe.each(samples)('pairs $name', (sample) => {
    const { d, l, numbers, logits, expected } = sample
    const rows = numbers.left.length / d

    it('have the loss and gradients of float64', async () => {
      expectClose(lossAndGradients(await scoreLoss(sample)), expected)
      expectClose(lossAndGradients(await scoreBoth(sample)), expected)
    })

    it('have the maximum of float64, at a word of their sentence', async () => {
      const { maximum, winners } = await scoreBoth(sample)
      const places = Array.from({ length: rows * l }, (_, at) => ({ row: Math.floor(at / l), relation: at % l }))
      expectClose([maximum], [largest(logits, rows, l)])
      const won = new Map(logits.map(({ subject, object, values }) => [`${subject} ${object}`, values]))
      const atWinners = places.map(
        ({ row, relation }, at) => won.get(`${row} ${winners[at]}`)?.[relation] ?? Number.NaN,
      )
      expectClose([maximum], [atWinners])
    })

    it('send a gradient of the maximum through the winners alone', async () => {
      const { winners } = await scoreBoth(sample)
      // some words want nothing, as padding and saturated sentences do
      const gradient = Float32Array.from({ length: rows * l }, (_, at) => (at % 5 === 0 ? 0 : Math.cos(at)))
      const sent = logits.map(({ subject, object, values }) => ({
        subject,
        object,
        values: values.map((_, relation) => {
          const at = subject * l + relation
          return winners[at] === object ? (gradient[at] ?? 0) : 0
        }),
      }))
      expectClose(await scoreBack(sample, gradient, winners), backThroughPairs(numbers, sent))
    })

    it.each(floors)('are predicted from a floor of %d, in the order of their rows', async (floor) => {
      const [maximum = none, cells = none, found = none] = await predict(sample, floor)
      expect(haveSameBytes(maximum, (await scoreBoth(sample)).maximum)).toBe(true)
      const codeOf = (subject: number, object: number, relation: number): number =>
        (subject * rows + object) * l + relation
      const codes = [...found.keys()].map((at) =>
        codeOf(cells[3 * at] ?? -1, cells[3 * at + 1] ?? -1, cells[3 * at + 2] ?? -1),
      )
      const kept = new Set(codes)
      const expected: { codes: number[]; logits: number[] } = { codes: [], logits: [] }
      for (const { subject, object, values } of logits)
        for (const [relation, z] of values.entries()) {
          const code = codeOf(subject, object, relation)
          // what lies so near to the floor that rounding decides may be there or not
          if (Math.abs(z - floor) < 1e-4 ? !kept.has(code) : z < floor) continue
          expected.codes.push(code)
          expected.logits.push(z)
        }
      expect(relativeError(codes, expected.codes)).toBe(0)
      expectClose([found], [expected.logits])
      expect(found.every((z) => z >= floor)).toBe(true)
    })

    it.each(most)('are predicted up to %d a word, of each sentence the most probable', async (cellsPerWord) => {
      const [allMaximum = [], allCells = [], allLogits = []] = await predict(sample, -1)
      const [maximum = [], cells = [], found = []] = await predict(sample, -1, cellsPerWord)
      expect([...maximum]).toEqual([...allMaximum])
      const expected = mostOfEach(sample.lengths, allCells, allLogits, cellsPerWord)
      expect([...cells]).toEqual(expected.flatMap((at) => [...allCells.slice(3 * at, 3 * at + 3)]))
      expect([...found]).toEqual(expected.map((at) => allLogits[at]))
    })

    // on a card where sums have several parts, which alone could come in another order
    it.skipIf(isOnCard && sample.d !== manyParts[0])('give the same bits again', async () => {
      const all = async (): Promise<tf.TypedArray[]> => [
        ...Object.values<tf.TypedArray>(await scoreLoss(sample)),
        ...Object.values<tf.TypedArray>(await scoreBoth(sample)),
        ...(await predict(sample, 0)),
      ]
      const before = await all()
      await scoreBoth(createSample(6, 5, [3, 5]))
      const again = await all()
      expect(again.map((values, at) => haveSameBytes(values, before[at] ?? none))).toEqual(before.map(() => true))
    })
  })

  it('losses of extreme logits are finite and right', async () => {
    for (const spread of [30, 200]) {
      const sample = createSample(6, 5, [9, 1, 4], spread)
      const logits = logitsOfPairs(sample.numbers, sample.lengths)
      const { loss, gradients } = lossOfPairs(logits, sample.cells)
      expectClose(lossAndGradients(await scoreLoss(sample)), [[loss], ...backThroughPairs(sample.numbers, gradients)])
    }
    const bias = Float32Array.of(200, -200, 0, 0, 0)
    const still = new Float32Array(12)
    const numbers = { left: still, right: still, kernel: new Float32Array(30), bias }
    for (const cells of [[0, 0, 1, 1, 1, 1], [0, 0, 0], []]) {
      const sample = { d: 6, l: 5, lengths: [2], numbers, cells }
      const { loss, gradients } = lossOfPairs(logitsOfPairs(numbers, [2]), cells)
      expectClose(lossAndGradients(await scoreLoss(sample)), [[loss], ...backThroughPairs(numbers, gradients)])
    }
  })

  it.runIf(isOnCard)('have the loss, gradients and maximum of float64 where one buffer holds a few rows', async () => {
    registerPairs(1200)
    const sample = toSample([6, 5, [3, 0, 23, 1, 8]])
    const values = await scoreBoth(sample)
    expectClose(lossAndGradients(values), sample.expected)
    expectClose([values.maximum], [largest(sample.logits, 35, 5)])
    expect((await predict(sample, 1e9))[0]).toEqual(values.maximum)
    registerPairs()
  })

  it('the first of equal logits wins', async () => {
    const words = 31
    const same = new Float32Array(words * 6).fill(0.5)
    const numbers = { left: same, right: same, kernel: new Float32Array(30).fill(1), bias: new Float32Array(5) }
    const sample = { d: 6, l: 5, lengths: [words, 0], numbers, cells: [] }
    const { winners } = await scoreBoth(sample)
    expect(new Set(winners)).toEqual(new Set([0]))
  })

  it.each([Number.NaN, Number.POSITIVE_INFINITY])(
    'a weight of %d gives no loss, and still names words of the sentence',
    async (weight) => {
      await scoreBoth(createSample(6, 5, [40])) // leaves winners of a longer sentence behind
      const sample = createSample(6, 5, [2, 3])
      const broken = { ...sample, numbers: { ...sample.numbers, kernel: sample.numbers.kernel.map(() => -weight) } }
      const { loss, winners } = await scoreBoth(broken)
      expect(Number.isNaN(loss[0])).toBe(true)
      expect([...winners].every((row, at) => (at < 10 ? row >= 0 && row < 2 : row >= 2 && row < 5))).toBe(true)
    },
  )

  it('leaves its inputs as they were', async () => {
    const sample = createSample(6, 5, [2, 0, 7])
    const tensors = tensorsOf(sample)
    tf.tidy(() => void [pairLossKernel(tensors, goldOf(sample)), pairLossAndMaximumKernel(tensors, goldOf(sample))])
    const { needed, cells } = predictPairs(tensors, { lengths: sample.lengths, floor: 0, cellsPerWord: 1 })
    await cells()
    tf.dispose(needed.filter((tensor) => !Object.values<tf.Tensor>(tensors).includes(tensor)))
    const { left, right, kernel, bias } = tensors
    const after = await Promise.all([left, right, kernel, bias].map((tensor) => tensor.data()))
    expect(after).toEqual(Object.values(sample.numbers))
    tf.dispose(tensors)
  })

  it('keeps the first of equally probable cells', async () => {
    const words = 40
    const l = onCard(5, 50)
    const same = new Float32Array(words * 6).fill(0.5)
    const numbers = { left: same, right: same, kernel: new Float32Array(6 * l).fill(1), bias: new Float32Array(l) }
    const [, cells = []] = await predict({ d: 6, l, lengths: [words, 0], numbers, cells: [] }, 0, 2)
    const first = Array.from({ length: 2 * words }, (_, at) => [0, Math.floor(at / l), at % l])
    expect([...cells]).toEqual(first.flat())
  })

  it('predicts nothing where there are no words', async () => {
    const [maximum, cells, found] = await predict(createSample(6, 5, [0, 0]), 0)
    expect([maximum, cells, found].map((values) => values?.length)).toEqual([0, 0, 0])
  })

  it('keeps no tensor of its own', async () => {
    const before = tf.memory().numTensors
    const sample = createSample(6, 5, [5, 2])
    await scoreBoth(sample)
    await predict(sample, 0)
    expect(tf.memory().numTensors).toBe(before)
  })
})
