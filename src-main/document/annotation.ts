/** Annotation: the spans and relations of one sentence or Doc in one layer, each item with its provenance. */
import type { Relation } from './relation.ts'
import type { Remarkable } from './remark.ts'
import type { Span } from './span.ts'

/** Origin: the maker of an item. "Model, then edited" is derived from the operation log, never stored as a flag. */
export const origins = ['person', 'run', 'system', 'import', 'propagated', 'rule'] as const
export type Origin = (typeof origins)[number]

export interface Provenance {
  readonly origin: Origin
  /** Name of the person, system, set of rules or imported file, or id of the run. */
  readonly author: string
  /** Probability that a run or a system gave the item; absent otherwise. */
  readonly confidence?: number
}

export interface AnnotatedSpan extends Span, Remarkable {
  readonly provenance: Provenance
}

export interface AnnotatedRelation extends Relation, Remarkable {
  readonly provenance: Provenance
}

/** A suggestion that a person refused: kept as an explicit negative. Token offsets as in the annotation. */
export interface Rejection {
  readonly id: string
  readonly kind: 'span' | 'relation'
  /** `start:end:label`, or `start:end|type|start:end` for a relation. */
  readonly key: string
  readonly provenance: Provenance
}

/** Review state of a sentence. Reviewed and empty is a fact of its own, not the absence of one. */
export interface Review {
  readonly isReviewed: boolean
  readonly isFlagged: boolean
  readonly note: string
}

export interface Annotation {
  readonly spans: readonly AnnotatedSpan[]
  readonly relations: readonly AnnotatedRelation[]
  readonly rejections: readonly Rejection[]
  readonly review: Review
}

export const emptyAnnotation: Annotation = {
  spans: [],
  relations: [],
  rejections: [],
  review: { isReviewed: false, isFlagged: false, note: '' },
}

/** The key under which a refused span is remembered. */
export function spanKey(span: Pick<Span, 'start' | 'end' | 'label'>): string {
  return `${span.start}:${span.end}:${span.label}`
}

/** The key under which a refused relation is remembered; spans by their range only, so a relabelled span keeps it. */
export function relationKey(
  subject: Pick<Span, 'start' | 'end'>,
  type: string,
  object: Pick<Span, 'start' | 'end'>,
): string {
  return `${subject.start}:${subject.end}|${type}|${object.start}:${object.end}`
}
