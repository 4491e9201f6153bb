/** Sentences of any length are predicted part by part: as one prediction each, in their order, with few words at once. */
import { expect, it } from 'vitest'
import type { Prediction } from '#main/document/prediction'
import type { SentencePlan } from '#main/runs/sentence-plan'
import { predictLong } from '#main/services/runs/long-sentences'

it('a text of a million words is predicted some words at a time, and long sentences are whole again', async () => {
  const lengths = [3, 400_000, 20, 600_000, 5]
  const planOf = (words: number): SentencePlan =>
    words > 1000 ? { kind: 'windows', size: 128, overlap: 32 } : { kind: 'whole' }
  let [sent, most, told] = [0, 0, 0]
  const predict = predictLong(async (sentences) => {
    const words = sentences.reduce((sum, sentence) => sum + sentence.words.length, 0)
    sent += words
    most = Math.max(most, sent)
    await new Promise((resolve) => setImmediate(resolve))
    sent -= words
    return sentences.map((sentence): Prediction => ({
      ...{ tags: sentence.words.map(() => 'O'), spans: [], cells: [] },
      ...{ anchor: 'last', threshold: 0.5, early: null },
    }))
  }, planOf)
  const sentences = lengths.map((length) => ({ words: Array<string>(length).fill('word') }))
  const found = await predict(sentences, { progress: (done) => (told = done) })
  expect(found.map(({ tags }) => tags.length)).toEqual(lengths)
  expect(told).toBe(lengths.length)
  expect(most).toBeLessThan(150_000)
})
