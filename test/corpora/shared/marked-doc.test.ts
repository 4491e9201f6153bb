/** A text with marks by characters becomes a Doc: words and sentences are found, and no border cuts a span or parts a relation. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ChangeKind } from '#main/corpora/shared/changes'
import { buildMarkedDoc } from '#main/corpora/shared/marked-doc'
import type { Mark } from '#main/corpora/shared/marks'
import { createTextRules } from '#main/corpora/shared/text-rules'
import { fromUnit } from '#main/corpora/shared/offset-units'
import { charFault } from '#main/document/char-bounds'
import { wordsOf } from '#main/text/words'

const rules = createTextRules({})('Mara left.')
const provenance = { origin: 'import', author: 'a.ann' } as const

function mark(id: string, start: number, end: number, label = 'PER'): Mark {
  return { id, start, end, label, provenance }
}

function build(text: string, spans: readonly Mark[], pairs: readonly [string, string][] = []) {
  const changes = new Map<ChangeKind, number>()
  const relations = pairs.map(([subject, object], index) => ({
    ...{ id: `R${index}`, subject, object, type: 'knows', provenance },
  }))
  const log = {
    note: () => undefined,
    change: (kind: ChangeKind, count = 1) => void (count > 0 && changes.set(kind, (changes.get(kind) ?? 0) + count)),
  }
  const doc = buildMarkedDoc({ text, rules: createTextRules({})(text), layers: [{ spans, relations }] }, log)
  const words = wordsOf(text, doc.tokens)
  const [layer] = doc.layers
  if (!layer) throw new RangeError('the layer is gone')
  const sentences = doc.sentences.map(({ start, end }) => words.slice(start, end).join(' '))
  return { doc, layer, words, sentences, changes: Object.fromEntries(changes) }
}

describe('words', () => {
  it('stay as they are found where one mark ends within a word: it keeps its characters', () => {
    const { words, layer, changes } = build('Tarnow-based Orbisk', [mark('a', 0, 6)])
    expect(words).toEqual(['Tarnow-based', 'Orbisk'])
    expect(layer.annotations[0]?.spans).toMatchObject([{ start: 0, end: 1, chars: { start: 0, end: 6 } }])
    expect(changes).toEqual({})
  })

  it('are split where two marks share one, so that tags can tell them apart', () => {
    const { words, layer, changes } = build('Tarnow-Orbisk left', [mark('a', 0, 6), mark('b', 7, 13)])
    expect(words).toEqual(['Tarnow', '-', 'Orbisk', 'left'])
    expect(layer.annotations[0]?.spans.map(({ start, end, chars }) => [start, end, chars])).toEqual([
      [0, 1, undefined],
      [2, 3, undefined],
    ])
    expect(changes).toEqual({ wordsSplit: 2 })
  })

  it('are not split for marks of different annotators, nor for nested ones', () => {
    const layers = [[mark('a', 0, 6)], [mark('b', 7, 13)]].map((spans) => ({ spans, relations: [] }))
    const log = { note: () => undefined, change: () => undefined }
    expect(buildMarkedDoc({ text: 'Tarnow-Orbisk', rules, layers }, log).tokens).toHaveLength(1)
    expect(build('Tarnow-Orbisk', [mark('a', 0, 6), mark('b', 0, 13)]).words).toHaveLength(1)
  })

  it('are kept where the file gives them', () => {
    const given = {
      text: 'Tarnow-Orbisk left',
      tokens: [
        { start: 0, end: 13 },
        { start: 14, end: 18 },
      ],
    }
    const layers = [{ spans: [mark('a', 0, 6), mark('b', 7, 13)], relations: [] }]
    const { tokens } = buildMarkedDoc({ ...given, rules, layers }, { note: () => undefined, change: () => undefined })
    expect(tokens).toEqual(given.tokens)
  })

  it('take all of a character that a mark cuts, and no white space around it; both are counted', () => {
    const { layer, changes } = build('Cancu\u0301n left', [mark('a', 0, 5), mark('b', 7, 12)])
    expect(layer.annotations[0]?.spans.map(({ chars }) => chars)).toEqual([{ start: 0, end: 6 }, undefined])
    expect(changes).toEqual({ spansGrown: 1, spansTrimmed: 1 })
  })
})

describe('sentences', () => {
  const text = 'Mara Velt left. She went to Tarnow. Ada stayed.'

  it('have no border inside a span', () => {
    const { sentences, changes } = build(text, [mark('a', 10, 19)])
    expect(sentences).toEqual(['Mara Velt left . She went to Tarnow .', 'Ada stayed .'])
    expect(changes).toEqual({ sentencesJoined: 1 })
  })

  it('are joined between the ends of a relation', () => {
    const marks = [mark('a', 0, 9), mark('b', 36, 39), mark('c', 28, 34)]
    expect(build(text, marks, [['a', 'c']]).sentences).toHaveLength(2)
    const { sentences, layer } = build(text, marks, [['b', 'a']])
    expect(sentences).toHaveLength(1)
    expect(layer.annotations[0]?.relations).toMatchObject([{ subject: 'b', object: 'a' }])
  })

  it('are left apart where the joined one would be too long, and the relation is handed back', () => {
    const long = `Mara left. ${'She went on and on and on. '.repeat(40)}Ada stayed.`
    const { layer, sentences } = build(
      long,
      [mark('a', 0, 4), mark('b', long.length - 11, long.length - 8)],
      [['a', 'b']],
    )
    expect(sentences).toHaveLength(42)
    expect(layer.left.relations).toMatchObject([{ id: 'R0' }])
  })

  it('do not depend on the order of the relations', () => {
    const part = `${'word '.repeat(60)}end. `
    const long = part
      .replaceAll('word end', 'Word end')
      .repeat(4)
      .replaceAll(/\bword/g, 'Word')
    const at = [0, 1, 2, 3].map((index) => mark(`m${index}`, index * part.length, index * part.length + 4))
    const pairs: [string, string][] = [
      ['m0', 'm1'],
      ['m1', 'm2'],
      ['m2', 'm3'],
    ]
    const forward = build(long, at, pairs).doc.sentences
    expect(forward.length).toBeGreaterThan(1)
    expect(build(long, at, pairs.toReversed()).doc.sentences).toEqual(forward)
  })
})

describe('marks', () => {
  it('that hold no word are handed back with their relations', () => {
    const { layer } = build(
      'Mara  left',
      [mark('a', 0, 4), mark('b', 5, 6), mark('c', 3, 3), mark('d', 90, 99)],
      [['a', 'b']],
    )
    expect(layer.left.spans.map(({ id }) => id)).toEqual(['b', 'c', 'd'])
    expect(layer.left.relations).toHaveLength(1)
  })

  it('that stand again are taken once, and so are relations between them', () => {
    const { layer, changes } = build(
      'Mara left Tarnow',
      [mark('a', 0, 4), mark('b', 0, 4), mark('c', 10, 16)],
      [
        ['a', 'c'],
        ['b', 'c'],
      ],
    )
    expect(layer.annotations[0]?.spans).toHaveLength(2)
    expect(layer.annotations[0]?.relations).toHaveLength(1)
    expect(layer.annotations[0]?.repeatedTriples).toBe(1)
    expect(changes).toEqual({ spans: 1, relations: 1 })
  })

  it('give spans that keep the rules for characters, whatever the text', () =>
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', minLength: 1, maxLength: 30 }),
        fc.array(fc.tuple(fc.nat(30), fc.nat(30)), { maxLength: 5 }),
        (text, ranges) => {
          const spans = ranges.map(([start, length], index) => mark(`${index}`, start, start + length))
          const { doc, layer } = build(text, spans)
          doc.sentences.forEach((sentence, index) => {
            const first = doc.tokens[sentence.start]?.start ?? 0
            const own = doc.tokens.slice(sentence.start, sentence.end)
            const tokens = own.map(({ start, end }) => ({ start: start - first, end: end - first }))
            const words = wordsOf(text, own)
            for (const span of layer.annotations[index]?.spans ?? [])
              expect(charFault(span, { words, tokens })).toBeNull()
          })
        },
      ),
    ))

  it('may be a hundred thousand in one text, with as many relations', () => {
    const text = 'Mara left. '.repeat(100_000)
    const spans = Array.from({ length: 100_000 }, (_, index) => mark(`${index}`, index * 11, index * 11 + 4))
    const pairs = spans.slice(1).map(({ id }, index): [string, string] => [`${index}`, id])
    const { doc, layer } = build(text, spans, pairs)
    expect(layer.annotations.reduce((sum, { spans: own }) => sum + own.length, 0)).toBe(100_000)
    expect(Math.max(...doc.sentences.map(({ start, end }) => end - start))).toBeLessThanOrEqual(150)
  })
})

describe('offsets of other units', () => {
  it('become code points, and none where they stand inside a character', () => {
    const text = '😀 é𝒳'
    const utf16 = fromUnit(text, 'UTF-16 units')
    expect([0, 1, 2, 3, 4, 5, 6, 7].map(utf16)).toEqual([0, null, 1, 2, 3, null, 4, null])
    const utf8 = fromUnit(text, 'UTF-8 bytes')
    expect([0, 1, 4, 5, 6, 7, 11, 12].map(utf8)).toEqual([0, null, 1, 2, null, 3, 4, null])
    expect([-1, 0, 4, 5].map(fromUnit(text, 'code points'))).toEqual([null, 0, 4, null])
  })
})
