/** Matrix products on every WASM build: all transpositions, widths and depths beside those the kernels are cut for, and batches. */
import * as tf from '@tensorflow/tfjs-core'
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { createRandom } from '#main/models/shared/random'
import { product, toMatrix } from '../support/float64.ts'
import { relativeError } from '../support/golden.ts'
import { tensorBackends, useBackend } from '../support/tensor-backends.ts'

const tolerance = 2e-6

interface Sizes {
  readonly m: number
  readonly k: number
  readonly n: number
}

const bothWays = [
  { transposeA: false, transposeB: false },
  { transposeA: false, transposeB: true },
  { transposeA: true, transposeB: false },
  { transposeA: true, transposeB: true },
]
type Lie = (typeof bothWays)[number]

function draw(size: number, seed: number): Float32Array {
  const random = createRandom(seed, size)
  return Float32Array.from({ length: size }, () => random.normal())
}

/** The operands of `count` products as tensors that lie as told, and the products' float64 values. */
function operands({ m, k, n }: Sizes, { transposeA, transposeB }: Lie, count = 1) {
  const [x, y] = [draw(count * m * k, 1), draw(count * k * n, 2)]
  const exact = Array.from({ length: count }, (_, at) => {
    const [left, right] = [x.subarray(at * m * k, (at + 1) * m * k), y.subarray(at * k * n, (at + 1) * k * n)]
    return k === 0 ? new Array<number>(m * n).fill(0) : product(toMatrix(left, k), toMatrix(right, n)).flat()
  }).flat()
  const lay = (values: Float32Array, rows: number, columns: number, isTransposed: boolean) => {
    const tensor = tf.tensor3d(values, [count, rows, columns])
    return isTransposed ? tf.transpose(tensor, [0, 2, 1]) : tensor
  }
  return { a: lay(x, m, k, transposeA), b: lay(y, k, n, transposeB), exact }
}

function errorOf(sizes: Sizes, lie: Lie, count = 1): number {
  return tf.tidy(() => {
    const { a, b, exact } = operands(sizes, lie, count)
    return relativeError(tf.matMul(a, b, lie.transposeA, lie.transposeB).dataSync(), exact)
  })
}

const wasmBackends = tensorBackends.filter((name) => name !== 'cpu')
const ownBackends = wasmBackends.filter((name) => name !== 'wasm-plain')

describe.each(wasmBackends)('products on %s', (backend) => {
  beforeAll(() => useBackend(backend))

  it('are right at any size, however the operands lie', () => {
    const size = fc.integer({ min: 1, max: 40 })
    fc.assert(
      fc.property(
        size,
        size,
        size,
        fc.constantFrom(...bothWays),
        fc.integer({ min: 1, max: 3 }),
        (m, k, n, lie, count) => {
          expect(errorOf({ m, k, n }, lie, count)).toBeLessThan(tolerance)
        },
      ),
      { numRuns: 150 },
    )
  })

  it.each(bothWays)('are right where blocks end: $transposeA, $transposeB', (lie) => {
    for (const m of [1, 119, 121])
      for (const k of [95, 97, 256, 257]) expect(errorOf({ m, k, n: 9 }, lie)).toBeLessThan(tolerance)
  })

  it('write to their own result alone, whatever its last columns', () => {
    for (const n of [1, 7, 9, 15])
      for (const lie of bothWays) expect(neighboursOf({ m: 5, k: 11, n }, lie)).toEqual(sevens)
  })

  it.each(bothWays)('of nothing to add up are 0, and no rows stay no rows: $transposeA, $transposeB', (lie) => {
    tf.tidy(() => tf.fill([3, 9], 7).dataSync()) // left in memory for a result that is not written
    expect(errorOf({ m: 3, k: 0, n: 9 }, lie)).toBe(0)
    expect(errorOf({ m: 0, k: 3, n: 9 }, lie)).toBe(0)
  })

  it('take one right operand for a whole batch', () => {
    const found = tf.tidy(() => {
      const { a } = operands({ m: 4, k: 5, n: 6 }, { transposeA: false, transposeB: true }, 3)
      const { b } = operands({ m: 4, k: 5, n: 6 }, { transposeA: false, transposeB: true })
      const together = tf.matMul(a, b, false, true)
      const singly = tf.concat(tf.split(a, 3).map((one) => tf.matMul(one, b, false, true)))
      return tf.max(tf.abs(tf.sub(together, singly))).dataSync()[0]
    })
    expect(found).toBeLessThan(1e-6)
  })

  it('of whole numbers are refused, as by TensorFlow.js', () => {
    const whole = tf.ones([2, 2], 'int32')
    expect(() => tf.matMul(whole, whole)).toThrow('non-float32')
  })
})

describe.each(ownBackends)('products with a bias on %s', (backend) => {
  beforeAll(() => useBackend(backend))

  describe.each(['linear', 'relu'] as const)('and %s', (activation) => {
    it.each(bothWays)('are right however the operands lie: $transposeA, $transposeB', (lie) => {
      for (const n of [1, 8, 13])
        for (const biases of new Set([1, n])) {
          const sizes = { m: 7, k: 10, n }
          expect(fusedErrorOf(sizes, lie, biases, activation), `${n} columns, ${biases} biases`).toBeLessThan(tolerance)
        }
    })

    it('are the bias where there is nothing to add up', () => {
      expect(fusedErrorOf({ m: 3, k: 0, n: 5 }, { transposeA: false, transposeB: false }, 5, activation)).toBe(0)
    })
  })
})

function fusedErrorOf({ m, k, n }: Sizes, lie: Lie, biases: number, activation: 'linear' | 'relu'): number {
  return tf.tidy(() => {
    const operand = operands({ m, k, n }, lie)
    const [a, b] = [tf.squeeze<tf.Tensor2D>(operand.a, [0]), tf.squeeze<tf.Tensor2D>(operand.b, [0])]
    const bias = draw(biases, 3)
    const sums = operand.exact.map((x, at) => x + (bias[biases === 1 ? 0 : at % n] ?? 0))
    const found = tf.fused.matMul({ a, b, bias: tf.tensor1d(bias), activation, ...lie })
    return relativeError(found.dataSync(), activation === 'relu' ? sums.map((x) => Math.max(x, 0)) : sums)
  })
}

/** Numbers that lie right before and right behind the memory which the result is likely to get. */
function neighboursOf({ m, k, n }: Sizes, lie: Lie): number[] {
  return tf.tidy(() => {
    const { a, b } = operands({ m, k, n }, lie)
    const multiply = (): tf.Tensor => tf.matMul(a, b, lie.transposeA, lie.transposeB)
    multiply() // what is kept for intermediate results is there from now on
    const [before, hole, behind] = [tf.fill([4], 7), tf.fill([m * n], 7), tf.fill([4], 7)]
    hole.dispose()
    multiply()
    return [...before.dataSync(), ...behind.dataSync()]
  })
}

const sevens = new Array<number>(8).fill(7)
