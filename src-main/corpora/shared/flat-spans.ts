/** Spans that do not overlap, for formats that give each word one tag. */
import type { SentenceAnnotation } from '#main/document/annotated-doc'
import type { AnnotatedSpan } from '#main/document/annotation'
import { compareSpans } from '#main/document/span'
import type { Loss, LossCount } from './losses.ts'
import { toWholeWords } from './whole-words.ts'

const overlapping: Loss = [
  'span that begins within another, or has the same words, is left out',
  'spans that begin within others, or have the same words, are left out',
]

/** The spans in the order of the text, of overlapping ones that which begins first, or is longer. */
export function flatSpans(spans: readonly AnnotatedSpan[]): AnnotatedSpan[] {
  let border = 0
  return [...spans].sort(compareSpans).filter(({ start, end }) => {
    if (start < border) return false
    border = end
    return true
  })
}

export function countOverlapping(spans: readonly AnnotatedSpan[], losses: LossCount): void {
  losses.add(overlapping, spans.length - flatSpans(spans).length)
}

/** The flat spans with the relations between them, by their indices. Spans take whole words. */
export function flatMarks(annotation: SentenceAnnotation) {
  const whole = toWholeWords(annotation)
  const spans = flatSpans(whole.spans)
  const indexOf = new Map(spans.map(({ id }, at) => [id, at]))
  const relations = whole.relations.flatMap(({ subject, type, object }) => {
    const [from, to] = [indexOf.get(subject), indexOf.get(object)]
    return from === undefined || to === undefined ? [] : [{ subject: from, type, object: to }]
  })
  return { spans, relations }
}

/** Overlapping spans, and their relations, which are left out with them. */
export function countUnflat(annotation: SentenceAnnotation, losses: LossCount): void {
  countOverlapping(annotation.spans, losses)
  losses.add(joinless, annotation.relations.length - flatMarks(annotation).relations.length)
}

const joinless: Loss = [
  'relation of a span that is left out is left out with it',
  'relations of spans that are left out are left out with them',
]
