/** Repairing tags: always legal, always what was asked for, never more changes than needed. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { setTag } from '#main/tagging/repair'
import { encodeTags } from '#main/tagging/span-codec'
import { isLegalTransition, parseTag, tagNames } from '#main/tagging/tag-scheme'
import { anyTag, labels, taggableSentence } from '../support/tagging-arbitraries.ts'

const tagSet = tagNames({ entityTypes: labels.map((name) => ({ name })) })

function isLegal(tags: readonly string[]): boolean {
  const framed = [null, ...tags.map(parseTag), null]
  return framed.slice(1).every((tag, index) => isLegalTransition(framed[index] ?? null, tag))
}

/** A legal sequence, one of its tokens and the tag somebody asks for there. */
const request = taggableSentence
  .filter(({ tokenCount }) => tokenCount > 0)
  .chain(({ spans, tokenCount }) =>
    fc.record({
      tags: fc.constant(encodeTags(spans, tokenCount, tagSet).tags),
      index: fc.nat(tokenCount - 1),
      tag: anyTag,
    }),
  )

function isPossible(length: number, index: number, tag: string): boolean {
  const { prefix } = parseTag(tag)
  const needsNext = prefix === 'B' || prefix === 'I'
  const needsPrevious = prefix === 'I' || prefix === 'E'
  return !(needsNext && index === length - 1) && !(needsPrevious && index === 0)
}

describe('setting one tag', () => {
  it('leaves a legal sequence in which the token has the tag asked for, and names every other change', () =>
    fc.assert(
      fc.property(request, ({ tags, index, tag }) => {
        const result = setTag(tags, index, tag)
        expect(result === null).toBe(!isPossible(tags.length, index, tag))
        if (!result) return
        expect(isLegal(result.tags)).toBe(true)
        expect(result.tags[index]).toBe(tag)
        const changed = result.tags.flatMap((name, token) => (name !== tags[token] && token !== index ? [token] : []))
        expect(result.repaired).toEqual(changed)
      }),
    ))

  it('changes as few other tags as any legal sequence can', () => {
    const short = fc.record({ tags: fc.array(anyTag, { minLength: 1, maxLength: 4 }), at: fc.nat(3), tag: anyTag })
    fc.assert(
      fc.property(short, ({ tags, at, tag }) => {
        const index = at % tags.length
        const result = setTag(tags, index, tag)
        const fewest = allSequences(tags.length)
          .filter((candidate) => candidate[index] === tag && isLegal(candidate))
          .map((candidate) => candidate.filter((name, token) => token !== index && name !== tags[token]).length)
        expect(result?.repaired.length ?? Infinity).toBe(Math.min(...fewest))
      }),
      { numRuns: 60 },
    )
  })

  it.each([
    ['takes a token out of the middle of a span', 'B-PER I-PER E-PER', 1, 'O', 'S-PER O S-PER'],
    ['lets a new B run on over the next token', 'O O O', 1, 'B-PER', 'O B-PER E-PER'],
    ['widens a span to the left', 'O B-PER E-PER', 0, 'B-PER', 'B-PER I-PER E-PER'],
    ['widens a span to the right', 'S-PER O', 1, 'E-PER', 'B-PER E-PER'],
    ['cuts a span in two', 'B-PER I-PER I-PER E-PER', 2, 'B-PER', 'B-PER E-PER B-PER E-PER'],
    ['gives the whole span another type', 'B-PER I-PER E-PER', 0, 'B-ORG', 'B-ORG I-ORG E-ORG'],
    ['shortens a span', 'B-PER I-PER E-PER', 2, 'O', 'B-PER E-PER O'],
  ])('%s', (_, before, index, tag, after) => {
    expect(setTag(before.split(' '), index, tag)?.tags.join(' ')).toBe(after)
  })
})

function allSequences(length: number): string[][] {
  if (length === 0) return [[]]
  return allSequences(length - 1).flatMap((rest) => tagSet.map((name) => [...rest, name]))
}
