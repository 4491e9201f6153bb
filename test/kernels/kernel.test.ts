/** What every kernel of ours has in common: which outputs have gradients, and reading without copies. */
import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { registerGradients } from '#main/kernels/gradients'
import { defineKernel } from '#main/kernels/kernel'
import { readInto } from '#main/kernels/read-into'
import { useBackend } from '../support/tensor-backends.ts'

beforeAll(() => useBackend('cpu'))

describe('a kernel', () => {
  it('is given gradients of what others compute with, not zeros for what it kept for itself', () => {
    registerGradients()
    const given: number[] = []
    const run = defineKernel<'x'>('SquareWithTrace', ({ x }) => [tf.square(x), tf.mul(x, 2), tf.neg(x)], {
      saves: [],
      savesOutputs: [false, true, false],
      values: [true, false, true],
      of(gradients, [slope]) {
        given.push(gradients.length)
        const [square, negated] = gradients as [tf.Tensor, tf.Tensor] // two values
        return { x: tf.sub(tf.mul(square, slope as tf.Tensor), negated) }
      },
    })
    const derive = tf.grad((x) => {
      const [square, , negated] = run({ x }, {}) as [tf.Tensor, tf.Tensor, tf.Tensor]
      return tf.sum(tf.add(square, tf.mul(negated, 3)))
    })
    expect([...derive(tf.tensor1d([1, -2])).dataSync()]).toEqual([2 - 3, -4 - 3])
    expect(given).toEqual([2])
  })
})

describe.each(['cpu', 'wasm'] as const)('a tensor on %s', (backend) => {
  it('is read to where it is wanted', async () => {
    await useBackend(backend)
    const target = new Float32Array(5)
    await readInto(target.subarray(1, 4), tf.tensor1d([1, 2, 3]))
    expect([...target]).toEqual([0, 1, 2, 3, 0])
  })
})
