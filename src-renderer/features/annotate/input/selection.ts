/** The one cursor of the editor: a caret on a word or its tag, a range, and what is chosen there. Pure functions. */
import type { Annotation } from '#main/document/annotation'
import type { Range } from '#main/document/edit'
import { isSameRange, type Chars, type SpanRange } from '#main/document/span'
import { suggestionStart, type SuggestedSpan, type Suggestion } from '#main/document/suggestions'

export type Target =
  | { readonly kind: 'span'; readonly spanId: string }
  | { readonly kind: 'relation'; readonly relationId: string }
  | { readonly kind: 'suggestion'; readonly key: string }

export interface Selection {
  /** The word the caret is on, and the one where the range began: both belong to the range. */
  readonly caret: number
  readonly anchor: number
  readonly row: 'words' | 'tags'
  readonly target: Target | null
  /** The part of the range that is meant, where it begins or ends within a word. */
  readonly chars?: Chars
}

/** Item that can be chosen. */
export interface Choices {
  readonly annotation: Annotation
  readonly suggestions: readonly Suggestion[]
  readonly tokenCount: number
}

export const startSelection: Selection = { caret: 0, anchor: 0, row: 'words', target: null }

/** Puts the caret on a word; what is marked there is chosen with it. */
export function placeCaret(selection: Selection, token: number, choices: Choices): Selection {
  const caret = Math.max(0, Math.min(token, choices.tokenCount - 1))
  return { row: selection.row, caret, anchor: caret, target: targetsAt(caret, choices)[0] ?? null }
}

/** Stretches the range to a word; a span of exactly this range is chosen. */
export function extendTo(selection: Selection, token: number, { annotation, tokenCount }: Choices): Selection {
  const caret = Math.max(0, Math.min(token, tokenCount - 1))
  const { anchor } = selection
  return { row: 'words', caret, anchor, target: spanOver(rangeBetween(anchor, caret), annotation) }
}

/** Selects a range that may begin and end within words; a span of exactly this range is chosen. */
export function selectChars(range: SpanRange, { annotation }: Choices): Selection {
  const { start, end, chars } = range
  const target = spanOver(range, annotation)
  return { row: 'words', anchor: start, caret: end - 1, target, ...(chars && { chars }) }
}

function spanOver(range: SpanRange, { spans }: Annotation): Target | null {
  const span = spans.find((one) => isSameRange(one, range))
  return span ? { kind: 'span', spanId: span.id } : null
}

/** The range an act is about: that of the chosen span or suggestion, else what is stretched. */
export function selectedRange(selection: Selection, { annotation, suggestions }: Choices): SpanRange {
  const { target, anchor, caret, chars } = selection
  if (target?.kind === 'span') {
    const span = annotation.spans.find(({ id }) => id === target.spanId)
    if (span) return { start: span.start, end: span.end, ...(span.chars && { chars: span.chars }) }
  }
  if (target?.kind === 'suggestion') {
    const suggestion = suggestions.find(({ key }) => key === target.key)
    if (suggestion?.kind === 'span') return { start: suggestion.start, end: suggestion.end }
  }
  return { ...rangeBetween(anchor, caret), ...(chars && { chars }) }
}

/** Chooses something and brings the caret there. */
export function choose(selection: Selection, target: Target, choices: Choices): Selection {
  const range = rangeOfTarget(target, choices)
  if (!range) return { ...selection, target }
  return { row: 'words', anchor: range.start, caret: range.end - 1, target }
}

/** Spans and suggested spans over a word, the smallest first, gold before suggested. */
export function targetsAt(token: number, { annotation, suggestions }: Choices): Target[] {
  const covers = ({ start, end }: Range) => start <= token && token < end
  const bySize = (a: Range, b: Range) => a.end - a.start - (b.end - b.start)
  const gold = annotation.spans.filter(covers).sort(bySize)
  const suggested = suggestedSpans(suggestions).filter(covers).sort(bySize)
  return [
    ...gold.map(({ id }): Target => ({ kind: 'span', spanId: id })),
    ...suggested.map(({ key }): Target => ({ kind: 'suggestion', key })),
  ]
}

/** The next of the marks that lie over each other at the caret. */
export function cycleTargets(selection: Selection, choices: Choices): Selection {
  const targets = targetsAt(selection.caret, choices)
  const index = targets.findIndex((target) => isSameTarget(target, selection.target))
  const { row, caret, anchor } = selection
  return { row, caret, anchor, target: targets[(index + 1) % Math.max(1, targets.length)] ?? null }
}

/** All that can be stopped at, in reading order: spans, relations where they begin, suggestions. */
export function stopsOf({ annotation, suggestions }: Choices): Target[] {
  const startOf = new Map(annotation.spans.map(({ id, start }) => [id, start]))
  const start = (spanId: string) => startOf.get(spanId) ?? 0
  const stops = [
    ...annotation.spans.map(({ id, start }) => ({ at: start, rank: 0, target: { kind: 'span', spanId: id } as const })),
    ...suggestions.map((suggestion) => ({
      at: suggestionStart(suggestion),
      rank: suggestion.kind === 'span' ? 1 : 3,
      target: { kind: 'suggestion', key: suggestion.key } as const,
    })),
    ...annotation.relations.map(({ id, subject, object }) => ({
      at: Math.min(start(subject), start(object)),
      rank: 2,
      target: { kind: 'relation', relationId: id } as const,
    })),
  ]
  return stops.sort((a, b) => a.at - b.at || a.rank - b.rank).map(({ target }) => target)
}

/**
 * The stop after (or before) what is chosen; from a bare caret the first that begins there or later. null at the end.
 */
export function nextStop(selection: Selection, by: 1 | -1, choices: Choices, onlySuggestions = false): Target | null {
  const stops = stopsOf(choices).filter(({ kind }) => !onlySuggestions || kind === 'suggestion')
  const index = stops.findIndex((stop) => isSameTarget(stop, selection.target))
  if (index >= 0) return stops[index + by] ?? null
  const at = (stop: Target) => rangeOfTarget(stop, choices)?.start ?? 0
  if (by === 1) return stops.find((stop) => at(stop) >= selection.caret) ?? null
  return stops.findLast((stop) => at(stop) < selection.caret) ?? null
}

const isPunctuation = (word: string | undefined): boolean => word !== undefined && /^[\p{P}\p{S}]+$/u.test(word)

/** The last word before the next punctuation mark, or the first after the one before; else the edge of the sentence. */
export function clauseEdge(caret: number, by: 1 | -1, words: readonly string[]): number {
  const isInside = (token: number): boolean => token >= 0 && token < words.length
  let token = caret + by
  while (isInside(token) && isPunctuation(words[token])) token += by
  while (isInside(token + by) && !isPunctuation(words[token + by])) token += by
  return Math.max(0, Math.min(token, words.length - 1))
}

/** Nothing chosen, no range: the caret alone. */
export function letGo({ caret }: Selection): Selection {
  return { caret, anchor: caret, row: 'words', target: null }
}

/** After an edit: what is now marked over just the selected words is chosen, in the tag row what is over its word. */
export function afterEdit(selection: Selection, choices: Choices): Selection {
  if (selection.row === 'tags') return placeCaret(selection, selection.caret, choices)
  const valid = keepValid(selection, choices)
  if (valid.target?.kind === 'span' || valid.target?.kind === 'relation') return valid
  const { row, anchor, caret, target, chars } = valid
  const range = { ...rangeBetween(anchor, caret), ...(chars && { chars }) }
  return { row, anchor, caret, target: spanOver(range, choices.annotation) ?? target }
}

/** After an operation: what was chosen may be gone. */
export function keepValid(selection: Selection, choices: Choices): Selection {
  const last = Math.max(0, choices.tokenCount - 1)
  const caret = Math.min(selection.caret, last)
  const inside = { ...selection, caret, anchor: Math.min(selection.anchor, last) }
  if (!selection.target) return inside
  return isThere(selection.target, choices)
    ? inside
    : { ...inside, anchor: caret, target: targetsAt(caret, choices)[0] ?? null }
}

function isThere(target: Target, { annotation, suggestions }: Choices): boolean {
  if (target.kind === 'span') return annotation.spans.some(({ id }) => id === target.spanId)
  if (target.kind === 'relation') return annotation.relations.some(({ id }) => id === target.relationId)
  return suggestions.some(({ key }) => key === target.key)
}

export function isSameTarget(a: Target | null, b: Target | null): boolean {
  return a !== null && b !== null && idOf(a) === idOf(b)
}

function idOf(target: Target): string {
  if (target.kind === 'span') return `span ${target.spanId}`
  return target.kind === 'relation' ? `relation ${target.relationId}` : `suggestion ${target.key}`
}

function rangeOfTarget(target: Target, { annotation, suggestions }: Choices): Range | null {
  const span = (spanId: string | undefined) => annotation.spans.find(({ id }) => id === spanId) ?? null
  if (target.kind === 'span') return span(target.spanId)
  if (target.kind === 'relation') return span(annotation.relations.find(({ id }) => id === target.relationId)?.subject)
  const suggestion = suggestions.find(({ key }) => key === target.key)
  return suggestion?.kind === 'relation' ? suggestion.subject : (suggestion ?? null)
}

function suggestedSpans(suggestions: readonly Suggestion[]): SuggestedSpan[] {
  return suggestions.filter((suggestion) => suggestion.kind === 'span')
}

function rangeBetween(a: number, b: number): Range {
  return { start: Math.min(a, b), end: Math.max(a, b) + 1 }
}
