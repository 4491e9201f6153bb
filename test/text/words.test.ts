/** Finding words and sentences in running text, and words among words. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { findWords } from '#main/text/find-words'
import { splitWords, tokenize, wordsOf } from '#main/text/words'
import { splitLines, splitSentences } from '#main/text/sentences'
import { createOffsetTable } from '#main/text/code-points'

const words = (text: string) => wordsOf(text, tokenize(text)).join('|')
const sentences = (text: string) => {
  const tokens = tokenize(text)
  const all = wordsOf(text, tokens)
  return splitSentences(text, tokens).map(({ start, end }) => all.slice(start, end).join(' '))
}

describe('words', () => {
  it.each([
    ['Mara Velt founded Orbisk Labs in Tarnow.', 'Mara|Velt|founded|Orbisk|Labs|in|Tarnow|.'],
    ["NASA's plan didn't work, it's said", "NASA|'s|plan|did|n't|work|,|it|'s|said"],
    ['Mara’s and O’Neill’s', 'Mara|’s|and|O’Neill|’s'],
    ['Tim Brooke-Taylor (born 10/03/1983) paid 1,234.50.', 'Tim|Brooke-Taylor|(|born|10/03/1983|)|paid|1,234.50|.'],
    [
      'See https://a.example/b?c=d, or write to m.velt@orbisk.example.',
      'See|https://a.example/b?c=d|,|or|write|to|m.velt@orbisk.example|.',
    ],
    ['Dr. J. Velt of Orbisk Inc. left the U.S. at No. 5', 'Dr.|J.|Velt|of|Orbisk|Inc.|left|the|U.S.|at|No.|5'],
    ['😀Cancu\u0301n👩‍🔬... — yes!', '😀|Cancu\u0301n|👩‍🔬|...|—|yes|!'],
  ])('%s', (text, expected) => expect(words(text)).toBe(expected))

  it('leaves out nothing but white space', () =>
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const kept = wordsOf(text, tokenize(text)).join('')
        expect(kept.replace(/\s/g, '')).toBe(text.replace(/\s/g, ''))
      }),
    ))

  it('that are set apart end at white space of any kind and at nothing else', () =>
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('a', 'é', '😀', '.', ' ', '\t', '\n', '\u00a0', '\u3000') }),
        (text) => {
          expect(wordsOf(text, splitWords(text))).toEqual(text.split(/\s/).filter((part) => part !== ''))
        },
      ),
    ))

  it('of a script that sets none apart are its characters', () => {
    const text = '林晓舟 2020年创办了 Orbisk 。'
    expect(wordsOf(text, splitWords(text)).join('|')).toBe('林|晓|舟|2020|年|创|办|了|Orbisk|。')
  })
})

describe('sentences', () => {
  it.each([
    [
      'Mara left. Ada stayed! Why? "No idea." He shrugged.',
      ['Mara left .', 'Ada stayed !', 'Why ?', '" No idea . "', 'He shrugged .'],
    ],
    ['Dr. Velt met J. R. Okafor. They talked.', ['Dr. Velt met J. R. Okafor .', 'They talked .']],
    ['It is based in the U.S. The firm grew.', ['It is based in the U.S.', 'The firm grew .']],
    ['The U.S. Senate met Orbisk Inc. Monday.', ['The U.S. Senate met Orbisk Inc. Monday .']],
    ['It cost 3.5 units. 12 were sold.', ['It cost 3.5 units .', '12 were sold .']],
    ['See https://a.example/Index.Html. Then go.', ['See https://a.example/Index.Html .', 'Then go .']],
    ['A heading\r\n\r\nmara left', ['A heading', 'mara left']],
    ['one line\nand the next', ['one line and the next']],
    ['He paused... and went on. Good.', ['He paused ... and went on .', 'Good .']],
    ['Mara left. 🎉 Kaspar stayed.', ['Mara left .', '🎉 Kaspar stayed .']],
    ['Mara won! 🎉🎉 and danced. 🎉', ['Mara won ! 🎉 🎉 and danced . 🎉']],
  ])('%s', (text, expected) => expect(sentences(text)).toEqual(expected))

  it('together cover every word once, in order', () =>
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('A', 'b', '.', '!', ' ', '\n', '"', '😀') }), (text) => {
        const tokens = tokenize(text)
        let border = 0
        for (const { start, end } of splitSentences(text, tokens)) {
          expect(start).toBe(border)
          expect(end).toBeGreaterThan(start)
          border = end
        }
        expect(border).toBe(tokens.length)
      }),
    ))
})

describe('sentences that stand one on a line', () => {
  it.each([
    ['Mara left\nAda stayed. She slept\r\n\r\n  Jon came\n', ['Mara left', 'Ada stayed . She slept', 'Jon came']],
    ['Mara left\rAda stayed', ['Mara left', 'Ada stayed']],
    ['\n\n', []],
  ])('%j', (text, expected) => {
    const tokens = tokenize(text)
    const all = wordsOf(text, tokens)
    expect(splitLines(text, tokens).map(({ start, end }) => all.slice(start, end).join(' '))).toEqual(expected)
  })
})

describe('offsets', () => {
  it('count code points, whatever UTF-16 needs for them', () => {
    const table = createOffsetTable('😀 Mara')
    expect(table.unitOf(2)).toBe(3)
    expect(table.codePointOf(3)).toBe(2)
    expect(table.slice(2, 6)).toBe('Mara')
  })

  it('go to units and back, and agree with walking through the text', () =>
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' }), (a, b) => {
        const text = a + b
        const table = createOffsetTable(text)
        const points = [...text]
        expect(table.length).toBe(points.length)
        let unit = 0
        points.forEach((point, index) => {
          expect(table.unitOf(index)).toBe(unit)
          expect(table.codePointOf(unit)).toBe(index)
          unit += point.length
        })
        expect(table.unitOf(points.length)).toBe(text.length)
      }),
    ))
})

describe('finding words among words', () => {
  it('takes the first place and counts all', () => {
    expect(findWords(['a', 'b', 'a', 'b', 'a'], ['a', 'b', 'a'])).toEqual({ start: 0, end: 3, occurrences: 2 })
    expect(findWords(['a', 'b'], ['b', 'a'])).toBeNull()
    expect(findWords(['a'], [])).toBeNull()
  })
})
