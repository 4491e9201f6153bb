/** BERT against float64 values of the reference: hidden states and gradients. */
import { readFileSync } from 'node:fs'
import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { registerGradients } from '#main/kernels/gradients'
import { bertShapes } from '#main/pretrained/bert-shapes'
import { encodePieces } from '#main/models/encoders/bert'
import { createDropper } from '#main/models/encoders/inner-dropout'
import type { Noise } from '#main/models/shared/noise'
import { encodeFirstPieces } from '#main/models/encoders/bert-encoder'
import { createPieceInput } from '#main/models/encoders/piece-input'
import { readBertFolder } from '#main/pretrained/bert-folder'
import type { BertSizes } from '#main/runs/config'
import { parseTensors } from '#main/pretrained/safetensors'
import { bertFiles, tinyBert } from '../support/bert-folder.ts'
import { relativeError, toTensor, type GoldenTensor } from '../support/golden.ts'
import { tensorBackends, useBackend } from '../support/tensor-backends.ts'

interface Expected {
  readonly inputIds: number[][]
  readonly attentionMask: number[][]
  readonly lastHiddenState: GoldenTensor
  readonly probe: GoldenTensor
  readonly gradients: Record<string, GoldenTensor>
}

const fixture = (name: string): URL => new URL(`../fixtures/golden/bert-tiny/${name}`, import.meta.url)
const expected = JSON.parse(readFileSync(fixture('expected.json'), 'utf8')) as Expected // made by the reference
const stored = parseTensors(readFileSync(fixture('model.safetensors')), 'model.safetensors')

const sizes: BertSizes = {
  vocabulary: 46,
  width: 16,
  layers: 2,
  heads: 4,
  inner: 32,
  positions: 40,
  types: 2,
  epsilon: 1e-12,
}

describe.each(tensorBackends)('BERT on %s', (backend) => {
  beforeAll(() => useBackend(backend))

  it('reproduces hidden states and gradients of the reference', async () => {
    registerGradients()
    const names = [...bertShapes(sizes).keys()]
    expect(names.toSorted()).toEqual([...stored.keys()].toSorted())
    const weights = names.map((name) => tf.tensor(stored.get(name)?.values ?? [], [...(stored.get(name)?.shape ?? [])]))
    const mask = tf.tensor2d(expected.attentionMask)
    const real = tf.reshape(mask, [-1, 1])
    const run = (...all: tf.Tensor[]): tf.Tensor2D => {
      const ids = tf.tensor2d(expected.inputIds, undefined, 'int32')
      return tf.mul(
        encodePieces({ ids, mask }, (name) => all[names.indexOf(name)] as tf.Tensor, sizes),
        real,
      )
    }
    const probe = tf.reshape(toTensor(expected.probe), [-1, sizes.width])
    expect(relativeError(await run(...weights).data(), expected.lastHiddenState.values)).toBeLessThan(1e-5)
    const gradients = tf.grads((...all: tf.Tensor[]) => tf.sum(tf.mul(run(...all), probe)))(weights)
    const golden = Object.entries(expected.gradients)
    expect(golden.length).toBeGreaterThan(4)
    for (const [name, { values }] of golden) {
      const found = gradients[names.indexOf(name)] as tf.Tensor
      expect(relativeError(await found.data(), values), name).toBeLessThan(1e-5)
    }
  })

  it('reads through any number of layers in the memory of one', async () => {
    const peakOf = async (layers: number): Promise<number> => {
      const deep = { ...sizes, layers }
      const weights = new Map([...bertShapes(deep)].map(([name, shape]) => [name, tf.zeros([...shape])]))
      const ids = tf.zeros([3, 20], 'int32') as tf.Tensor2D
      const mask = tf.ones([3, 20]) as tf.Tensor2D
      const before = tf.memory().numBytes
      const { peakBytes } = await tf.profile(() =>
        tf.tidy(() => encodePieces({ ids, mask }, (name) => weights.get(name) as tf.Tensor, deep)),
      )
      tf.dispose([...weights.values(), ids, mask])
      return peakBytes - before
    }
    expect(await peakOf(6)).toBe(await peakOf(1))
  })

  it('has the same gradients where layers are computed again on the way back, in less memory', async () => {
    registerGradients()
    const deep = { ...sizes, layers: 6 }
    const names = [...bertShapes(deep).keys()]
    const weights = [...bertShapes(deep).values()].map((shape, at) => tf.randomUniform(shape, -0.3, 0.3, 'float32', at))
    const ids = tf.tensor2d(expected.inputIds, undefined, 'int32')
    const mask = tf.tensor2d(expected.attentionMask)
    const windows = expected.attentionMask.map((real, sentence) => {
      return { sentence, window: 0, length: real.filter((one) => one === 1).length }
    })
    const drop = createDropper({ rate: 0.2, key: [1, 7], firstSentence: 0 }, windows, ids.shape[1])
    const gradientsOf = async (most: number) => {
      const run = (...all: tf.Tensor[]): tf.Tensor =>
        tf.sum(
          tf.square(encodePieces({ ids, mask }, (name) => all[names.indexOf(name)] as tf.Tensor, deep, { most, drop })),
        )
      const before = tf.memory()
      let found: tf.Tensor[] = []
      const { peakBytes } = await tf.profile(() => {
        found = tf.grads(run)(weights)
        return found
      })
      const slopes = await Promise.all(found.map((gradient) => gradient.data()))
      tf.dispose(found)
      expect(tf.memory().numTensors).toBe(before.numTensors)
      return { peak: peakBytes - before.numBytes, slopes: slopes.flatMap((all) => [...all]) }
    }
    const [kept, again] = [await gradientsOf(Infinity), await gradientsOf(0)]
    expect(relativeError(again.slopes, kept.slopes)).toBeLessThan(1e-5)
    expect(again.peak).toBeLessThan(0.7 * kept.peak)
    tf.dispose([...weights, ids, mask])
  })

  it.each([0, 0.2])('gives the same in many groups of windows as in one, with %d dropped', async (rate) => {
    registerGradients()
    const { pieces, weights: start } = readBertFolder(bertFiles)
    const encoder = tinyBert(false)
    const names = [...bertShapes(encoder.sizes).keys()]
    const weights = names.map((name) =>
      tf.tensor(start.get(name)?.values ?? [], [...(start.get(name)?.shape ?? [])], 'float32'),
    )
    const long = Array.from({ length: 90 }, (_, at) => ['Marie', 'founded', 'Orbix', '.'][at % 4] ?? '')
    const inner = rate === 0 ? null : { rate, key: [1, 7], firstSentence: 0 }
    const noise: Noise = { ...{ entity: null, relation: null, inputMask: null, tokens: null, pos: null }, inner }
    const run = async (most?: number) => {
      const input = createPieceInput([['Ada'], [], long], pieces, { encoder }, most)
      const encodeAll = (...all: tf.Tensor[]): tf.Tensor2D =>
        encodeFirstPieces(input, (name) => all[names.indexOf(name.replace('bert.', ''))] as tf.Tensor, encoder, noise)
      const states = encodeAll(...weights)
      const gradients = tf.grads((...all: tf.Tensor[]) => tf.sum(tf.square(tf.square(encodeAll(...all)))))(weights)
      const slopes = await Promise.all(gradients.map((gradient) => gradient.data()))
      const values = await states.data()
      // together: those of the keys' biases are 0 but for rounding
      return { groups: input.groups.length, shape: states.shape, values, slopes: slopes.flatMap((all) => [...all]) }
    }
    const [one, many] = [await run(), await run(1)]
    expect(one.groups).toBe(1)
    expect(many.groups).toBeGreaterThan(3)
    expect(many.shape).toEqual([91, encoder.sizes.width])
    expect(relativeError(many.values, one.values)).toBeLessThan(1e-5)
    expect(relativeError(many.slopes, one.slopes)).toBeLessThan(1e-5)
  })

  it('drops the share it is told to, anew at every update, and the same of a sentence in every shard', async () => {
    const place = (sentence: number, length: number) => ({ sentence, window: 0, length })
    const masks = async (key: readonly number[], firstSentence: number, lengths: readonly number[], at = 1) => {
      const drop = createDropper(
        { rate: 0.3, key, firstSentence },
        lengths.map((length, s) => place(s, length)),
        9,
      )
      const states = drop.states(tf.ones([lengths.length * 9, 50]), at)
      const attention = drop.attention(tf.ones([lengths.length, 2, 9, 9]), at)
      return { states: await states.data(), attention: await attention.data() }
    }
    const whole = await masks([1, 1], 0, [9, 7])
    const real = [...whole.states.slice(0, 450)]
    expect(new Set(real.map((value) => value.toFixed(4)))).toEqual(new Set(['0.0000', '1.4286']))
    expect(real.reduce((sum, value) => sum + value, 0) / 450).toBeCloseTo(1, 0.8)
    const shard = await masks([1, 1], 1, [7])
    expect([...shard.states]).toEqual([...whole.states.slice(450)])
    expect([...shard.attention]).toEqual([...whole.attention.slice(162)])
    for (const other of [await masks([1, 2], 0, [9, 7]), await masks([1, 1], 0, [9, 7], 2)])
      expect([...other.states]).not.toEqual([...whole.states])
  })
})
