/** Words that are added to a loaded model. */
import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Prediction } from '#main/document/prediction'
import { predictSentences } from '#main/extraction/predict'
import { captureWeights, loadModel, type Checkpoint } from '#main/models/checkpoint'
import { growVocabulary, type GrowingVocabulary } from '#main/models/growing-vocabulary'
import { computeSelfCheck } from '#main/models/self-check'
import { defaultTraining } from '#main/runs/config'
import { tinyModel, tinyVocabulary } from '../support/tiny-model.ts'
import { useBackend } from '../support/tensor-backends.ts'

beforeAll(() => useBackend('wasm'))

/** With the vector that `tarnow` has. */
async function storedModel(): Promise<{ checkpoint: Checkpoint; vector: Float32Array }> {
  const model = tinyModel('pmei')
  const weights = await captureWeights(model)
  const selfCheck = await computeSelfCheck(model, tinyVocabulary)
  const row = tinyVocabulary.idOf('Tarnow')
  const vector = weights.get('embedding.word')?.values.slice(row * 6, (row + 1) * 6) ?? new Float32Array()
  const checkpoint = {
    ...{ model: model.config, training: defaultTraining, vocabulary: tinyVocabulary, pieces: null },
    ...{ weights, points: [], selfCheck, optimizer: null },
  }
  model.dispose()
  return { checkpoint, vector }
}

/** The predictions of a text by the loaded model, after its words were changed. */
async function read(
  checkpoint: Checkpoint,
  text: string,
  change: (words: GrowingVocabulary) => void = () => undefined,
): Promise<Prediction | undefined> {
  const model = await loadModel(checkpoint)
  try {
    const words = growVocabulary(model, checkpoint.vocabulary)
    change(words)
    const [prediction] = await predictSentences(model, words, [{ words: text.split(' ') }], { threshold: 0.5 })
    return prediction
  } finally {
    model.dispose()
  }
}

const filled = (words: string[], value: number) => ({
  ...{ dimension: 6, words, values: new Float32Array(6 * words.length).fill(value) },
})

describe('words that a stored model has not seen', () => {
  it('are read by their vectors: with the vector of a known word, just like that word', async () => {
    const { checkpoint, vector } = await storedModel()
    const known = await read(checkpoint, 'Mara moved to Tarnow .')
    const add = (words: GrowingVocabulary) => words.add({ dimension: 6, words: ['hask'], values: vector })
    expect(await read(checkpoint, 'Mara moved to Hask .', add)).toEqual(known)
    expect(await read(checkpoint, 'Mara moved to Hask .')).not.toEqual(known)
  })

  it('may come one after another, and those that came before stay', async () => {
    const { checkpoint, vector } = await storedModel()
    const known = await read(checkpoint, 'Mara moved to Tarnow .')
    const further = await read(checkpoint, 'Mara moved to Hask .', (words) => {
      words.add(filled(['a', 'b'], 3))
      words.add({ dimension: 6, words: ['hask'], values: vector })
      words.add(filled(['hask', 'c'], 9))
      expect(words.size).toBe(checkpoint.vocabulary.size + 4)
      expect(words.words.slice(-4)).toEqual(['a', 'b', 'hask', 'c'])
    })
    expect(further).toEqual(known)
  })

  it('are unknown again when they were let go, and leave no tensor behind', async () => {
    const { checkpoint, vector } = await storedModel()
    const unknown = await read(checkpoint, 'Mara moved to Hask .')
    const { numTensors } = tf.memory()
    const forgotten = await read(checkpoint, 'Mara moved to Hask .', (words) => {
      words.add({ dimension: 6, words: ['hask'], values: vector })
      words.forget()
      expect(words.size).toBe(checkpoint.vocabulary.size)
    })
    expect(forgotten).toEqual(unknown)
    expect(tf.memory().numTensors).toBe(numTensors)
  })

  it('leave those that it knows as training made them', async () => {
    const { checkpoint } = await storedModel()
    const more = await read(checkpoint, 'Mara moved to Tarnow .', (words) => words.add(filled(['tarnow', 'hask'], 9)))
    expect(more).toEqual(await read(checkpoint, 'Mara moved to Tarnow .'))
  })

  it('need vectors as wide as its own', async () => {
    const { checkpoint } = await storedModel()
    const narrow = { dimension: 2, words: ['hask'], values: Float32Array.of(1, 2) }
    await expect(read(checkpoint, 'Hask', (words) => words.add(narrow))).rejects.toThrow(
      "2 wide, but the model's words are 6 wide",
    )
  })
})
