/** Prediction in windows: every sentence is answered once, and in order. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { SentenceWords } from '#main/document/labelled-sentence'
import type { Prediction } from '#main/document/prediction'
import { predictInWindows, type Predictor } from '#main/training/predict-in-windows'

const predictionOf = ({ words }: SentenceWords): Prediction => ({
  ...{ tags: [...words], spans: [], cells: [], anchor: 'last', threshold: 0.5, early: null },
})

async function predictAll(count: number, predictors: number): Promise<{ answered: string[]; sizes: number[] }> {
  const sizes: number[] = []
  const predictor: Predictor = async (sentences) => {
    sizes.push(sentences.length)
    await new Promise((resolve) => setImmediate(resolve))
    return sentences.map(predictionOf)
  }
  const sentences = Array.from({ length: count }, (_, at) => ({ words: [`${at}`, ...Array<string>(at % 7).fill('-')] }))
  const answered: string[] = []
  const windows = predictInWindows(
    sentences,
    Array<Predictor>(predictors).fill(predictor),
    new AbortController().signal,
  )
  for await (const { from, predictions } of windows) {
    expect(from).toBe(answered.length)
    answered.push(...predictions.map(({ tags }) => tags[0] ?? ''))
  }
  return { answered, sizes }
}

it('answers every sentence once, in order, however many predictors there are', () =>
  fc.assert(
    fc.asyncProperty(fc.nat(700), fc.integer({ min: 1, max: 5 }), async (count, predictors) => {
      const { answered } = await predictAll(count, predictors)
      expect(answered).toEqual(Array.from({ length: count }, (_, at) => `${at}`))
    }),
    { numRuns: 25 },
  ))

it('cuts the same pieces for any number of predictors', async () => {
  const { sizes } = await predictAll(600, 1)
  expect((await predictAll(600, 3)).sizes.toSorted()).toEqual(sizes.toSorted())
  expect(Math.max(...sizes)).toBe(12)
})
