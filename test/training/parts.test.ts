import * as tf from '@tensorflow/tfjs-core'
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { createJointModel } from '#main/model/joint-model'
import { createVocabulary } from '#main/model/vocabulary'
import { createAdam } from '#main/training/adam'
import { planBatches } from '#main/training/batches'
import { planShards, shardCost } from '#main/training/shards'
import { batchGradients, type BatchGradients, type Learner } from '#main/training/step'
import { relativeError } from '../support/golden.ts'
import { useBackend } from '../support/tensor-backends.ts'
import { tinyModel, tinySentences, tinyTraining } from '../support/tiny-training.ts'

beforeAll(() => useBackend('wasm'))

const lengths = fc.array(fc.nat(60), { maxLength: 200 })

describe('batches', () => {
  it('hold every sentence once, full but for one per pool, by length inside', () => {
    fc.assert(
      fc.property(lengths, fc.integer({ min: 1, max: 20 }), fc.nat(), (given, batchSize, epoch) => {
        const batches = planBatches(given, { batchSize, seed: 7, epoch })
        expect(batches.flat().toSorted((a, b) => a - b)).toEqual([...given.keys()])
        expect(batches.length).toBe(Math.ceil(given.length / batchSize))
        for (const batch of batches) {
          const inside = batch.map((index) => given[index] ?? 0)
          expect(inside).toEqual(inside.toSorted((a, b) => a - b))
        }
      }),
    )
  })

  it('come in the same order for the same seed and epoch, and in another for others', () => {
    const given = Array.from({ length: 100 }, (_, index) => index % 17)
    const plan = (seed: number, epoch: number) => planBatches(given, { batchSize: 10, seed, epoch })
    expect(plan(1, 1)).toEqual(plan(1, 1))
    expect(plan(1, 2)).not.toEqual(plan(1, 1))
    expect(plan(2, 1)).not.toEqual(plan(1, 1))
  })
})

describe('shards', () => {
  it('keep the order and their budget, except for a sentence that is alone above it', () => {
    const sizes = { hidden: 3, relations: ['a', 'b'] }
    fc.assert(
      fc.property(lengths, fc.integer({ min: 1, max: 100_000 }), (given, budget) => {
        const sentences = given.map((length) => ({ words: Array.from({ length }, () => 'word') }))
        const shards = planShards(sentences, sizes, budget)
        expect(shards.flat()).toEqual(sentences)
        for (const shard of shards) {
          const longest = Math.max(...shard.map(({ words }) => words.length))
          expect(shard.length === 1 || shardCost(shard.length, longest, sizes) <= budget).toBe(true)
        }
      }),
    )
  })

  it('have gradients and losses that add up to the whole batch, noise and dropout included', async () => {
    const sentences = tinySentences(9)
    const config = tinyModel('pmei')
    const vocabulary = createVocabulary(sentences.flatMap(({ words }) => words))
    const model = createJointModel(config, vocabulary.size, 3)
    const adam = createAdam(model.weights, null)
    const learner: Learner = { model, vocabulary, adam, training: tinyTraining({ alpha: 0.5, betaEntity: 0.1 }) }
    const whole = await batchGradients(learner, sentences)
    const shards = await batchGradients(learner, sentences, shardCost(2, 6, config))
    expect(planShards(sentences, config, shardCost(2, 6, config)).length).toBeGreaterThan(4)
    expect(relativeError(Object.values(shards.losses), Object.values(whole.losses))).toBeLessThan(1e-6)
    const values = ({ gradients }: BatchGradients, name: string) => gradients.get(name)?.dataSync() ?? []
    for (const name of model.weights.keys())
      expect(relativeError(values(shards, name), values(whole, name)), name).toBeLessThan(1e-5)
    tf.dispose([...whole.gradients.values(), ...shards.gradients.values()])
    adam.dispose()
    model.dispose()
  })
})

describe('Adam', () => {
  it('follows the published algorithm in float64', () => {
    const weights = new Map([['w', tf.variable(tf.tensor1d([1, -2, 3]))]])
    const adam = createAdam(weights, null)
    const expected = { w: [1, -2, 3], m: [0, 0, 0], v: [0, 0, 0] }
    for (let step = 1; step <= 20; step++) {
      const gradient = [0.3 * step, -1e-4, Math.sin(step)]
      adam.update(new Map([['w', tf.tensor1d(gradient)]]), 0.05, 0.5)
      gradient.forEach((raw, i) => {
        const g = raw * 0.5
        const m = (expected.m[i] = 0.9 * (expected.m[i] ?? 0) + 0.1 * g)
        const v = (expected.v[i] = 0.999 * (expected.v[i] ?? 0) + 0.001 * g * g)
        const move = (0.05 * (m / (1 - 0.9 ** step))) / (Math.sqrt(v / (1 - 0.999 ** step)) + 1e-8)
        expected.w[i] = (expected.w[i] ?? 0) - move
      })
    }
    expect(relativeError(weights.get('w')?.dataSync() ?? [], expected.w)).toBeLessThan(1e-6)
    expect(adam.step).toBe(20)
  })

  it('goes on exactly from what it captured', async () => {
    const start = () => new Map([['w', tf.variable(tf.tensor1d([1, 2]))]])
    const gradient = (step: number) => new Map([['w', tf.tensor1d([step, 1 / step])]])
    const [straight, stopped] = [start(), start()]
    const adam = createAdam(straight, null)
    const before = createAdam(stopped, null)
    ;[1, 2, 3].forEach((step) => (adam.update(gradient(step), 0.1), before.update(gradient(step), 0.1)))
    const after = createAdam(stopped, await before.capture())
    ;[4, 5].forEach((step) => (adam.update(gradient(step), 0.1), after.update(gradient(step), 0.1)))
    expect(stopped.get('w')?.dataSync()).toEqual(straight.get('w')?.dataSync())
    const captured = await after.capture()
    expect(() => createAdam(new Map([['other', tf.variable(tf.scalar(1))]]), captured)).toThrow(
      'optimizer.safetensors lacks other.first',
    )
  })
})
