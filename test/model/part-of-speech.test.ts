/** Parts of speech as a feature of the LSTM encoder. */
import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { createJointModel } from '#main/model/joint-model'
import { disposeBatch, vectorize } from '#main/model/vectorize'
import type { LstmEncoder, ModelConfig } from '#main/runs/config'
import { useBackend } from '../support/tensor-backends.ts'
import { tinyConfig, tinyVocabulary } from '../support/tiny-model.ts'

beforeAll(() => useBackend('wasm'))

const plain = tinyConfig('pmei')
const withPos: ModelConfig = {
  ...plain,
  encoder: { ...(plain.encoder as LstmEncoder), posDimension: 3 },
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
    const model = createJointModel(withPos, tinyVocabulary.size, 1)
    const without = createJointModel(plain, tinyVocabulary.size, 1)
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
})
