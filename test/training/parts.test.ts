import * as tf from '@tensorflow/tfjs-core'
import fc from 'fast-check'
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { createModel } from '#main/models/model'
import { createVocabulary } from '#main/pretrained/vocabulary'
import { createAdam } from '#main/training/adam'
import { createAverage } from '#main/training/average'
import { planBatches } from '#main/training/batches'
import { batchGradients, type BatchGradients } from '#main/training/gradients'
import { costAlone, shardCost } from '#main/runs/pass-cost'
import { isOutOfMemory, planShards, sentenceBudget, startMemory } from '#main/training/shards'
import { costModel, planShares } from '#main/training/shares'
import type { Learner } from '#main/training/learner'
import { relativeError } from '../support/golden.ts'
import { limitHeap } from '../support/limited-heap.ts'
import { useBackend } from '../support/tensor-backends.ts'
import { tinyModel, tinySentences, tinyTraining } from '../support/tiny-training.ts'

beforeAll(() => useBackend('wasm'))

const lengths = fc.array(fc.nat(60), { maxLength: 200 })

describe('batches', () => {
  it('hold every sentence once, full but for one per pool, by length inside', () => {
    fc.assert(
      fc.property(lengths, fc.integer({ min: 1, max: 20 }), fc.nat(), (given, batchSize, epoch) => {
        const batches = planBatches(given, { batchSize, seed: 7, epoch, order: 'bucketed' })
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
    const plan = (seed: number, epoch: number) => planBatches(given, { batchSize: 10, seed, epoch, order: 'bucketed' })
    expect(plan(1, 1)).toEqual(plan(1, 1))
    expect(plan(1, 2)).not.toEqual(plan(1, 1))
    expect(plan(2, 1)).not.toEqual(plan(1, 1))
  })
})

describe('batches in other orders', () => {
  it('hold every sentence once: shuffled anew each epoch, or as the file has them', () => {
    const plan = (order: 'shuffled' | 'file', epoch: number) =>
      planBatches(
        Array.from({ length: 95 }, (_, index) => index % 17),
        { batchSize: 10, seed: 3, epoch, order },
      )
    expect(plan('file', 1).flat()).toEqual([...Array(95).keys()])
    expect(plan('file', 2)).toEqual(plan('file', 1))
    expect(
      plan('shuffled', 1)
        .flat()
        .toSorted((a, b) => a - b),
    ).toEqual([...Array(95).keys()])
    expect(plan('shuffled', 1)).toEqual(plan('shuffled', 1))
    expect(plan('shuffled', 2)).not.toEqual(plan('shuffled', 1))
  })
})

const wordsOf = (length: number): { words: string[] } => ({ words: Array.from({ length }, () => 'word') })

describe('shards', () => {
  it('let a long sentence of a fine-tuned BERT stand alone, whose layers are then computed one by one', () => {
    const base = {
      ...{
        vocabulary: 30522,
        width: 768,
        layers: 12,
        heads: 12,
        inner: 3072,
        positions: 512,
        types: 2,
        epsilon: 1e-12,
      },
    }
    const of = (isFrozen: boolean) => ({
      encoder: { kind: 'bert' as const, sizes: base, isFrozen, source: { folder: '', sha256: '' } },
      relations: ['founded'],
    })
    expect(shardCost(1000, of(false))).toBeGreaterThan(sentenceBudget)
    expect(costAlone(1000, of(false))).toBeLessThan(sentenceBudget)
    expect(costAlone(20_000, of(false))).toBeGreaterThan(sentenceBudget)
    for (const words of [1, 100, 1000]) expect(costAlone(words, of(true))).toBe(shardCost(words, of(true)))
  })

  it('keep the order and their budget, except for a sentence that is alone above it', () => {
    const sizes = { ...tinyModel('pmei'), relations: ['a', 'b'] }
    fc.assert(
      fc.property(lengths, fc.integer({ min: 1, max: 100_000 }), (given, budget) => {
        const sentences = given.map(wordsOf)
        const shards = planShards(sentences, sizes, startMemory({ budget }))
        expect(shards.flat()).toEqual(sentences)
        for (const shard of shards) {
          const words = shard.flatMap((sentence) => sentence.words)
          expect(shard.length === 1 || shardCost(words.length, sizes) <= budget).toBe(true)
        }
      }),
    )
  })
})

describe('lack of memory', () => {
  it('is also a kernel that left the heap, and no other failure', () => {
    expect(isOutOfMemory(new WebAssembly.RuntimeError('memory access out of bounds'))).toBe(true)
    expect(isOutOfMemory(new WebAssembly.RuntimeError('unreachable'))).toBe(false)
  })
})

describe('shares', () => {
  const costOf = costModel(tinyModel('pmei'))
  const costOfAll = (given: readonly number[]): number => given.reduce((sum, length) => sum + costOf(length), 0)

  it('follow one another and cover the batch, also where there are more replicas than sentences', () => {
    fc.assert(
      fc.property(lengths, fc.integer({ min: 1, max: 16 }), (given, count) => {
        const shares = planShares(given, count, costOf)
        expect(shares).toHaveLength(count)
        expect(shares.flatMap(({ from, to }) => given.slice(from, to))).toEqual(given)
      }),
    )
  })

  it('cost no more than an even part and the longest sentence', () => {
    fc.assert(
      fc.property(lengths, fc.integer({ min: 1, max: 16 }), (given, count) => {
        const most = costOfAll(given) / count + costOf(Math.max(0, ...given))
        for (const { from, to } of planShares(given, count, costOf))
          expect(costOfAll(given.slice(from, to))).toBeLessThanOrEqual(most * (1 + 1e-9))
      }),
    )
  })
})

describe('gradients of a batch', () => {
  const sentences = tinySentences(9)

  function createLearner(limits: Parameters<typeof startMemory>[0] = {}): Learner {
    const vocabulary = createVocabulary(sentences.flatMap(({ words }) => words))
    const model = createModel(tinyModel('pmei'), vocabulary.size, 3)
    const adam = createAdam(model.weights, null)
    onTestFinished(() => (adam.dispose(), model.dispose()))
    const training = tinyTraining({ alpha: 0.5, betaEntity: 0.1 })
    const average = createAverage(model.weights, 0, null)
    const limited = { memory: startMemory(limits), frozen: null, updates: 10 }
    return { model, lexicon: vocabulary, adam, average, training, ...limited }
  }

  function expectSame(found: BatchGradients, expected: BatchGradients): void {
    expect(relativeError(Object.values(found.losses), Object.values(expected.losses))).toBeLessThan(1e-6)
    const values = ({ gradients }: BatchGradients, name: string) => gradients.get(name)?.dataSync() ?? []
    for (const name of expected.gradients.keys())
      expect(relativeError(values(found, name), values(expected, name)), name).toBeLessThan(1e-5)
  }

  const disposeAll = (...all: BatchGradients[]): void =>
    all.forEach(({ gradients }) => tf.dispose([...gradients.values()]))

  it('are the same whatever one shard may cost, noise and dropout included', async () => {
    const whole = await batchGradients(createLearner(), sentences)
    const words = sentences.reduce((sum, sentence) => sum + sentence.words.length, 0)
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: words }), async (most) => {
        const learner = createLearner({ budget: shardCost(most, tinyModel('pmei')) })
        const sharded = await batchGradients(learner, sentences)
        expectSame(sharded, whole)
        disposeAll(sharded)
      }),
      { numRuns: 8 },
    )
    disposeAll(whole)
  })

  it('are the same after memory ran out: smaller shards, one note, nothing left behind', async () => {
    const learner = createLearner()
    const whole = await batchGradients(learner, sentences)
    const before = tf.memory().numTensors
    const heap = limitHeap({ eachBytes: 4096 })
    const found = await batchGradients(learner, sentences).finally(heap.lift)
    expect(heap.refused()).toBeGreaterThan(0)
    expectSame(found, whole)
    expect(learner.memory.notes.length).toBeGreaterThan(0)
    expect(new Set(learner.memory.notes).size).toBe(1)
    disposeAll(found)
    expect(tf.memory().numTensors).toBe(before)
    disposeAll(whole)
  })

  it('fail naming the length of a sentence that has to fit, and does not even alone', async () => {
    const learner = createLearner({ mustFit: 10 })
    const heap = limitHeap({ eachBytes: 64 })
    await expect(batchGradients(learner, sentences.slice(0, 3)).finally(heap.lift)).rejects.toThrow(
      /A training sentence of \d+ words does not fit into memory, even alone \(out of memory\), and half of all are at least as long/,
    )
  })
})

describe('Adam', () => {
  it('follows the published algorithm in float64', () => {
    const weights = new Map([['w', tf.variable(tf.tensor1d([1, -2, 3]))]])
    const adam = createAdam(weights, null)
    const expected = { w: [1, -2, 3], m: [0, 0, 0], v: [0, 0, 0] }
    for (let step = 1; step <= 20; step++) {
      const gradient = [0.3 * step, -1e-4, Math.sin(step)]
      adam.update(new Map([['w', tf.tensor1d(gradient)]]), () => 0.05, 0.5)
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
    ;[1, 2, 3].forEach((step) => (adam.update(gradient(step), () => 0.1), before.update(gradient(step), () => 0.1)))
    const after = createAdam(stopped, await before.capture())
    ;[4, 5].forEach((step) => (adam.update(gradient(step), () => 0.1), after.update(gradient(step), () => 0.1)))
    expect(stopped.get('w')?.dataSync()).toEqual(straight.get('w')?.dataSync())
    const captured = await after.capture()
    expect(() => createAdam(new Map([['other', tf.variable(tf.scalar(1))]]), captured)).toThrow(
      'optimizer.safetensors lacks other.first',
    )
  })
})
