/** Parts of speech as a feature of the LSTM encoder. */
import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { createModel } from '#main/models/model'
import { captureWeights, loadModel } from '#main/models/checkpoint'
import type { Noise } from '#main/models/shared/noise'
import { drawNoise } from '#main/models/shared/draw-noise'
import { computeSelfCheck } from '#main/models/self-check'
import { vectorize } from '#main/models/vectorize'
import { disposeBatch } from '#main/models/shared/batch'
import { defaultTraining, type LstmEncoder, type ModelConfig } from '#main/runs/config'
import { useBackend } from '../support/tensor-backends.ts'
import { tinyConfig, tinyVocabulary } from '../support/tiny-model.ts'

beforeAll(() => useBackend('wasm'))

const plain = tinyConfig('pmei')
const withPos: ModelConfig = {
  ...plain,
  encoder: { ...(plain.encoder as LstmEncoder), posDimension: 3, posFrom: 'corpus' },
  partsOfSpeech: ['NNP', 'VBD'],
}
const words = ['Ada', 'founded', 'Orbix']

function rowsOf(pos: readonly (string | null)[] | undefined, config = withPos): number[] | null {
  const batch = vectorize([{ words, ...(pos && { pos }) }], tinyVocabulary, config)
  const rows = batch.input.kind === 'words' && batch.input.pos ? [...batch.input.pos.dataSync()] : null
  disposeBatch(batch)
  return rows
}

describe('parts of speech', () => {
  it('are rows in the order of the model, 0 for none and for one that training has not seen', () => {
    expect(rowsOf(['VBD', 'NNP', 'XYZ'])).toEqual([2, 1, 0])
    expect(rowsOf([null, 'NNP', null])).toEqual([0, 1, 0])
    expect(rowsOf(undefined)).toEqual([0, 0, 0])
    expect(rowsOf(['VBD', 'NNP', 'XYZ'], plain)).toBeNull()
  })

  it('change what is computed, and change nothing where their weights are 0', () => {
    const model = createModel(withPos, tinyVocabulary.size, 1)
    const without = createModel(plain, tinyVocabulary.size, 1)
    // the same weights, with rows of zeros where the feature enters
    for (const [name, weight] of without.weights) {
      const target = model.weights.get(name)
      const grown = (target?.shape[0] ?? 0) - (weight.shape[0] ?? 0)
      const value = tf.tidy(() =>
        grown > 0
          ? tf.pad(weight, [
              [0, grown],
              [0, 0],
            ])
          : tf.clone(weight),
      )
      target?.assign(value)
      value.dispose()
    }
    const statesOf = (of: typeof model, pos: readonly (string | null)[]) => {
      const batch = vectorize([{ words, pos }], tinyVocabulary, of.config)
      const states = tf.tidy(() => [...of.encode(batch).dataSync()])
      disposeBatch(batch)
      return states
    }
    const [nouns, verbs] = [words.map(() => 'NNP'), words.map(() => 'VBD')]
    expect(statesOf(model, nouns)).toEqual(statesOf(without, nouns))
    const kernel = model.weights.get('encoder.forward.kernel')
    kernel?.assign(tf.onesLike(kernel))
    expect(statesOf(model, nouns)).not.toEqual(statesOf(model, verbs))
    model.dispose()
    without.dispose()
  })

  it('start from random rows, but "unknown" from 0', () => {
    const model = createModel(withPos, tinyVocabulary.size, 1)
    const [unknown, ...rows] = (model.weights.get('embedding.pos')?.arraySync() ?? []) as number[][]
    expect(unknown).toEqual([0, 0, 0])
    expect(rows.flat().every((value) => value !== 0)).toBe(true)
    model.dispose()
  })

  it('are checked when a checkpoint is loaded: two rows that changed places are noticed', async () => {
    const model = createModel(withPos, tinyVocabulary.size, 1)
    // untrained rows differ too little from each other to show
    model.weights.get('embedding.pos')?.assign(
      tf.tensor2d([
        [0, 0, 0],
        [2, 2, 2],
        [-2, -2, -2],
      ]),
    )
    const stored = {
      ...{ model: withPos, training: defaultTraining, vocabulary: tinyVocabulary, pieces: null, points: [] },
      ...{ weights: await captureWeights(model), selfCheck: await computeSelfCheck(model, tinyVocabulary) },
      optimizer: null,
    }
    model.dispose()
    ;(await loadModel(stored)).dispose()
    const older = await loadModel({ ...stored, selfCheck: await selfCheckWithoutPos(stored) })
    older.dispose()
    stored.weights.get('embedding.pos')?.values.set([0, 0, 0, -2, -2, -2, 2, 2, 2])
    await expect(loadModel(stored)).rejects.toThrow('does not reproduce the probabilities')
  })
})

/** As versions before wrote it. */
async function selfCheckWithoutPos(stored: Parameters<typeof loadModel>[0]) {
  const model = await loadModel(stored)
  const { pos: _, ...older } = await computeSelfCheck(
    { ...model, config: { ...model.config, partsOfSpeech: [] } },
    tinyVocabulary,
  )
  model.dispose()
  return older
}

describe('training', () => {
  const sentences = Array.from({ length: 300 }, () => ({ words, pos: ['NNP', 'VBD', 'NNP'] }))
  const draw = (config: ModelConfig, wordDropout: number): Noise => {
    const batch = vectorize(sentences, tinyVocabulary, config)
    const noise = drawNoise(
      batch,
      config,
      { dropout: 0.3, wordDropout, innerDropout: 0 },
      { seed: 1, step: 1, firstSentence: 0 },
    )
    disposeBatch(batch)
    return noise
  }

  it('reads some words, and some whole sentences, without their parts of speech', () => {
    const { pos } = draw(withPos, 0.2)
    const rows = [...(pos?.dataSync() ?? [])]
    const without = sentences.map((_, at) => rows.slice(3 * at, 3 * at + 3).filter((row) => row === 0).length)
    const share = (missing: number) => without.filter((count) => count === missing).length / without.length
    // all of a fifth; of the others each word by a fifth
    expect(share(3)).toBeCloseTo(0.2 + 0.8 * 0.2 ** 3, 1)
    expect(share(1)).toBeCloseTo(0.8 * 3 * 0.2 * 0.8 ** 2, 1)
    rows.forEach((row, at) => expect([0, at % 3 === 1 ? 2 : 1]).toContain(row))
    expect(draw(withPos, 0).pos).toBeNull()
  })

  it('draws everything else as it does without them', () => {
    const [tagged, untagged] = [draw(withPos, 0.2), draw(plain, 0.2)]
    expect(untagged.pos).toBeNull()
    for (const part of ['entity', 'relation', 'tokens'] as const)
      expect(tagged[part]?.dataSync()).toEqual(untagged[part]?.dataSync())
  })
})
