/** Specs of weights: name, shape and initial values. Weights are counted, created and checked by these specs. */
import * as tf from '@tensorflow/tfjs-core'
import { createRandom, type Random } from './random.ts'
import { sizeOf } from '#main/pretrained/show-shape'

export interface WeightSpec {
  /** Name as in the golden files, for example `early.relation.left.kernel`. */
  readonly name: string
  readonly shape: readonly number[]
  readonly initial: Initializer
}

export type Initializer = (shape: readonly number[], random: Random) => Float32Array

/** Function from a weight's name to its tensor. */
export type Weights = (name: string) => tf.Tensor

export const zeros: Initializer = (shape) => new Float32Array(sizeOf(shape))

export const uniform =
  (limit: number): Initializer =>
  (shape, random) =>
    Float32Array.from({ length: sizeOf(shape) }, () => (2 * random.uniform() - 1) * limit)

export const normal =
  (deviation: number): Initializer =>
  (shape, random) =>
    Float32Array.from({ length: sizeOf(shape) }, () => deviation * random.normal())

/**
 * Specs of an affine map, kernel [input, output] and bias [output]. Initial values are PyTorch's: uniform within 1 /
 * sqrt(input).
 */
export function denseWeights(name: string, input: number, output: number, hasBias = true): WeightSpec[] {
  const initial = uniform(1 / Math.sqrt(Math.max(1, input)))
  const kernel = { name: `${name}.kernel`, shape: [input, output], initial }
  return hasBias ? [kernel, { name: `${name}.bias`, shape: [output], initial }] : [kernel]
}

/** Affine map of x [k, input] → [k, output]. */
export function dense(x: tf.Tensor2D, weights: Weights, name: string): tf.Tensor2D {
  const result = tf.fused.matMul({ a: x, b: weights(`${name}.kernel`), bias: weights(`${name}.bias`) })
  return result as tf.Tensor2D // a product of two matrices
}

/** Initial values with orthonormal columns or rows, whichever fits, in every block of `width` columns. */
export const orthogonalBlocks =
  (width: number): Initializer =>
  (shape, random) => {
    const [rows = 0, columns = 0] = shape
    const values = new Float32Array(rows * columns)
    for (let block = 0; block < columns; block += width)
      orthonormalRows(rows, width, random).forEach((row, r) => values.set(row, r * columns + block))
    return values
  }

/** `count` orthonormal vectors of `width` by Gram-Schmidt; `count` may not exceed `width`. */
function orthonormalRows(count: number, width: number, random: Random): Float64Array[] {
  const rows: Float64Array[] = []
  while (rows.length < count) {
    const row = Float64Array.from({ length: width }, () => random.normal())
    for (const other of rows) {
      const overlap = dot(row, other)
      other.forEach((value, i) => (row[i] = (row[i] ?? 0) - overlap * value))
    }
    const length = Math.sqrt(dot(row, row))
    rows.push(row.map((value) => value / length))
  }
  return rows
}

function dot(a: Float64Array, b: Float64Array): number {
  return a.reduce((sum, value, i) => sum + value * (b[i] ?? 0), 0)
}

export function countValues(specs: readonly WeightSpec[]): number {
  return specs.reduce((sum, { shape }) => sum + sizeOf(shape), 0)
}

let created = 0

/** Initial values of every spec. Each weight has a generator of its own, so that adding one changes no other. */
export function createWeights(specs: readonly WeightSpec[], seed: number): Map<string, tf.Variable> {
  // TensorFlow.js needs names that are unique in the process, which may hold several models
  const model = created++
  return new Map(
    specs.map(({ name, shape, initial }) => {
      const values = initial(shape, createRandom(seed, ...[...name].map((letter) => letter.codePointAt(0) ?? 0)))
      const variable = tf.tidy(() =>
        tf.variable(tf.tensor(values, [...shape], 'float32'), true, `model-${model}/${name}`),
      )
      return [name, variable]
    }),
  )
}
