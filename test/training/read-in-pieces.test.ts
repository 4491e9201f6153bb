/** Reading in pieces: every sentence once, and in order. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { SentenceWords } from '#main/document/labelled-sentence'
import type { Prediction } from '#main/document/prediction'
import { readInPieces, type Reader } from '#main/training/read-in-pieces'

const predictionOf = ({ words }: SentenceWords): Prediction => ({
  ...{ tags: [...words], spans: [], cells: [], anchor: 'last', threshold: 0.5, early: null },
})

async function readAll(count: number, readers: number): Promise<{ read: string[]; sizes: number[] }> {
  const sizes: number[] = []
  const reader: Reader = async (sentences) => {
    sizes.push(sentences.length)
    await new Promise((resolve) => setImmediate(resolve))
    return sentences.map(predictionOf)
  }
  const sentences = Array.from({ length: count }, (_, at) => ({ words: [`${at}`, ...Array<string>(at % 7).fill('-')] }))
  const read: string[] = []
  const windows = readInPieces(sentences, Array<Reader>(readers).fill(reader), new AbortController().signal)
  for await (const { from, predictions } of windows) {
    expect(from).toBe(read.length)
    read.push(...predictions.map(({ tags }) => tags[0] ?? ''))
  }
  return { read, sizes }
}

it('answers every sentence once, in order, however many readers there are', () =>
  fc.assert(
    fc.asyncProperty(fc.nat(700), fc.integer({ min: 1, max: 5 }), async (count, readers) => {
      const { read } = await readAll(count, readers)
      expect(read).toEqual(Array.from({ length: count }, (_, at) => `${at}`))
    }),
    { numRuns: 25 },
  ))

it('cuts the same pieces for any number of readers', async () => {
  const { sizes } = await readAll(600, 1)
  expect((await readAll(600, 3)).sizes.toSorted()).toEqual(sizes.toSorted())
  expect(Math.max(...sizes)).toBe(12)
})
