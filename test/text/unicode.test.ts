/** Words and sentences of any text of any script: they lie inside it, in order, and leave nothing visible out. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { languageCodes, languages } from '#main/text/languages/languages'
import { splitText } from '#main/text/split-text'
import { splitWords, wordsOf } from '#main/text/words'
import type { TextRange } from '#main/text/range'

/** Letters, digits, marks and invisible characters of many scripts. */
const characters = [
  ...[
    'a',
    'É',
    'ß',
    'ö',
    'n',
    "'",
    '’',
    't',
    's',
    'П',
    'г',
    'т',
    'Ω',
    ';',
    'א',
    '"',
    'ب',
    'ی',
    '؟',
    '۔',
    'क',
    'ि',
    '।',
    'ա',
    '։',
  ],
  ...[
    'አ',
    '።',
    '가',
    '한',
    '中',
    '文',
    '々',
    '。',
    '？',
    '「',
    '」',
    '《',
    '》',
    'あ',
    'ー',
    'カ',
    'ｶ',
    'ก',
    'ำ',
    '่',
    'ກ',
    'ខ',
    '្',
    '។',
    'မ',
    'ာ',
  ],
  ...[
    '1',
    '２',
    '५',
    '.',
    '..',
    '!',
    '…',
    ',',
    '“',
    '”',
    '«',
    '»',
    '„',
    '(',
    ')',
    '-',
    '–',
    '•',
    '@',
    '#',
    '/',
    ':',
    '№',
    '$',
  ],
  ...[' ', ' ', '\n', '\r\n', '\t', '\u00a0', '\u202f', '\u3000', '\u2029'],
  ...[
    '\u200b',
    '\u200c',
    '\u200d',
    '\u200e',
    '\u200f',
    '\u202b',
    '\u202c',
    '\u2066',
    '\u2069',
    '\u00ad',
    '\ufeff',
    '\u{e0067}',
    '\u{e007f}',
  ],
  ...['😀', '👩\u200d🔬', '🏴', '🇩', '🇪', '\ufe0f', '\u0301', '\u20e3', '\ud800', '\udc00', '𠮷', '𝔸'],
]
const texts = fc.oneof(
  fc.string({ unit: fc.constantFrom(...characters), maxLength: 60 }),
  fc.string({ unit: 'binary', maxLength: 40 }),
)
const choices = fc.record({
  language: fc.constantFrom(undefined, ...languageCodes),
  han: fc.constantFrom('characters' as const, 'words' as const),
})

function expectWords(text: string, tokens: readonly TextRange[]): void {
  const points = [...text]
  let border = 0
  for (const { start, end } of tokens) {
    expect(start).toBeGreaterThanOrEqual(border)
    expect(end).toBeGreaterThan(start)
    expect(points.slice(border, start).join('')).toMatch(/^[\s\p{Cf}]*$/u)
    expect(points.slice(start, end).join('')).toMatch(/[^\s\p{Cf}]/u)
    border = end
  }
  expect(points.slice(border).join('')).toMatch(/^[\s\p{Cf}]*$/u)
}

describe('of any text in any language', () => {
  it('words lie in it in order, and every visible character lies in one', () =>
    fc.assert(
      fc.property(texts, choices, (text, choice) => expectWords(text, splitText(text, choice).tokens)),
      { numRuns: 1000 },
    ))

  it('words that are set apart lie in it in order, and every visible character lies in one', () =>
    fc.assert(
      fc.property(texts, choices, (text, { language = 'en', han }) =>
        expectWords(text, splitWords(text, { language: languages[language], han })),
      ),
      { numRuns: 1000 },
    ))

  it('sentences cover every word once, in order', () =>
    fc.assert(
      fc.property(texts, choices, (text, choice) => {
        const { tokens, sentences } = splitText(text, choice)
        let border = 0
        for (const { start, end } of sentences) {
          expect(start).toBe(border)
          expect(end).toBeGreaterThan(start)
          border = end
        }
        expect(border).toBe(tokens.length)
      }),
      { numRuns: 1000 },
    ))
})

it('a text of Han characters longer than the Segmenter is asked for at once falls into the same words', () => {
  const rules = { language: languages.zh, han: 'words' } as const
  const clause = wordsOf('他住在北京大学', splitWords('他住在北京大学', rules))
  const long = '他住在北京大学'.repeat(1000)
  expect(wordsOf(long, splitWords(long, rules))).toEqual(Array.from({ length: 1000 }, () => clause).flat())
})
