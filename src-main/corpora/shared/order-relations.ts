/** Relations of symmetric types as a file states them: the earlier mention becomes the subject, and what is stated in both directions is taken once. */
import type { AnnotatedDoc, SentenceAnnotation } from '#main/document/annotated-doc'
import { orderEnds } from '#main/document/symmetric'
import type { SymmetricTypes } from '#main/document/relation'

/** @param onRepeat called for each relation that is stated in the other direction too. */
export function orderRelations(doc: AnnotatedDoc, symmetric: SymmetricTypes, onRepeat: () => void): AnnotatedDoc {
  if (symmetric.length === 0) return doc
  const order = (annotation: SentenceAnnotation): SentenceAnnotation => orderSentence(annotation, symmetric, onRepeat)
  return {
    ...doc,
    annotations: doc.annotations.map(order),
    ...(doc.layers && {
      layers: doc.layers.map((layer) => ({
        ...layer,
        annotations: layer.annotations.map((annotation) => annotation && order(annotation)),
      })),
    }),
  }
}

/** Operations of a history name relations as they stood, so that a sentence with one is taken as it is. */
function orderSentence(
  annotation: SentenceAnnotation,
  symmetric: SymmetricTypes,
  onRepeat: () => void,
): SentenceAnnotation {
  if (annotation.history.length > 0 || !annotation.relations.some(({ type }) => symmetric.includes(type)))
    return annotation
  const spanById = new Map(annotation.spans.map((span) => [span.id, span]))
  const known = new Set<string>()
  const relations = annotation.relations.flatMap((relation) => {
    const { type } = relation
    const [from, to] = [spanById.get(relation.subject), spanById.get(relation.object)]
    if (!symmetric.includes(type) || !from || !to) return relation
    const [subject, object] = orderEnds(symmetric, type, from, to)
    const key = JSON.stringify([subject.id, type, object.id])
    if (known.has(key)) {
      onRepeat()
      return []
    }
    known.add(key)
    return { ...relation, subject: subject.id, object: object.id }
  })
  return { ...annotation, relations }
}
