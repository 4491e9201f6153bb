/** Relation: a typed, directed link between two spans; Triple: the form in which it is scored. */
import type { Span } from './span.ts'

export interface Relation {
  readonly id: string
  /** Id of the subject span. */
  readonly subject: string
  /** Id of the object span. */
  readonly object: string
  readonly type: string
}

/** A relation with its two spans in place of their ids, as scoring compares it and lists show it. */
export interface Triple {
  readonly subject: TripleSpan
  readonly type: string
  readonly object: TripleSpan
  /** Set where the type has no direction: the subject is the mention that comes first. */
  readonly isSymmetric?: true
}

export type TripleSpan = Pick<Span, 'start' | 'end' | 'label'>

/** Names of relation types without a direction. */
export type SymmetricTypes = readonly string[]

/** The triples of an annotation: one per relation whose spans are both present. */
export function toTriples(spans: readonly Span[], relations: readonly Relation[]): Triple[] {
  const byId = new Map(spans.map((span) => [span.id, span]))
  return relations.flatMap(({ subject, object, type }) => {
    const s = byId.get(subject)
    const o = byId.get(object)
    return s && o ? [{ subject: bare(s), type, object: bare(o) }] : []
  })
}

function bare({ start, end, label }: Span): TripleSpan {
  return { start, end, label }
}
