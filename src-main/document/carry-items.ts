/**
 * Carrying the items of an annotation along when words or sentences are divided anew: every span keeps its characters. Whatever has no
 * place afterwards is left out and counted; the acts of the editor refuse before that happens to a span or a relation.
 */
import type { AnnotatedSpan, Annotation } from './annotation.ts'
import { charsOf, fitChars, type WordPlaces } from './char-bounds.ts'
import { moveRejection } from './rejection-key.ts'
import { withRange, type SpanRange } from './span.ts'

type Items = Pick<Annotation, 'spans' | 'relations' | 'rejections'>

export interface Carried<A extends Items> {
  readonly annotation: A
  /** Spans and relations that have no place any more. */
  readonly lost: Pick<Items, 'spans' | 'relations'>
}

/** The range of the same characters among other words of the same text; null where they would split a character there. */
export function carryRange(range: SpanRange, from: WordPlaces, to: WordPlaces): SpanRange | null {
  const chars = charsOf(range, from.tokens)
  const fitted = fitChars(chars, to)
  if (!fitted) return null
  const { start, end } = charsOf(fitted, to.tokens)
  return start === chars.start && end === chars.end ? fitted : null
}

/** The annotation on other words of the same text. A refusal counts whole words: it goes where they are parts of words now. */
export function carryToWords<A extends Items>(annotation: A, from: WordPlaces, to: WordPlaces): Carried<A> {
  const moved = keepSpans(annotation, (span) => {
    const range = carryRange(span, from, to)
    return range && withRange(span, range)
  })
  const rejections = annotation.rejections.flatMap((rejection) => {
    const kept = moveRejection(rejection, (words) => {
      const range = carryRange(words, from, to)
      return range && !range.chars ? range : null
    })
    return kept ?? []
  })
  return { ...moved, annotation: { ...moved.annotation, rejections } }
}

/** A place where a sentence ends and the next one begins: words before it, and code points before the first word behind it. */
export interface Border {
  readonly words: number
  readonly chars: number
}

/** Cuts an annotation in two. What lies on both sides of the border is lost. */
export function divideItems<A extends Items>(annotation: A, border: Border): readonly [Carried<A>, Carried<A>] {
  const { words } = border
  const crossing = crossingItems(annotation, words)
  const back = { words: -border.words, chars: -border.chars }
  const rejectionsOf = (isOn: (end: number, start: number) => boolean, by: number) =>
    annotation.rejections.flatMap(
      (rejection) =>
        moveRejection(rejection, ({ start, end }) =>
          isOn(end, start) ? { start: start + by, end: end + by } : null,
        ) ?? [],
    )
  const before = keepSpans(annotation, (span) => (span.end <= words ? span : null)).annotation
  const after = keepSpans(annotation, (span) => (span.start >= words ? shiftSpan(span, back) : null)).annotation
  return [
    { annotation: { ...before, rejections: rejectionsOf((end) => end <= words, 0) }, lost: crossing },
    {
      annotation: { ...after, rejections: rejectionsOf((_, start) => start >= words, -words) },
      lost: { spans: [], relations: [] },
    },
  ]
}

/** Spans and relations that lie on both sides of a border. */
export function crossingItems({ spans, relations }: Items, words: number): Pick<Items, 'spans' | 'relations'> {
  const isCrossing = ({ start, end }: AnnotatedSpan): boolean => start < words && end > words
  const sides = new Map(spans.map((span) => [span.id, isCrossing(span) ? null : span.start >= words]))
  return {
    spans: spans.filter(isCrossing),
    relations: relations.filter(({ subject, object }) => sides.get(subject) !== sides.get(object)),
  }
}

/** Puts the items of the next sentence behind those of a sentence. Ids that both use get new ones in the next. */
export function uniteItems<A extends Items>(first: A, next: Items, border: Border, newId: () => string): A {
  const freeId = (taken: readonly { readonly id: string }[]) => {
    const ids = new Set(taken.map(({ id }) => id))
    return (id: string): string => (ids.has(id) ? newId() : id)
  }
  const spanId = freeId(first.spans)
  const ids = new Map(next.spans.map(({ id }) => [id, spanId(id)]))
  const [relationId, rejectionId] = [freeId(first.relations), freeId(first.rejections)]
  const idOf = (id: string): string => ids.get(id) ?? id
  return {
    ...first,
    spans: [...first.spans, ...next.spans.map((span) => ({ ...shiftSpan(span, border), id: idOf(span.id) }))],
    relations: [
      ...first.relations,
      ...next.relations.map((relation) => ({
        ...relation,
        ...{ id: relationId(relation.id), subject: idOf(relation.subject), object: idOf(relation.object) },
      })),
    ],
    rejections: [
      ...first.rejections,
      ...next.rejections.flatMap((rejection) => {
        const moved = moveRejection(rejection, ({ start, end }) => ({
          start: start + border.words,
          end: end + border.words,
        }))
        return moved ? [{ ...moved, id: rejectionId(moved.id) }] : []
      }),
    ],
  }
}

function shiftSpan<S extends SpanRange>(span: S, { words, chars }: Border): S {
  const { start, end, chars: own } = span
  const moved = own && { chars: { start: own.start + chars, end: own.end + chars } }
  return withRange(span, { start: start + words, end: end + words, ...moved })
}

/** Moves the spans; those for which `move` has null go, with their relations. */
function keepSpans<A extends Items>(annotation: A, move: (span: AnnotatedSpan) => AnnotatedSpan | null): Carried<A> {
  const kept = annotation.spans.flatMap((span) => move(span) ?? [])
  const ids = new Set(kept.map(({ id }) => id))
  const has = ({ subject, object }: Annotation['relations'][number]): boolean => ids.has(subject) && ids.has(object)
  return {
    annotation: { ...annotation, spans: kept, relations: annotation.relations.filter(has) },
    lost: {
      spans: annotation.spans.filter(({ id }) => !ids.has(id)),
      relations: annotation.relations.filter((relation) => !has(relation)),
    },
  }
}
