/** How far two annotations of a sentence agree on spans, and on relations between the spans that both have. */
import type { AnnotatedItems } from '#main/document/layer-differences'
import { distinctSpans, placeKey } from '#main/document/pair-spans'
import { overlaps, type Span } from '#main/document/span'
import type { SumOf, Tally } from './tally.ts'

export const spanKey = (label: string): string => `span ${label}`
export const relationKey = (type: string): string => `relation ${type}`

/** Counts of the spans of each label: those of the first, of the second, the same ones, and pairs that overlap. */
export function addSpans(tally: Tally, unit: number, first: readonly Span[], second: readonly Span[]): void {
  const [own, others] = [first, second].map((spans) => Map.groupBy(distinctSpans(spans).values(), ({ label }) => label))
  for (const label of new Set([...(own?.keys() ?? []), ...(others?.keys() ?? [])])) {
    const [a, b] = [own?.get(label) ?? [], others?.get(label) ?? []]
    const { same, overlapping } = matchSpans(a, b)
    tally.add(spanKey(label), unit, a.length, b.length, same, overlapping)
  }
}

/**
 * Matches the spans of one label, none of them twice: first those with the same place, then the others in the order of their ends,
 * each with the span that ends first of those that share a word with it.
 */
function matchSpans(first: readonly Span[], second: readonly Span[]) {
  const places = new Set(second.map(placeKey))
  const isShared = (span: Span): boolean => places.has(placeKey(span))
  const same = first.filter(isShared).length
  const firstPlaces = new Set(first.map(placeKey))
  const byEnd = (a: Span, b: Span): number => a.end - b.end || a.start - b.start
  const open = second.filter((span) => !firstPlaces.has(placeKey(span))).sort(byEnd)
  let overlapping = same
  for (const span of first.filter((one) => !isShared(one)).sort(byEnd)) {
    const at = open.findIndex((other) => overlaps(span, other))
    if (at < 0) continue
    open.splice(at, 1)
    overlapping++
  }
  return { same, overlapping }
}

/**
 * Counts of the relations of each type whose two spans both annotations have, with the same words and label: those of the first, of
 * the second, and the same ones.
 */
export function addRelations(tally: Tally, unit: number, first: AnnotatedItems, second: AnnotatedItems): void {
  const [own, others] = [distinctSpans(first.spans), distinctSpans(second.spans)]
  const isAgreed = (key: string | undefined): key is string => key !== undefined && own.has(key) && others.has(key)
  const [a, b] = [first, second].map(({ spans, relations }) => {
    const placeOf = new Map(spans.map((span) => [span.id, placeKey(span)]))
    const keys = new Map<string, string>()
    for (const { subject, type, object } of relations) {
      const [from, to] = [placeOf.get(subject), placeOf.get(object)]
      if (isAgreed(from) && isAgreed(to)) keys.set(JSON.stringify([from, type, to]), type)
    }
    return keys
  })
  const add = (type: string, ...counts: readonly number[]): void => tally.add(relationKey(type), unit, ...counts)
  for (const [key, type] of a ?? []) add(type, 1, 0, b?.has(key) ? 1 : 0)
  for (const type of b?.values() ?? []) add(type, 0, 1, 0)
}

/** The mean of both directions' F1, which is the same: twice what is the same among all that either has; null where neither has any. */
export function f1Of(sumOf: SumOf, keys: readonly string[], samePlace: number): number | null {
  let [all, same] = [0, 0]
  for (const key of keys) {
    all += sumOf(key, 0) + sumOf(key, 1)
    same += sumOf(key, samePlace)
  }
  return all === 0 ? null : (2 * same) / all
}
