/** Predictions do not depend on what else is read beside a sentence. */
import type { SentenceWords } from '#main/document/labelled-sentence'
import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { predictSentences } from '#main/extraction/predict'
import { storedCellFloor, type Prediction } from '#main/document/prediction'
import { earlyInputs, type EarlyInput } from '#main/runs/early-input'
import { tinyModel, tinySentences, tinyVocabulary } from '../support/tiny-model.ts'
import { useBackend } from '../support/tensor-backends.ts'

const texts = tinySentences.map(({ words }) => ({ words }))

beforeAll(() => useBackend('wasm'))

describe('predictSentences', () => {
  it.each([
    ['takes their mean', null],
    ['is drawn', 7],
  ])(
    'says of a sentence the same alone and among others, whatever their order, where the map %s',
    async (_, sampleSeed) => {
      const model = tinyModel('pmei')
      const read = (sentences: readonly SentenceWords[]) =>
        predictSentences(model, tinyVocabulary, sentences, { threshold: 0.5, sampleSeed })
      const together = await read(texts)
      const backwards = (await read(texts.toReversed())).reverse()
      for (const [index, sentence] of texts.entries()) {
        const [alone] = await read([sentence])
        for (const other of [together[index], backwards[index]]) {
          expect(other?.tags).toEqual(alone?.tags)
          expect(other?.cells.length).toBe(alone?.cells.length)
          const probabilities = (prediction: typeof alone) =>
            new Map(prediction?.cells.map((c) => [`${c.subject}|${c.type}|${c.object}`, c.probability]))
          for (const [cell, probability] of probabilities(alone))
            expect(probabilities(other).get(cell)).toBeCloseTo(probability, 5)
        }
      }
      model.dispose()
    },
  )

  it('gives one tag per word, and cells inside the sentence, most probable first, none below the floor', async () => {
    const model = tinyModel('mtl')
    const predictions = await predictSentences(model, tinyVocabulary, texts, { threshold: 0.5 })
    for (const [index, prediction] of predictions.entries()) {
      const length = texts[index]?.words.length ?? 0
      expect(prediction.tags.length).toBe(length)
      expect(prediction.early).toBeNull()
      expect(prediction.cells.every((cell) => cell.subject < length && cell.object < length)).toBe(true)
      const probabilities = prediction.cells.map((cell) => cell.probability)
      expect(probabilities).toEqual(probabilities.toSorted((a, b) => b - a))
      expect(Math.min(1, ...probabilities)).toBeGreaterThanOrEqual(storedCellFloor - 1e-6)
    }
    model.dispose()
  })

  it('keeps a bounded number of cells even when an untrained model finds all of them likely', async () => {
    const relations = Array.from({ length: 200 }, (_, index) => `relation ${index}`)
    const model = tinyModel('mtl', 1, { relations })
    const [prediction] = await predictSentences(model, tinyVocabulary, texts, { threshold: 0.5 })
    const length = texts[0]?.words.length ?? 0
    expect(prediction?.cells.length).toBe(16 * length)
    expect(new Set(prediction?.cells.map(({ subject }) => subject)).size).toBeGreaterThan(1)
    model.dispose()
  })

  it('keeps the early pass of models that have one', async () => {
    const model = tinyModel('pmei')
    const [first] = await predictSentences(model, tinyVocabulary, texts, { threshold: 0.5 })
    expect(first?.early?.tags.length).toBe(texts[0]?.words.length)
    model.dispose()
  })

  it('shows the maps gold, others or nothing in place of early predictions, the same alone and among others', async () => {
    const model = tinyModel('pmei')
    const before = tf.memory().numTensors
    const read = (sentences: readonly SentenceWords[], early: EarlyInput | null) =>
      predictSentences(model, tinyVocabulary, sentences, { threshold: 0.5, early })
    const tellOf = (predictions: readonly Prediction[]) =>
      predictions.map(({ cells }) => cells.map(({ probability }) => probability.toFixed(4)))
    const own = await read(tinySentences, null)
    for (const input of earlyInputs) {
      const shown = await read(tinySentences, input)
      expect(tellOf(shown), input).not.toEqual(tellOf(own))
      expect(shown.map(({ early }) => early?.tags)).toEqual(own.map(({ early }) => early?.tags)) // they stay as they are
      const alone = await Promise.all(tinySentences.map((sentence) => read([sentence], input)))
      expect(tellOf(alone.flat()), input).toEqual(tellOf(shown))
    }
    await expect(read(texts, 'gold')).rejects.toThrow('came without it')
    expect(tf.memory().numTensors).toBe(before)
    model.dispose()
  })

  it('reads an empty list, an empty sentence and unknown words, and leaks no tensor', async () => {
    const model = tinyModel('pmei')
    const before = tf.memory().numTensors
    expect(await predictSentences(model, tinyVocabulary, [], { threshold: 0.5 })).toEqual([])
    const [empty, strange] = await predictSentences(model, tinyVocabulary, [{ words: [] }, { words: ['zzz', 'qqq'] }], {
      threshold: 0.5,
    })
    expect(empty?.tags).toEqual([])
    expect(strange?.tags.length).toBe(2)
    expect(tf.memory().numTensors).toBe(before)
    model.dispose()
  })
})
