/** Splitting and joining words and sentences: spans keep their characters, and whatever was done can be taken back. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { emptyAnnotation, type Annotation } from '#main/document/annotation'
import { charFault, charsOf, graphemeBorders } from '#main/document/char-bounds'
import type { Token } from '#main/document/doc'
import { addSpan, deleteSpan } from '#main/document/edit'
import { moveCharBounds } from '#main/document/edit-chars'
import { addRelation } from '#main/document/edit-relations'
import { setReviewed } from '#main/document/edit-review'
import { joinWithNextSentence, splitSentence } from '#main/document/edit-sentences'
import { joinWithNextWord, splitWord } from '#main/document/edit-words'
import { applyChanges, invertChanges, type LoggedChange } from '#main/document/operation'

interface Part {
  readonly id: number
  /** Code points from the start of the text. */
  readonly offset: number
  readonly tokens: readonly Token[]
  readonly annotation: Annotation
}

/** A text with its sentences, and what was done to which of them. */
function createText(text: string) {
  const letters = [...text]
  const words = [...text.matchAll(/\S+/gu)].map(({ 0: word, index }): Token => {
    const start = [...text.slice(0, index)].length
    return { start, end: start + [...word].length }
  })
  let ids = 1
  let parts: Part[] = [{ id: ids, offset: 0, tokens: words, annotation: emptyAnnotation }]
  const aside = new Map<number, Part>()
  const log: { readonly id: number; readonly changes: readonly LoggedChange[] }[] = []
  const at = (place: number): Part => parts[place % parts.length] ?? fail()
  const wordsOf = ({ offset, tokens }: Part) =>
    tokens.map(({ start, end }) => letters.slice(offset + start, offset + end).join(''))
  const contextOf = (part: Part) => ({
    ...{ author: 'Ada', words: wordsOf(part), tokens: part.tokens, newId: () => `n${ids++}` },
  })

  function write(id: number, changes: readonly LoggedChange[]): void {
    const place = parts.findIndex((part) => part.id === id)
    const part = parts[place] ?? fail()
    const words = changes.find(({ kind }) => kind === 'words')
    if (words?.kind === 'words') expect(words.before).toEqual(part.tokens)
    const tokens = words?.kind === 'words' ? words.after : part.tokens
    parts[place] = { ...part, tokens, annotation: applyChanges(part.annotation, changes) }
    const sentence = changes.find(({ kind }) => kind === 'sentence')
    if (sentence?.kind !== 'sentence') return
    if (sentence.before) {
      const [gone] = parts.splice(place + 1, 1)
      expect(bySet(gone?.annotation)).toEqual(bySet(sentence.before.annotation))
      if (gone) aside.set(gone.id, gone)
    }
    if (!sentence.after) return
    const first = part.tokens[tokens.length]?.start ?? 0
    const behind = part.tokens.slice(tokens.length)
    parts.splice(place + 1, 0, {
      ...{ id: sentence.after.sentenceId, offset: part.offset + first, annotation: sentence.after.annotation },
      tokens: behind.map((token) => ({ ...token, start: token.start - first, end: token.end - first })),
    })
  }
  function act(id: number, changes: readonly LoggedChange[]): void {
    if (changes.length === 0) return
    const numbered = changes.map((change) =>
      change.kind === 'sentence' && change.after
        ? { ...change, after: { ...change.after, sentenceId: ++ids } }
        : change,
    )
    write(id, numbered)
    log.push({ id, changes: numbered })
  }
  return {
    parts: () => parts.map(({ annotation, ...part }) => ({ ...part, annotation: bySet(annotation) })),
    at,
    contextOf,
    act,
    following: (part: Part) => {
      const next = parts[parts.indexOf(part) + 1]
      return (
        next && {
          ...contextOf(next),
          sentenceId: next.id,
          annotation: next.annotation,
          offset: next.offset - part.offset,
        }
      )
    },
    undo() {
      const last = log.pop()
      if (last) write(last.id, invertChanges(last.changes))
      return last !== undefined
    },
    /** Label and characters of every span, wherever it stands. */
    marked: () =>
      parts
        .flatMap(({ offset, tokens, annotation }) =>
          annotation.spans.map((span) => {
            const { start, end } = charsOf(span, tokens)
            return `${span.label} ${start + offset}-${end + offset}`
          }),
        )
        .sort(),
    faults: () =>
      parts.flatMap((part) =>
        part.annotation.spans.filter(
          (span) => span.end > part.tokens.length || charFault(span, { ...contextOf(part), tokens: part.tokens }),
        ),
      ),
  }
}

function fail(): never {
  throw new Error('there is no such sentence')
}

function bySet(annotation: Annotation | undefined) {
  const sorted = <Item extends { readonly id: string }>(items: readonly Item[] = []) =>
    items.toSorted((a, b) => (a.id < b.id ? -1 : 1))
  return {
    ...{ spans: sorted(annotation?.spans), relations: sorted(annotation?.relations) },
    ...{ rejections: sorted(annotation?.rejections), review: annotation?.review },
  }
}

const acts = [
  'split word',
  'join words',
  'split sentence',
  'join sentences',
  'span',
  'delete',
  'relation',
  'chars',
  'review',
] as const
const step = fc.record({ act: fc.constantFrom(...acts), sentence: fc.nat(9), word: fc.nat(20), other: fc.nat(20) })
const word = fc.array(fc.constantFrom('a', 'b', '-', 'é', 'e\u0301', '字', '👩‍🔬'), { minLength: 1, maxLength: 4 })
const text = fc.array(word, { minLength: 2, maxLength: 8 }).map((words) => words.map((one) => one.join('')).join(' '))

it('takes any sequence of splits, joins and edits back to the start, and lets spans cover the same characters', () => {
  fc.assert(
    fc.property(text, fc.array(step, { maxLength: 14 }), (of, steps) => {
      const document = createText(of)
      const start = document.parts()
      for (const { act, sentence, word, other } of steps) {
        const part = document.at(sentence)
        const { annotation, tokens } = part
        const context = document.contextOf(part)
        const at = word % tokens.length
        const span = annotation.spans[word % annotation.spans.length]
        const marked = document.marked()
        const segment = (changes: readonly LoggedChange[]): void => {
          document.act(part.id, changes)
          expect(document.marked()).toEqual(marked)
        }
        if (act === 'split word') {
          const borders = graphemeBorders(context.words[at] ?? '')
          segment(splitWord(annotation, at, borders[other % borders.length] ?? 0, context).changes)
        } else if (act === 'join words') segment(joinWithNextWord(annotation, at, context).changes)
        else if (act === 'split sentence') segment(splitSentence(annotation, at, context).changes)
        else if (act === 'join sentences') {
          const next = document.following(part)
          if (next) segment(joinWithNextSentence(annotation, next, context).changes)
        } else if (act === 'review') document.act(part.id, setReviewed(annotation, other % 2 === 0).changes)
        else if (act === 'span') {
          const range = { start: at, end: Math.min(tokens.length, at + 1 + (other % 3)) }
          document.act(part.id, addSpan(annotation, range, `L${other % 2}`, context).changes)
        } else if (span && act === 'delete') document.act(part.id, deleteSpan(annotation, span.id, context).changes)
        else if (span && act === 'chars')
          document.act(part.id, moveCharBounds(annotation, span.id, other % 2 ? 'start' : 'end', 1, context).changes)
        else if (span) {
          const object = annotation.spans[other % annotation.spans.length] ?? span
          document.act(part.id, addRelation(annotation, span.id, 'r', object.id, context).changes)
        }
        expect(document.faults()).toEqual([])
      }
      while (document.undo()) continue
      expect(document.parts()).toEqual(start)
    }),
    { numRuns: 150 },
  )
})

const context = (words: string[]) => {
  let at = 0
  const tokens = words.map((one) => ({ start: at, end: (at += [...one].length + 1) - 1 }))
  return { author: 'Ada', words, tokens, newId: () => 'new' }
}
const provenance = { origin: 'person', author: 'Ada' } as const
const span = (id: string, start: number, end: number) => ({ id, start, end, label: 'PER', provenance })

it('refuses to cut a span or a relation in two, and says which', () => {
  const words = context(['Mara', 'Velt', 'runs', 'Orbisk'])
  const annotation = {
    ...emptyAnnotation,
    spans: [span('a', 0, 2), span('b', 3, 4)],
    relations: [{ id: 'r', subject: 'a', object: 'b', type: 'runs', provenance }],
  }
  expect(splitSentence(annotation, 1, words)).toEqual({
    changes: [],
    description: 'PER Mara Velt would be cut in two: move its bounds or remove it first',
  })
  expect(splitSentence(annotation, 3, words)).toEqual({
    changes: [],
    description: 'runs, Mara Velt to Orbisk, would go from one sentence to another: remove it first',
  })
})

it('joins no words across white space, and no part of a character', () => {
  const words = context(['New', 'York'])
  expect(joinWithNextWord(emptyAnnotation, 0, words).description).toBe(
    'New and York stay two words: there is white space between them',
  )
  expect(splitWord(emptyAnnotation, 0, 3, words).changes).toEqual([])
  expect(splitWord(emptyAnnotation, 0, 1, words).description).toBe('New split into N and ew')
})

it('drops the reviewed mark of a joined sentence of which a part was not reviewed, and says so', () => {
  const reviewed = { ...emptyAnnotation, review: { isReviewed: true, isFlagged: false, note: 'one' } }
  const next = { ...context(['Two.']), sentenceId: 2, offset: 5 }
  const flagged = { ...emptyAnnotation, review: { isReviewed: false, isFlagged: true, note: 'two' } }
  const { changes, description } = joinWithNextSentence(reviewed, { ...next, annotation: flagged }, context(['One.']))
  expect(applyChanges(reviewed, changes).review).toEqual({ isReviewed: false, isFlagged: true, note: 'one\ntwo' })
  expect(description).toBe('Sentence joined with the next, Two.; not reviewed, since one of the two was not')
})
