/** Sentences of a Doc: words and parts of speech by their tokens, in a time that grows with the text. */
import { expect, it } from 'vitest'
import { textToDoc } from '#main/corpora/formats/plain-text/read'
import { sentencesOf } from '#main/services/extraction/doc-sentences'

it('have the words of their own tokens, and parts of speech where one is stated', () => {
  const doc = textToDoc('“Orbisk” grew. Ada 🌱 led it.', 'note')
  const stated = { ...doc, tokens: doc.tokens.map((token, at) => (at === 1 ? { ...token, pos: 'NNP' } : token)) }
  expect(sentencesOf(stated)).toEqual([
    { words: ['“', 'Orbisk', '”', 'grew', '.'], pos: [null, 'NNP', null, null, null] },
    { words: ['Ada', '🌱', 'led', 'it', '.'] },
  ])
})

it('of a whole book are there at once, also where it is not plain Latin', () => {
  const doc = textToDoc(
    `“So it began.” ${'Tam Okwe led the large company Nordvane for years. '.repeat(10_000)}`,
    'book',
  )
  const startedMs = performance.now()
  expect(sentencesOf(doc)).toHaveLength(10_001)
  // going through the text for every sentence takes eight seconds where this takes some ten milliseconds
  expect(performance.now() - startedMs).toBeLessThan(2_000)
})
