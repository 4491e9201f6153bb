/** A long sentence with very many triples is located in its text a few thousand at a time. */
import { expect, it } from 'vitest'
import { textToDoc } from '#main/corpora/formats/plain-text/read'
import { toExtractedDocument } from '#main/services/extraction/extracted-document'

it('lets others have the thread between a few thousand triples and the next', async () => {
  const words = 200
  const doc = textToDoc(Array.from({ length: words }, (_, at) => `w${at}`).join(' '), 'a.txt')
  const spans = Array.from({ length: words }, (_, at) => ({ start: at, end: at + 1, label: 'P', probability: 1 }))
  const cells = Array.from({ length: 20_000 }, (_, at) => ({
    ...{ subject: at % words, type: `r${Math.floor(at / words)}`, object: (at * 7) % words },
    probability: 0.9,
  }))
  let turns = 0
  const count = (): void => {
    turns++
    counting = setImmediate(count)
  }
  let counting = setImmediate(count)
  const { sentences } = await toExtractedDocument(doc, 'run', [
    { tags: [], spans, cells, anchor: 'last', threshold: 0.5, early: null },
  ])
  clearImmediate(counting)
  expect(sentences[0]?.triples).toHaveLength(20_000)
  expect(sentences[0]?.triples[1]).toMatchObject({ subject: { text: 'w1' }, object: { text: 'w7' }, relation: 'r0' })
  expect(turns).toBeGreaterThanOrEqual(4)
})
