/** Word pieces: as the reference cuts them, and windows that lose no word. */
import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { TokenizerConfig } from '#main/pretrained/word-piece-definition'
import { createPieceVocabulary, windowsOf } from '#main/pretrained/word-pieces'
import { tokenizerJson } from '../support/bert-folder.ts'

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

  it.each<[string, TokenizerConfig, string, string[]]>([
    ['lose accents with their case', {}, 'Café', ['cafe']],
    ['lose accents with their case where nothing else is said', { strip_accents: null }, 'Café', ['cafe']],
    ['keep accents where they are to stay', { strip_accents: false }, 'Café', ['café']],
    ['keep accents and case', { do_lower_case: false }, 'Café', ['Café']],
    ['lose accents alone', { do_lower_case: false, strip_accents: true }, 'Café', ['Cafe']],
    ['are single Chinese characters', {}, '東京', ['東', '京']],
    ['are Chinese words where they are not to be split', { tokenize_chinese_chars: false }, '東京', ['東京']],
    ['leave [MASK] whole', {}, '[MASK]', ['[MASK]']],
  ])('of vocab.txt %s, as tokenizer_config.json says', (_, config, word, expected) => {
    const vocabulary = '[PAD] [UNK] [CLS] [SEP] [MASK] cafe café Cafe Café 東 京 東京 [ m ##a ]'.replaceAll(' ', '\n')
    const own = createPieceVocabulary({ vocabulary, config })
    expect(own.piecesOf(word).map(own.nameOf)).toEqual(expected)
  })

  it.each<[string, object]>([
    ['do_lower_case', { do_lower_case: 1 }],
    ['strip_accents', { strip_accents: 'no' }],
    ['tokenize_chinese_chars', { tokenize_chinese_chars: [] }],
  ])('are refused where tokenizer_config.json says nothing of use at %s', (field, config) => {
    const vocabulary = '[PAD]\n[UNK]\n[CLS]\n[SEP]\n'
    const read = () => createPieceVocabulary({ vocabulary, config: config as TokenizerConfig })
    expect(read).toThrow(`tokenizer_config.json: expected true or false at "${field}", found `)
  })

  it.each([
    ['a piece', 'a\nb\na\n', 'vocab.txt, line 7: "a" stands in line 5 already'],
    ['a blank line', 'a\n\n\n', 'vocab.txt, line 7 is blank, as line 6 is: every line is one piece'],
  ])('of a vocab.txt that has %s twice are refused by line', (_, lines, message) => {
    expect(() => createPieceVocabulary({ vocabulary: `[PAD]\n[UNK]\n[CLS]\n[SEP]\n${lines}` })).toThrow(message)
  })

  it('know the highest of their ids, whatever their number', () => {
    expect(pieces.highest).toBe(pieces.size - 1)
    const tokenizer = tokenizerJson({ '[PAD]': 0, '[UNK]': 1, '[CLS]': 2, '[SEP]': 3, a: 9 })
    const sparse = createPieceVocabulary({ tokenizer })
    expect([sparse.size, sparse.highest]).toEqual([5, 9])
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
