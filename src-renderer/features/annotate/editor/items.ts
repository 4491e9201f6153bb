/** Items that the editor paints of an annotation and its suggestions: marks for spans, arcs for relations, words for both. */
import type { Annotation } from '#main/document/annotation'
import type { LabelForm } from '#main/document/arc-layout'
import type { ArcRelation } from '#main/document/arc'
import { quote, type EditContext } from '#main/document/edit'
import type { TripleSpan } from '#main/document/relation'
import type { SpanRange } from '#main/document/span'
import { goldSpanFor, type Suggestion } from '#main/document/suggestions'
import type { Cutter } from '#window/features/annotate/scene/cut.ts'
import type { Markable } from '#window/features/annotate/scene/marks.ts'
import type { Target } from '#window/features/annotate/input/selection.ts'

export interface MarkItem extends Markable {
  readonly target: Target
}

export interface ArcItem extends ArcRelation {
  readonly kind: 'gold' | 'suggested'
  readonly type: string
  readonly probability?: number | undefined
  readonly subjectText: string
  readonly objectText: string
  readonly target: Target
}

export function markItems(
  { spans }: Annotation,
  suggestions: readonly Suggestion[],
  cut: Cutter = () => undefined,
): MarkItem[] {
  return [
    ...spans.map((span): MarkItem => ({
      ...{ id: span.id, start: span.start, end: span.end, label: span.label, remark: span.remark },
      cut: span.chars && cut(span),
      kind: 'gold',
      target: { kind: 'span', spanId: span.id },
    })),
    ...suggestions.flatMap((suggestion): MarkItem[] => {
      if (suggestion.kind !== 'span') return []
      const { start, end, label, probability, key } = suggestion
      const target = { kind: 'suggestion', key } as const
      return [{ id: suggestedMarkId(suggestion), start, end, label, probability, kind: 'suggested', target }]
    }),
  ]
}

export function arcItems(
  annotation: Annotation,
  suggestions: readonly Suggestion[],
  text: Pick<EditContext, 'words' | 'tokens'>,
): ArcItem[] {
  const spanById = new Map(annotation.spans.map((span) => [span.id, span]))
  const quoted = quotationsOf(text.words)
  const textOf = (span: SpanRange | undefined): string => {
    if (!span) return ''
    const known = quoted.get(span)
    if (known !== undefined) return known
    const quotation = quote(span, text)
    quoted.set(span, quotation)
    return quotation
  }
  const markFor = (span: TripleSpan) => goldSpanFor(annotation.spans, span)?.id ?? suggestedMarkId(span)
  return [
    ...annotation.relations.map(({ id, subject, object, type }): ArcItem => ({
      ...{ id, subject, object, type },
      kind: 'gold',
      subjectText: textOf(spanById.get(subject)),
      objectText: textOf(spanById.get(object)),
      target: { kind: 'relation', relationId: id },
    })),
    ...suggestions.flatMap((suggestion): ArcItem[] => {
      if (suggestion.kind !== 'relation') return []
      const { key, subject, object, type, probability } = suggestion
      return [
        {
          id: suggestedId(suggestion),
          kind: 'suggested',
          ...{ type, probability },
          subject: markFor(subject),
          object: markFor(object),
          subjectText: textOf(subject),
          objectText: textOf(object),
          target: { kind: 'suggestion', key },
        },
      ]
    }),
  ]
}

/** By text, then by span: an edit leaves all spans but its own as they were, so that they are quoted once. */
const quotations = new WeakMap<readonly string[], WeakMap<SpanRange, string>>()

function quotationsOf(words: readonly string[]): WeakMap<SpanRange, string> {
  const known = quotations.get(words) ?? new WeakMap<SpanRange, string>()
  quotations.set(words, known)
  return known
}

/** The new items, but each that equals one of the former is that very one: what depends on it need not look again. */
export function keepEqualArcs(items: readonly ArcItem[], former: ReadonlyMap<string, ArcItem>): ArcItem[] {
  return items.map((item) => {
    const old = former.get(item.id)
    const isSame =
      old?.subject === item.subject &&
      old.object === item.object &&
      old.type === item.type &&
      old.probability === item.probability &&
      old.kind === item.kind &&
      old.subjectText === item.subjectText &&
      old.objectText === item.objectText
    return isSame ? old : item
  })
}

/** Label of an arc, or of the chips that stand for one between distant lines. */
export function arcLabel({ type, probability, subjectText, objectText }: ArcItem, form: LabelForm): string {
  if (form === 'subject-chip') return `${type} → ${objectText}`
  if (form === 'object-chip') return `${subjectText} → ${type}`
  return probability === undefined ? type : `${type} ${probability.toFixed(2)}`
}

/** The id of the mark, or of the arc, that shows a suggestion. */
export function suggestedId(suggestion: Suggestion): string {
  return suggestion.kind === 'span' ? suggestedMarkId(suggestion) : `suggested ${suggestion.key}`
}

function suggestedMarkId({ start, end, label }: TripleSpan): string {
  return `suggested ${start}:${end}:${label}`
}
