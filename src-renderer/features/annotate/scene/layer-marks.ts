/** Marks on the strip of a layer: its spans, and those of the annotation that it does not hold. */
import type { LayerDifference } from '#main/document/layer-differences'
import type { SentenceLayer } from '#main/document/layer'
import type { AnnotatedSpan } from '#main/document/annotation'
import type { Cutter } from './cut.ts'
import type { Markable } from './marks.ts'

export interface LayerMark extends Markable {
  /** How the span differs from the annotation; null where it is the same. */
  readonly difference: LayerDifference | null
  /** True where the chosen difference is the span, or a relation that begins or ends at it. */
  readonly isChosen: boolean
}

/** The sign that stands before the type of a span that differs. */
export const differenceSigns = { 'only-there': '+', 'only-here': '−', type: '≠', bounds: '↔' } as const

export function layerMarks(
  { annotation }: SentenceLayer,
  differences: readonly LayerDifference[],
  chosen: LayerDifference | null,
  cut: Cutter = () => undefined,
): LayerMark[] {
  const ofSpans = differences.filter(({ item }) => item === 'span')
  const byId = new Map(ofSpans.map((difference) => [difference.there?.id, difference]))
  const ends = chosen?.item === 'relation' && chosen.there ? [chosen.there.subject, chosen.there.object] : []
  const toMark = (span: AnnotatedSpan, difference: LayerDifference | null, prefix: string): LayerMark => ({
    ...{ id: `${prefix} ${span.id}`, kind: 'gold', start: span.start, end: span.end, label: span.label },
    ...{ cut: span.chars && cut(span), difference },
    isChosen: (difference !== null && difference === chosen) || (prefix === 'there' && ends.includes(span.id)),
  })
  return [
    ...annotation.spans.map((span) => toMark(span, byId.get(span.id) ?? null, 'there')),
    ...differences.flatMap((difference) =>
      difference.item === 'span' && difference.here && !difference.there
        ? [toMark(difference.here, difference, 'here')]
        : [],
    ),
  ]
}
