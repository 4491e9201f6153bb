/** What the window's foundation computes: rows of long lists, pieces of a sentence, looks of labels, guesses about files. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { CorpusSummary } from '#main/document/corpus-summary'
import type { SentenceText } from '#main/document/sentence-row'
import type { SplitStatistics } from '#main/evaluation/corpus-statistics'
import { splitNamed } from '#main/document/split-named'
import { corpusFor } from '#window/features/corpora/import-draft.ts'
import { countOf } from '#window/common/figures.ts'
import { figureRows } from '#window/features/corpora/split-figures.ts'
import { labelHue, labelStyle } from '#window/common/label-colors.ts'
import { createRowHeights } from '#window/base/row-heights.ts'
import { cutHits, cutSpans } from '#window/common/text-pieces.ts'

describe('heights of rows', () => {
  const measured = fc.integer({ min: 1, max: 200 }).chain((count) =>
    fc.record({
      count: fc.constant(count),
      measures: fc.array(fc.tuple(fc.integer({ min: 0, max: count - 1 }), fc.integer({ min: 1, max: 300 }))),
      px: fc.integer({ min: 0, max: 60_000 }),
    }),
  )

  it('add up like a plain list of them, whatever was measured in whatever order', () => {
    fc.assert(
      fc.property(measured, ({ count, measures, px }) => {
        const plain = Array.from({ length: count }, () => 52)
        const heights = createRowHeights(count, 52)
        for (const [index, heightPx] of measures) {
          expect(heights.measure(index, heightPx)).toBe(heightPx - (plain[index] ?? 0))
          plain[index] = heightPx
        }
        const tops = plain.map((_, index) => plain.slice(0, index).reduce((sum, each) => sum + each, 0))
        expect(plain.map((_, index) => heights.topOf(index))).toEqual(tops)
        expect(heights.totalPx).toBe(plain.reduce((sum, each) => sum + each, 0))
        expect(heights.indexAt(px)).toBe(tops.findLastIndex((top) => top <= px))
      }),
    )
  })

  it('are found at once in a list of a million', () => {
    const heights = createRowHeights(1_000_000, 52)
    heights.measure(999_998, 78)
    expect(heights.totalPx).toBe(52_000_026)
    expect(heights.indexAt(52_000_025)).toBe(999_999)
    expect(heights.topOf(999_999)).toBe(51_999_974)
  })

  it('hold for an empty list', () => {
    const heights = createRowHeights(0, 52)
    expect([heights.totalPx, heights.indexAt(100)]).toEqual([0, 0])
  })
})

describe('pieces of a sentence', () => {
  const words = fc.array(fc.constantFrom('Ada', 'Ørsted', '𝒜𝓁𝓅𝒽𝒶', 'née', '👩‍🚀', '.'), { minLength: 1, maxLength: 12 })
  const sentences = words.chain((parts) =>
    fc.array(fc.tuple(fc.nat(parts.length - 1), fc.nat(4), fc.constantFrom('PERSON', 'PLACE'))).map((spans) => {
      let at = 0
      const tokens = parts.map((word) => {
        const start = at
        at += [...word].length + 1
        return { start, end: at - 1 }
      })
      return {
        ...{ text: parts.join(' '), tokens, triples: [] },
        spans: spans.map(([start, more, label]) => ({ start, end: Math.min(parts.length, start + 1 + more), label })),
      } satisfies SentenceText
    }),
  )

  it('are together the sentence, and the marked ones are its spans', () => {
    fc.assert(
      fc.property(sentences, (sentence) => {
        const pieces = cutSpans(sentence)
        expect(pieces.map(({ text }) => text).join('')).toBe(sentence.text)
        const words = sentence.text.split(' ')
        const texts = sentence.spans.map(({ start, end, label }) => `${words.slice(start, end).join(' ')} ${label}`)
        for (const { text, label } of pieces) if (label !== null) expect(texts).toContain(`${text} ${label}`)
      }),
    )
  })

  it('mark where words of a search begin, in any case, script and accent', () => {
    const hits = (text: string, search: string): string[] =>
      cutHits(text, search)
        .filter(({ isHit }) => isHit)
        .map((part) => part.text)
    expect(hits('Building a rebuilt building', 'build')).toEqual(['Build', 'build'])
    expect(hits('Ørsted near Østerbro', 'ø')).toEqual(['Ø', 'Ø'])
    expect(hits('a (b) c', '"(b"')).toEqual(['b'])
    expect(hits('her née name, his ne\u0301e', 'nee')).toEqual(['née', 'ne\u0301e'])
    expect(hits('das Café', 'CAFÉ')).toEqual(['Café'])
    expect(hits('我在北京大学读书，大学很大', '大学')).toEqual(['大学', '大学'])
    expect(hits('用iPhone手机', 'iphone手')).toEqual(['iPhone手'])
    expect(hits('เขากินข้าว ไม่กัน', 'กิน')).toEqual(['กิน'])
    expect(hits('東京，大学', '"京大"')).toEqual(['京，大'])
    expect(cutHits('nothing sought', '')).toEqual([{ text: 'nothing sought', isHit: false }])
  })
})

describe('looks of labels', () => {
  const labels = {
    entityTypes: [...Array.from({ length: 10 }, (_, at) => ({ name: `T${at}` })), { name: 'PINNED', hue: 5 }],
    relationTypes: [],
    signatures: [],
  }

  it('differ for the first twenty-four types of a set', () => {
    const many = { ...labels, entityTypes: Array.from({ length: 24 }, (_, at) => ({ name: `T${at}` })) }
    const looks = many.entityTypes.map(({ name }) => JSON.stringify(labelStyle(name, many)))
    expect(new Set(looks).size).toBe(24)
  })

  it('take the pinned hue', () => {
    expect(labelHue('PINNED', labels)).toBe(5)
  })

  it('are stable and one of eight hues for a type outside any set', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (label) => {
        expect(labelHue(label)).toBe(labelHue(label))
        expect([0, 1, 2, 3, 4, 5, 6, 7]).toContain(labelHue(label))
      }),
    )
  })
})

describe('guesses about files', () => {
  const counts = (sentences: number) => ({ sentences, reviewed: 0, spans: 0, triples: 0 })
  const corpus: CorpusSummary = {
    ...{ corpusId: 1, name: 'News', entityTypes: 1, relationTypes: 1, createdMs: 0 },
    splits: { train: counts(9), dev: counts(0), test: counts(0) },
  }
  const named = (name: string) => [{ name, text: '' }]

  it('read the split from whole words of the name only', () => {
    expect(splitNamed('nyt_dev.json')).toBe('dev')
    expect(splitNamed('valid.json')).toBe('dev')
    expect(splitNamed('WebNLG-TEST.jsonl')).toBe('test')
    expect(splitNamed('trainers.json')).toBeNull()
    expect(splitNamed('contest.json')).toBeNull()
  })

  it('name the corpus after the file', () => {
    expect(corpusFor(named('reviews.2024.txt'), corpus)).toBe('reviews.2024')
    expect(corpusFor(named('nyt_dev.json'), null)).toBe('nyt')
  })

  it('add a mere split to the selected corpus only while that lacks it', () => {
    expect(corpusFor(named('dev.json'), corpus)).toBe('News')
    expect(corpusFor(named('train.json'), corpus)).toBe('New corpus')
    expect(corpusFor(named('dev.json'), null)).toBe('New corpus')
  })
})

describe('figures', () => {
  it('are read as words', () => {
    expect([countOf(1, 'triple'), countOf(0, 'triple'), countOf(6222, 'sentence')]).toEqual([
      '1 triple',
      '0 triples',
      '6,222 sentences',
    ])
  })

  it('stand in one row per figure and one column per split', () => {
    const split: SplitStatistics = {
      ...{
        split: 'train',
        sentences: 4,
        tokens: 1200,
        tokensWithPos: 300,
        uniqueTriples: 5,
        relationTypes: 2,
        spans: 8,
      },
      ...{ multiTokenSpans: 2, ambiguousAnchors: 0, unanchored: 1 },
      classes: {
        list: { Normal: 1, SEO: 2, EPO: 3, SOO: 4, normalWithoutSoo: 0 },
        set: { Normal: 2, SEO: 2, EPO: 1, SOO: 4, normalWithoutSoo: 1 },
      },
      tripleCounts: [
        { label: 'none', count: 1 },
        { label: '1', count: 2 },
        { label: '5 or more', count: 1 },
      ],
      lengths: { min: 3, median: 8, p95: 20, max: 21 },
    }
    const rows = figureRows([split, { ...split, split: 'dev', tokens: 0, spans: 0, tripleCounts: [] }])
    const row = (label: string) => rows.find((each) => each['label'] === label)
    expect(row('Tokens')).toEqual({ label: 'Tokens', train: '1,200', dev: '0' })
    expect(row('Spans of several tokens')).toMatchObject({ train: '25.0 %', dev: '' })
    expect(row('EPO (a shared pair), as listed')).toMatchObject({ train: '3' })
    expect(row('EPO, each triple once')).toMatchObject({ train: '1' })
    expect(row('Sentences without triples')).toMatchObject({ train: '1', dev: '0' })
    expect(row('Sentences with 1 triple')).toMatchObject({ train: '2', dev: '0' })
    expect(row('Sentences with 5 or more triples')).toMatchObject({ train: '1' })
  })
})
