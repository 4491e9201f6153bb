/** Relations by the words of their spans, for formats that name no spans: spans of the same words cannot be told apart. */
import type { AnnotatedDoc, SentenceAnnotation } from '#main/document/annotated-doc'
import type { AnnotatedSpan } from '#main/document/annotation'
import type { Loss, LossCount } from './losses.ts'

export interface RangeRelation {
  readonly subject: AnnotatedSpan
  readonly type: string
  readonly object: AnnotatedSpan
}

/** The relations of a sentence, each once for the same words and type. */
export function rangeRelations(
  annotation: SentenceAnnotation | undefined,
  placeOf: (span: AnnotatedSpan) => string = ({ start, end }) => `${start}:${end}`,
): RangeRelation[] {
  const byId = new Map(annotation?.spans.map((span) => [span.id, span]))
  const unique = new Map<string, RangeRelation>()
  for (const { subject: from, type, object: to } of annotation?.relations ?? []) {
    const [subject, object] = [byId.get(from), byId.get(to)]
    if (!subject || !object) continue
    const key = JSON.stringify([placeOf(subject), type, placeOf(object)])
    if (!unique.has(key)) unique.set(key, { subject, type, object })
  }
  return [...unique.values()]
}

const sharedWords: Loss = [
  'relation of a span that shares its words with another may go to that one',
  'relations of spans that share their words with others may go to those',
]

/** Relations that do not say which of several spans of the same words they join. */
export function countSharedWords({ annotations }: AnnotatedDoc, losses: LossCount): void {
  for (const { spans, relations } of annotations) {
    const counts = new Map<string, number>()
    for (const { start, end } of spans) counts.set(`${start}:${end}`, (counts.get(`${start}:${end}`) ?? 0) + 1)
    const isShared = new Map(spans.map(({ id, start, end }) => [id, (counts.get(`${start}:${end}`) ?? 0) > 1]))
    losses.add(
      sharedWords,
      relations.filter(({ subject, object }) => isShared.get(subject) === true || isShared.get(object) === true).length,
    )
  }
}
