/** Spans ⇄ tags: decoding undoes encoding, and what one tag per token cannot hold is named. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeTags, encodeTags } from '#main/tagging/span-codec'
import { isLegalTransition, parseTag, tagNames } from '#main/tagging/tag-scheme'
import { tagSequence, taggableSentence } from '../support/tagging-arbitraries.ts'

const typed = tagNames({ entityTypes: [{ name: 'PER' }, { name: 'ORG' }] })
const untyped = tagNames({ entityTypes: [{ name: 'ENTITY' }] })

describe('spans and tags', () => {
  it('decoding undoes encoding', () =>
    fc.assert(
      fc.property(taggableSentence, ({ spans, tokenCount }) => {
        const { tags, omitted } = encodeTags(spans, tokenCount, typed)
        expect(omitted).toEqual([])
        expect(decodeTags(tags)).toEqual(spans)
      }),
    ))

  it('every encoding is legal', () =>
    fc.assert(
      fc.property(taggableSentence, ({ spans, tokenCount }) => {
        const tags = [null, ...encodeTags(spans, tokenCount, typed).tags.map(parseTag), null]
        expect(tags.slice(1).every((tag, index) => isLegalTransition(tags[index] ?? null, tag))).toBe(true)
      }),
    ))

  it('writes B I E over several tokens and S over one', () =>
    expect(
      encodeTags(
        [
          { start: 1, end: 4, label: 'PER' },
          { start: 4, end: 5, label: 'ORG' },
        ],
        6,
        typed,
      ).tags,
    ).toEqual(['O', 'B-PER', 'I-PER', 'E-PER', 'S-ORG', 'O']))

  it('leaves types out of an untyped set and gives them back by name', () => {
    const { tags } = encodeTags([{ start: 0, end: 2, label: 'ENTITY' }], 2, untyped)
    expect(tags).toEqual(['B', 'E'])
    expect(decodeTags(tags)).toEqual([{ start: 0, end: 2, label: 'ENTITY' }])
    expect(decodeTags(tags, { untypedLabel: 'THING' })).toEqual([{ start: 0, end: 2, label: 'THING' }])
  })

  it('names the spans that tags cannot hold, and keeps the first in reading order', () => {
    const outer = { start: 0, end: 3, label: 'ORG' }
    const inner = { start: 1, end: 2, label: 'PER' }
    const strange = { start: 3, end: 4, label: 'RIVER' }
    const outside = { start: 4, end: 9, label: 'PER' }
    const { tags, omitted } = encodeTags([inner, strange, outside, outer], 5, typed)
    expect(tags).toEqual(['B-ORG', 'I-ORG', 'E-ORG', 'O', 'O'])
    expect(omitted).toEqual([
      { span: inner, reason: 'shares a token with another span' },
      { span: strange, reason: 'its type has no tag' },
      { span: outside, reason: 'is not inside the sentence' },
    ])
  })

  it('reads illegal tags by the rule that is named', () => {
    const tags = ['B-PER', 'O', 'I-ORG', 'E-ORG', 'B-PER', 'E-ORG', 'S-PER']
    expect(decodeTags(tags, { rule: 'strict' })).toEqual([{ start: 6, end: 7, label: 'PER' }])
    expect(decodeTags(tags, { rule: 'lenient' })).toEqual([
      { start: 0, end: 1, label: 'PER' },
      { start: 2, end: 4, label: 'ORG' },
      { start: 4, end: 5, label: 'PER' },
      { start: 5, end: 6, label: 'ORG' },
      { start: 6, end: 7, label: 'PER' },
    ])
  })

  it('reads any tags at all into spans that do not overlap, the strict ones among the lenient', () =>
    fc.assert(
      fc.property(tagSequence, (tags) => {
        const lenient = decodeTags(tags, { rule: 'lenient' })
        lenient.slice(1).forEach((span, index) => expect(span.start).toBeGreaterThanOrEqual(lenient[index]?.end ?? 0))
        expect(lenient).toEqual(expect.arrayContaining(decodeTags(tags, { rule: 'strict' })))
      }),
    ))
})
