/** Annotations as formats of whole words write them. */
import type { SentenceAnnotation } from '#main/document/annotated-doc'
import { withRange } from '#main/document/span'
import { takeOnce } from './take-once.ts'

/** Spans that begin or end within a word take whole words; those that become equal are one. */
export function toWholeWords(annotation: SentenceAnnotation): SentenceAnnotation {
  if (annotation.spans.every(({ chars }) => chars === undefined)) return annotation
  const spans = annotation.spans.map((span) => withRange(span, { start: span.start, end: span.end }))
  const { spans: own, relations } = takeOnce({ spans, relations: annotation.relations }, () => undefined)
  return { ...annotation, spans: own, relations }
}
