import { describe, expect, it } from 'vitest'
import { createRandom, keyOfWords, type Random } from '#main/models/shared/random'

const count = 400_000

function draw(fill: (random: Random, values: Float32Array) => void, ...key: number[]): Float32Array {
  const values = new Float32Array(count)
  fill(createRandom(...key), values)
  return values
}

const normals = (...key: number[]): Float32Array => draw((random, values) => random.fillNormal(values), ...key)

/** Mean of a power of the values. */
const moment = (values: Float32Array, power: number): number =>
  values.reduce((sum, value) => sum + value ** power, 0) / values.length

/** Share of values below `bound`. */
const shareBelow = (values: Float32Array, bound: number): number =>
  values.reduce((sum, value) => sum + (value < bound ? 1 : 0), 0) / values.length

describe('random numbers', () => {
  it('are normal: moments, shares below bounds and the tail', () => {
    const values = normals(1, 2, 3)
    const [mean, variance, skewness, kurtosis] = [1, 2, 3, 4].map((power) => moment(values, power))
    expect(mean).toBeCloseTo(0, 2)
    expect(variance).toBeCloseTo(1, 2)
    expect(skewness).toBeCloseTo(0, 1)
    expect(kurtosis).toBeCloseTo(3, 1)
    // the bell's distribution function, from tables; five standard errors of a share
    const table = [
      [-2, 0.0227501],
      [-1, 0.1586553],
      [-0.5, 0.3085375],
      [0, 0.5],
      [0.1, 0.5398278],
      [1.5, 0.9331928],
      [3, 0.9986501],
      [3.5, 0.9997674],
    ] as const
    for (const [bound, share] of table)
      expect(Math.abs(shareBelow(values, bound) - share)).toBeLessThan(5 * Math.sqrt((share * (1 - share)) / count))
    expect(Math.max(...values.subarray(0, 100_000))).toBeGreaterThan(3.5)
  })

  it('are uniform in [0, 1)', () => {
    const values = draw((random, into) => random.fillUniform(into), 5)
    expect(moment(values, 1)).toBeCloseTo(0.5, 2)
    expect(moment(values, 2)).toBeCloseTo(1 / 3, 2)
    expect(values.every((value) => value >= 0 && value <= 1)).toBe(true)
  })

  it('are the same for the same key, one by one or filled in, and unrelated for a nearby one', () => {
    expect(normals(7, 1)).toEqual(normals(7, 1))
    const random = createRandom(7, 1)
    expect(Float32Array.from({ length: 1000 }, () => random.normal())).toEqual(normals(7, 1).subarray(0, 1000))
    const [one, other] = [normals(7, 1), normals(7, 2)]
    const correlation = one.reduce((sum, value, at) => sum + value * (other[at] ?? 0), 0) / count
    expect(Math.abs(correlation)).toBeLessThan(0.01)
  })
})

describe('the key of a sentence', () => {
  it('follows from its words and where they are divided, and hardly ever is that of another', () => {
    expect(keyOfWords(['a', 'b'])).toBe(keyOfWords(['a', 'b']))
    expect(keyOfWords(['ab'])).not.toBe(keyOfWords(['a', 'b']))
    const keys = Array.from({ length: 10_000 }, (_, at) => keyOfWords(['sentence', `${at}`, '.']))
    expect(new Set(keys).size).toBeGreaterThan(9_995)
  })
})
