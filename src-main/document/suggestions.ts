/** Suggestions: the items of a prediction that gold does not hold and no person has refused. They never become gold by themselves. */
import { relationKey, spanKey, type AnnotatedSpan, type Annotation } from './annotation.ts'
import { decodeTriples, type PredictedTriple, type Prediction } from './prediction.ts'
import type { TripleSpan } from './relation.ts'
import { overlaps } from './span.ts'

export interface SuggestedSpan extends TripleSpan {
  readonly kind: 'span'
  /** The key under which a refusal is stored. */
  readonly key: string
  readonly probability: number
}

export interface SuggestedRelation {
  readonly kind: 'relation'
  readonly key: string
  readonly subject: TripleSpan
  readonly type: string
  readonly object: TripleSpan
  readonly isSymmetric?: true
  readonly probability: number
}

export type Suggestion = SuggestedSpan | SuggestedRelation

/**
 * The open suggestions of a prediction, most probable first, then in reading order. A relation is not suggested when
 * one of its spans was refused: it could not be accepted without it.
 */
export function suggestionsOf(
  annotation: Pick<Annotation, 'spans' | 'relations' | 'rejections'>,
  prediction: Prediction | null,
): Suggestion[] {
  if (!prediction) return []
  const refused = new Set(annotation.rejections.map(({ kind, key }) => `${kind} ${key}`))
  const isOpen = ({ kind, key }: Suggestion) => !refused.has(`${kind} ${key}`)
  const isSpanOpen = (span: TripleSpan) => !refused.has(`span ${spanKey(span)}`)

  const spans = prediction.spans
    .filter((span) => !annotation.spans.some((gold) => spanKey(gold) === spanKey(span)))
    .map((span): SuggestedSpan => ({ ...span, kind: 'span', key: spanKey(span) }))
  const relations = suggestedTriples(annotation, prediction)
    .filter(({ subject, object }) => isSpanOpen(subject) && isSpanOpen(object))
    .map((triple): SuggestedRelation => {
      const key = relationKey(triple.subject, triple.type, triple.object)
      return { ...triple, kind: 'relation', key }
    })
    .filter((relation) => !isRelationGold(annotation, relation))
  return [...spans, ...relations].filter(isOpen).sort(compareSuggestions)
}

/**
 * The triples of a prediction, also those between annotated spans that the run itself missed. A run that knows no entities finds
 * no span, yet its relations between annotated spans are worth a look.
 */
export function suggestedTriples({ spans }: Pick<Annotation, 'spans'>, prediction: Prediction): PredictedTriple[] {
  // each word stands for one span: the run's own, else the longest annotated one
  const annotated = spans
    .map(({ start, end, label }) => ({ start, end, label, probability: 1 }))
    .sort((a, b) => a.end - a.start - (b.end - b.start))
  return decodeTriples({ ...prediction, spans: [...annotated, ...prediction.spans] })
}

/** The gold span a predicted one stands for: the same range, else the only one it overlaps. */
export function goldSpanFor(spans: readonly AnnotatedSpan[], predicted: TripleSpan): AnnotatedSpan | undefined {
  const same = spans.find(({ start, end }) => start === predicted.start && end === predicted.end)
  if (same) return same
  const overlapping = spans.filter((span) => overlaps(span, predicted))
  return overlapping.length === 1 ? overlapping[0] : undefined
}

/** The suggestion whose probability is closest to 0.5; undefined when there is none. */
export function leastCertain<Item extends { readonly probability: number }>(items: readonly Item[]): Item | undefined {
  const distance = ({ probability }: Item) => Math.abs(probability - 0.5)
  return items.reduce<Item | undefined>(
    (least, item) => (least && distance(least) <= distance(item) ? least : item),
    undefined,
  )
}

/** The first token of a suggestion, by which suggestions are ordered for reading. */
export function suggestionStart(suggestion: Suggestion): number {
  return suggestion.kind === 'span' ? suggestion.start : Math.min(suggestion.subject.start, suggestion.object.start)
}

function isRelationGold(annotation: Pick<Annotation, 'spans' | 'relations'>, suggested: SuggestedRelation): boolean {
  const subject = goldSpanFor(annotation.spans, suggested.subject)
  const object = goldSpanFor(annotation.spans, suggested.object)
  return annotation.relations.some(
    ({ type, ...gold }) =>
      type === suggested.type &&
      ((gold.subject === subject?.id && gold.object === object?.id) ||
        (suggested.isSymmetric === true && gold.subject === object?.id && gold.object === subject?.id)),
  )
}

function compareSuggestions(a: Suggestion, b: Suggestion): number {
  return b.probability - a.probability || suggestionStart(a) - suggestionStart(b) || (a.key < b.key ? -1 : 1)
}
