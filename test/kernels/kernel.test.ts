/** The definition of kernels: outputs and saved tensors by name, gradients of values alone; and downloads without copies. */
import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { registerGradients } from '#main/kernels/gradients'
import { defineKernel, hasKernel, inOrder } from '#main/kernels/kernel'
import { downloadInto } from '#main/kernels/download-into'
import { useBackend } from '../support/tensor-backends.ts'

beforeAll(() => useBackend('cpu'))

describe('a kernel', () => {
  it('is given gradients of what others compute with, not zeros for what it kept for itself', () => {
    registerGradients()
    const given: string[] = []
    const run = defineKernel({
      name: 'SquareWithTrace',
      outputs: { square: 'value', slope: 'trace', negated: 'value' },
      reference: ({ x }: { x: tf.Tensor }) => ({ square: tf.square(x), slope: tf.mul(x, 2), negated: tf.neg(x) }),
      gradient: {
        saves: ['slope'],
        of(gradients, { slope }) {
          given.push(...Object.keys(gradients))
          return { x: tf.sub(tf.mul(gradients.square, slope), gradients.negated) }
        },
      },
    })
    const derive = tf.grad((x) => {
      const { square, negated } = run({ x }, {})
      return tf.sum(tf.add(square, tf.mul(negated, 3)))
    })
    expect([...derive(tf.tensor1d([1, -2])).dataSync()]).toEqual([2 - 3, -4 - 3])
    expect(given).toEqual(['square', 'negated'])
  })

  it('has its saved inputs and outputs by name, in whatever order they are asked for', () => {
    registerGradients()
    const run = defineKernel({
      name: 'DifferenceOfProducts',
      outputs: { difference: 'value', sum: 'trace' },
      reference: ({ a, b }: { a: tf.Tensor; b: tf.Tensor }) => ({
        difference: tf.sub(tf.square(a), tf.square(b)), // (a + b)(a - b)
        sum: tf.add(a, b),
      }),
      gradient: {
        saves: ['sum', 'b', 'a'],
        of: ({ difference }, { a, b, sum }) => ({
          a: tf.mul(difference, tf.sub(tf.mul(sum, 2), tf.mul(b, 2))),
          b: tf.mul(difference, tf.sub(tf.mul(a, 2), tf.mul(sum, 2))),
        }),
      },
    })
    const [a, b] = tf.grads((x, y) => tf.sum(run({ a: x, b: y }, {}).difference))([
      tf.tensor1d([3, 5]),
      tf.tensor1d([1, 2]),
    ])
    expect([...(a?.dataSync() ?? [])]).toEqual([6, 10])
    expect([...(b?.dataSync() ?? [])]).toEqual([-2, -4])
  })

  it('is found by its name, not by its place, where a backend has a version of its own', () => {
    const run = defineKernel<{ x: tf.Tensor }, { negated: tf.Tensor; doubled: tf.Tensor }>({
      name: 'NegatedAndDoubled',
      outputs: { negated: 'value', doubled: 'value' },
    })
    expect(hasKernel(run)).toBe(false)
    tf.registerKernel({
      kernelName: run.kernelName,
      backendName: 'cpu',
      kernelFunc: ({ inputs }) => {
        const x = inputs['x'] as tf.Tensor // its only input
        return inOrder(run.outputNames, { doubled: tf.mul(x, 2), negated: tf.neg(x) })
      },
    })
    expect(hasKernel(run)).toBe(true)
    const { negated, doubled } = run({ x: tf.scalar(3) }, {})
    expect([negated.dataSync()[0], doubled.dataSync()[0]]).toEqual([-3, 6])
  })
})

describe.each(['cpu', 'wasm'] as const)('a tensor on %s', (backend) => {
  it('is read to where it is wanted', async () => {
    await useBackend(backend)
    const target = new Float32Array(5)
    await downloadInto(target.subarray(1, 4), tf.tensor1d([1, 2, 3]))
    expect([...target]).toEqual([0, 1, 2, 3, 0])
  })
})
