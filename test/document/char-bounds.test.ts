/** Bounds within words: what holds of them whatever is done, and that they end where the words do. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { emptyAnnotation, type AnnotatedSpan, type Annotation } from '#main/document/annotation'
import { charFault, charsOf, fitChars, rangeText, stepChars, type WordPlaces } from '#main/document/char-bounds'
import { addSpan, moveBounds, quote, relabelSpan, type Edit } from '#main/document/edit'
import { moveCharBounds, setChars } from '#main/document/edit-chars'
import { relabelAnnotation } from '#main/document/edit-relabel'
import { acceptSuggestion } from '#main/document/edit-suggestions'
import { applyChanges, invertChanges } from '#main/document/operation'
import { word } from '../support/corpus-arbitraries.ts'

/** A sentence of words with a gap before each. */
function textOf(parts: readonly (readonly [gap: string, word: string])[]): WordPlaces {
  let at = 0
  const tokens = parts.map(([gap, own]) => {
    const start = at + gap.length
    at = start + [...own].length
    return { start, end: at }
  })
  return { words: parts.map(([, own]) => own), tokens }
}
const texts = fc
  .array(fc.tuple(fc.constantFrom('', ' ', '  '), word), { minLength: 1, maxLength: 6 })
  .map((parts) => textOf(parts))

const text = textOf([['', 'Mara'], [' ', 'runs'], [' ', 'Fahrzeugwerke'], ['', '.']]) // prettier-ignore
const provenance = { origin: 'import', author: 'file' } as const
const werke: AnnotatedSpan = {
  id: 'w',
  start: 2,
  end: 3,
  label: 'ORG',
  provenance,
  remark: { note: 'n', isFlagged: true },
}
const runs = { id: 'r', subject: 'w', type: 'of', object: 'w', provenance }
const gold: Annotation = { ...emptyAnnotation, spans: [werke], relations: [runs] }
const context = { author: 'Ada', ...text, newId: () => 'new' }
const apply = ({ changes }: Edit, annotation = gold): Annotation => applyChanges(annotation, changes)

describe('a range of characters', () => {
  it('is inside its first and last word, whole graphemes, and absent where it says nothing', () => {
    fc.assert(
      fc.property(texts, fc.nat(40), fc.nat(40), (own, start, end) => {
        const range = fitChars({ start, end }, own)
        if (!range) {
          const touched = start < end && own.tokens.some((token) => token.start < end && start < token.end)
          expect(touched).toBe(false)
          return
        }
        expect(charFault(range, own)).toBeNull()
        const [first, last] = [own.tokens[range.start], own.tokens[range.end - 1]]
        const chars = charsOf(range, own.tokens)
        expect(chars.start).toBeGreaterThanOrEqual(first?.start ?? NaN)
        expect(chars.start).toBeLessThan(first?.end ?? NaN)
        expect(chars.end).toBeGreaterThan(last?.start ?? NaN)
        expect(chars.end).toBeLessThanOrEqual(last?.end ?? NaN)
        expect(range.chars === undefined).toBe(chars.start === first?.start && chars.end === last?.end)
        expect(fitChars(chars, own)).toEqual(range)
        expect([...rangeText(range, own.words, own.tokens)].length).toBeGreaterThan(0)
      }),
    )
  })

  it('takes a grapheme whole: an emoji of several code points, a letter with its accent', () => {
    const own = textOf([['', 'Cancu\u0301n'], [' ', '👩‍🔬']]) // prettier-ignore
    expect(fitChars({ start: 5, end: 6 }, own)).toEqual({ start: 0, end: 1, chars: { start: 4, end: 6 } })
    expect(fitChars({ start: 9, end: 10 }, own)).toEqual({ start: 1, end: 2 })
  })

  it('of which one is wrong is told why', () => {
    const chars = (start: number, end: number) => ({ start: 2, end: 3, chars: { start, end } })
    expect(charFault(chars(10, 18), text)).toBeNull()
    expect(charFault(chars(10, 23), text)).toMatch(/just its words/)
    expect(charFault(chars(5, 18), text)).toMatch(/first word/)
    expect(charFault(chars(12, 12), text)).toMatch(/first word/)
  })
})

describe('moving a bound by characters', () => {
  it('goes through every place a bound can be at, and back the same way', () => {
    fc.assert(
      fc.property(texts, fc.constantFrom('start', 'end'), (own, side) => {
        const whole = { start: 0, end: own.words.length }
        const [away, back] = side === 'start' ? ([1, -1] as const) : ([-1, 1] as const)
        const visited = [whole as ReturnType<typeof stepChars>]
        for (let range = stepChars(whole, side, away, own); range; range = stepChars(range, side, away, own)) {
          expect(charFault(range, own)).toBeNull()
          visited.push(range)
        }
        const graphemes = own.words.flatMap((each) => [...new Intl.Segmenter().segment(each)])
        expect(visited).toHaveLength(graphemes.length)
        for (let at = visited.length - 1; at > 0; at--) {
          const from = visited[at]
          if (from) expect(stepChars(from, side, back, own)).toEqual(visited[at - 1])
        }
        expect(stepChars(whole, side, back, own)).toBeNull()
      }),
    )
  })

  it('keeps identity, relations and remark, says what the span is now, and is one act', () => {
    let annotation = gold
    for (let step = 0; step < 5; step++)
      annotation = apply(moveCharBounds(annotation, 'w', 'end', -1, context), annotation)
    expect(annotation.spans).toEqual([
      { ...werke, chars: { start: 10, end: 18 }, provenance: { origin: 'person', author: 'Ada' } },
    ])
    expect(annotation.relations).toEqual([runs])
    const edit = moveCharBounds(annotation, 'w', 'start', -1, context)
    expect(edit.description).toBe('Fahrzeug is now s Fahrzeug')
    expect(apply(edit, annotation).spans[0]).toMatchObject({ start: 1, end: 3, chars: { start: 8, end: 18 } })
    expect(applyChanges(apply(edit, annotation), invertChanges(edit.changes))).toEqual(annotation)
  })

  it('ends at the ends of the sentence and at the last character, and says so', () => {
    const dot = { ...gold, spans: [{ ...werke, start: 3, end: 4 }] }
    expect(moveCharBounds(dot, 'w', 'end', 1, context)).toEqual({
      changes: [],
      description: 'The span already ends where the sentence does',
    })
    expect(moveCharBounds(dot, 'w', 'end', -1, context).description).toBe('A span needs at least one character')
    expect(setChars(gold, 'w', { start: 4, end: 5 }, context).changes).toEqual([])
  })
})

describe('a span within words', () => {
  const part = apply(setChars(gold, 'w', { start: 10, end: 18 }, context))

  it('is whole words again once it is moved by words, or its characters are those of words', () => {
    const moved = apply(moveBounds(part, 'w', { start: 1, end: 3 }, context), part)
    expect(moved.spans[0]).toMatchObject({ id: 'w', start: 1, end: 3, remark: werke.remark })
    expect('chars' in (moved.spans[0] ?? {})).toBe(false)
    expect('chars' in (apply(setChars(part, 'w', { start: 9, end: 23 }, context), part).spans[0] ?? {})).toBe(false)
    const suggestion = { kind: 'span', key: '', start: 2, end: 4, label: 'ORG', probability: 1 } as const
    expect(
      'chars' in
        (apply(acceptSuggestion(part, suggestion, { origin: 'run', author: 'run' }, context), part).spans[0] ?? {}),
    ).toBe(false)
  })

  it('stays within words while its label changes', () => {
    const edits = [
      relabelSpan(part, 'w', 'WORK', context),
      { changes: relabelAnnotation(part, 'entity', 'ORG', 'WORK'), description: '' },
    ]
    for (const edit of edits)
      expect(apply(edit, part).spans[0]).toMatchObject({ label: 'WORK', chars: { start: 10, end: 18 } })
  })

  it('stands beside another part of the same word, and is relabelled where it is the same part', () => {
    const other = fitChars({ start: 18, end: 23 }, text)
    if (!other) throw new Error('no characters there')
    const both = apply(addSpan(part, other, 'ORG', context), part)
    expect(both.spans.map((span) => quote(span, context))).toEqual(['Fahrzeug', 'werke'])
    expect(apply(addSpan(both, other, 'PLACE', context), both).spans).toHaveLength(2)
    const whole = apply(addSpan(part, { start: 2, end: 3 }, 'ORG', context), part)
    expect(whole.spans.map((span) => quote(span, context))).toEqual(['Fahrzeug', 'Fahrzeugwerke'])
  })

  it('does not become one with another part when labels become one', () => {
    const other = fitChars({ start: 18, end: 23 }, text)
    if (!other) throw new Error('no characters there')
    const both = apply(addSpan(part, other, 'WORK', context), part)
    expect(applyChanges(both, relabelAnnotation(both, 'entity', 'WORK', 'ORG')).spans).toHaveLength(2)
  })
})
