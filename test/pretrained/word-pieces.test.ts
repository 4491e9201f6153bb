/** Word pieces: as the reference cuts them, and windows that lose no word. */
import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createPieceVocabulary, windowsOf } from '#main/pretrained/word-pieces'

const fixture = (name: string): string =>
  readFileSync(new URL(`../fixtures/golden/bert-tiny/${name}`, import.meta.url), 'utf8')
const expected = JSON.parse(fixture('expected.json')) as {
  sentences: string[][]
  pieces: string[][]
  firstPiece: number[][]
}
const pieces = createPieceVocabulary({
  vocabulary: fixture('vocab.txt'),
  config: JSON.parse(fixture('tokenizer_config.json')) as { do_lower_case: boolean },
})

describe('word pieces', () => {
  it('are those of the reference, word by word, and each word is found at its first one', () => {
    expected.sentences.forEach((words, sentence) => {
      const [window, ...more] = windowsOf(words, pieces, 40)
      expect(more).toEqual([])
      expect(window?.ids.map(pieces.nameOf)).toEqual(expected.pieces[sentence]?.filter((piece) => piece !== '[PAD]'))
      expect(window?.words.map(({ piece }) => piece)).toEqual(expected.firstPiece[sentence])
    })
  })

  it('of a vocabulary in cased text keep the case', () => {
    const cased = createPieceVocabulary({
      vocabulary: '[PAD]\n[UNK]\n[CLS]\n[SEP]\nParis\nparis\n',
      config: { do_lower_case: false },
    })
    expect(['Paris', 'paris', 'PARIS'].flatMap((word) => cased.piecesOf(word)).map(cased.nameOf)).toEqual([
      'Paris',
      'paris',
      '[UNK]',
    ])
  })

  it('exist for every word, also where the tokenizer drops all of it', () => {
    expect(pieces.piecesOf('\u200b').map(pieces.nameOf)).toEqual(['[UNK]'])
  })

  it('of a vocabulary that is not BERT-like are refused, naming the file and the piece', () => {
    expect(() => createPieceVocabulary({ vocabulary: 'a\nb\n' })).toThrow('vocab.txt has no piece [PAD]')
    expect(() => createPieceVocabulary({})).toThrow('neither tokenizer.json nor vocab.txt')
  })

  it('of long sentences lie in overlapping windows that hold every word once and no more pieces than fit', () => {
    const word = fc.constantFrom('Marie', 'Zürich', 'universityburg', 'city', 'xyz')
    fc.assert(
      fc.property(
        fc.array(word, { minLength: 1, maxLength: 80 }),
        fc.integer({ min: 6, max: 40 }),
        (words, positions) => {
          const windows = windowsOf(words, pieces, positions)
          expect(windows.every(({ ids }) => ids.length <= positions)).toBe(true)
          const found = windows.flatMap((window) =>
            window.words.map(({ word: at, piece }) => {
              expect(window.ids[piece]).toBe(pieces.piecesOf(words[at] ?? '')[0])
              return at
            }),
          )
          expect(found).toEqual([...words.keys()])
        },
      ),
    )
  })
})
