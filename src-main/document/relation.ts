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

/** A relation with its two spans in place of their ids: what is compared and shown. */
export interface Triple {
  readonly subject: TripleSpan
  readonly type: string
  readonly object: TripleSpan
}

export type TripleSpan = Pick<Span, 'start' | 'end' | 'label'>

/** Relations whose spans are both present, as triples. */
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
