/** What a change of tags does to spans: identity survives wherever tokens are shared. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Span } from '#main/document/span'
import { decodeTags, encodeTags } from '#main/tagging/span-codec'
import { changesForTags, diffSpans } from '#main/tagging/span-diff'
import { tagNames } from '#main/tagging/tag-scheme'
import { labels, taggableSentence } from '../support/tagging-arbitraries.ts'

const tagSet = tagNames({ entityTypes: labels.map((name) => ({ name })) })
const mara: Span = { id: 'm', start: 0, end: 2, label: 'PER' }
const orbisk: Span = { id: 'o', start: 3, end: 5, label: 'ORG' }
const diff = (spans: readonly Span[], tags: string) => changesForTags(spans, tags.split(' '), tagSet, 'ENTITY')

describe('spans after a change of tags', () => {
  it('keeps the identity of a span whose bounds move', () =>
    expect(diff([mara, orbisk], 'B-PER E-PER O B-ORG I-ORG E-ORG')).toEqual({
      kept: [mara],
      changed: [{ before: orbisk, after: { ...orbisk, end: 6 } }],
      added: [],
      removed: [],
    }))

  it('keeps the identity of a span that gets another type', () =>
    expect(diff([mara], 'B-ORG E-ORG').changed).toEqual([{ before: mara, after: { ...mara, label: 'ORG' } }]))

  it('lets the longer part of a cut span keep its identity', () => {
    const long = { ...mara, end: 3 }
    const { changed, added } = diff([long], 'B-PER E-PER S-PER')
    expect(changed).toEqual([{ before: long, after: mara }])
    expect(added).toEqual([{ start: 2, end: 3, label: 'PER' }])
  })

  it('lets the longer of two merged spans live on', () => {
    const { changed, removed } = diff([mara, { ...orbisk, start: 2, label: 'PER' }], 'B-PER I-PER I-PER I-PER E-PER')
    expect(changed[0]?.before.id).toBe('o')
    expect(removed).toEqual([mara])
  })

  it('does not touch spans that tags cannot hold', () => {
    const nested: Span = { id: 'n', start: 4, end: 5, label: 'PER' }
    expect(diff([mara, orbisk, nested], 'O O O B-ORG E-ORG')).toEqual({
      kept: [orbisk, nested],
      changed: [],
      added: [],
      removed: [mara],
    })
  })

  it('lets a span keep its label in an untyped set', () => {
    const place = { ...mara, label: 'PLACE' }
    const untyped = tagNames({ entityTypes: [{ name: 'PLACE' }] })
    expect(changesForTags([place], ['B', 'I', 'E'], untyped, 'PLACE').changed).toEqual([
      { before: place, after: { ...place, end: 3 } },
    ])
  })

  it('leads from any spans to exactly those the tags say', () =>
    fc.assert(
      fc.property(taggableSentence, taggableSentence, (before, after) => {
        const old = before.spans.map((span, index) => ({ ...span, id: `s${index}` }))
        const { tags } = encodeTags(after.spans, Math.max(before.tokenCount, after.tokenCount), tagSet)
        const { kept, changed, added, removed } = changesForTags(old, tags, tagSet, 'ENTITY')
        const result = [...kept, ...changed.map((change) => change.after), ...added]
        const byStart = result.map(({ start, end, label }) => ({ start, end, label })).sort((a, b) => a.start - b.start)
        expect(byStart).toEqual(decodeTags(tags))
        expect(kept.length + changed.length + removed.length).toBe(old.length)
      }),
    ))

  it('finds nothing to do between equals', () =>
    fc.assert(
      fc.property(taggableSentence, ({ spans }) => {
        const { changed, added, removed } = diffSpans(spans, spans)
        expect([...changed, ...added, ...removed]).toEqual([])
      }),
    ))
})
