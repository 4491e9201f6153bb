/** A vocabulary survives its file, whatever the words. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createVocabulary, unknownId, vocabularyFromText, vocabularyToText } from '#main/pretrained/vocabulary'

describe('the vocabulary', () => {
  it('reads back what it wrote', () =>
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary' })), (words) => {
        const vocabulary = createVocabulary(words)
        expect(vocabularyFromText(vocabularyToText(vocabulary)).words).toEqual(vocabulary.words)
      }),
    ))

  it('looks words up in any casing, and answers "unknown" for the rest', () => {
    const vocabulary = createVocabulary(['Tarnow', 'tarnow', 'in'])
    expect(vocabulary.size).toBe(4)
    expect(vocabulary.idOf('TARNOW')).toBe(vocabulary.idOf('tarnow'))
    expect(vocabulary.idOf('elsewhere')).toBe(unknownId)
  })

  it.each([
    ['a file that is cut off', '<padding>\n<unknown>\nin'],
    ['a repeated word', '<padding>\n<unknown>\nin\nin\n'],
    ['a file that is no vocabulary', 'one\ntwo\n'],
  ])('refuses %s and names the file', (_, text) => expect(() => vocabularyFromText(text)).toThrow(/vocabulary\.txt/))
})
