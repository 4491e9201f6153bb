/** One span, relation or refusal and its row: which column holds what. */
import type { AnnotatedRelation, AnnotatedSpan, Origin, Provenance, Rejection } from '#main/document/annotation'
import { remarkOf, type Remarkable } from '#main/document/remark'
import type { SqlValue } from './database.ts'

export type ItemKind = 'span' | 'relation' | 'rejection'

interface ProvenanceRow {
  readonly sentence_id: number
  readonly origin: Origin
  readonly author: string
  readonly confidence: number | null
}

interface RemarkRow {
  readonly note: string
  readonly is_flagged: number
}

export interface SpanRow extends ProvenanceRow, RemarkRow {
  readonly span_id: string
  readonly start_token: number
  readonly end_token: number
  readonly label: string
  readonly start_char: number | null
  readonly end_char: number | null
}

export interface RelationRow extends ProvenanceRow, RemarkRow {
  readonly relation_id: string
  readonly subject: string
  readonly type: string
  readonly object: string
}

export interface RejectionRow extends ProvenanceRow {
  readonly rejection_id: string
  readonly kind: Rejection['kind']
  readonly key: string
}

export function toSpan(row: SpanRow): AnnotatedSpan {
  const { span_id: id, start_token: start, end_token: end, label, start_char: from, end_char: to } = row
  const chars = from !== null && to !== null && { chars: { start: from, end: to } }
  return { id, start, end, label, ...chars, provenance: toProvenance(row), ...toRemark(row) }
}

export function toRelation(row: RelationRow): AnnotatedRelation {
  const { relation_id: id, subject, type, object } = row
  return { id, subject, type, object, provenance: toProvenance(row), ...toRemark(row) }
}

export function toRejection(row: RejectionRow): Rejection {
  const { rejection_id: id, kind, key } = row
  return { id, kind, key, provenance: toProvenance(row) }
}

/** Values of a row by column, without the columns that say which sentence it belongs to. */
export type Values = Readonly<Record<string, SqlValue>>

export const valuesOf = {
  span(span: AnnotatedSpan): Values {
    const { id, start, end, label, chars } = span
    return {
      ...{ span_id: id, start_token: start, end_token: end, label },
      ...{ start_char: chars?.start ?? null, end_char: chars?.end ?? null },
      ...fromProvenance(span),
      ...fromRemark(span),
    }
  },
  relation(relation: AnnotatedRelation): Values {
    const { id, subject, type, object } = relation
    return { relation_id: id, subject, type, object, ...fromProvenance(relation), ...fromRemark(relation) }
  },
  rejection(rejection: Rejection): Values {
    const { id, kind, key } = rejection
    return { rejection_id: id, kind, key, ...fromProvenance(rejection) }
  },
}

function toProvenance({ origin, author, confidence }: ProvenanceRow): Provenance {
  return { origin, author, ...(confidence !== null && { confidence }) }
}

function fromProvenance({ provenance }: { readonly provenance: Provenance }): Values {
  const { origin, author, confidence } = provenance
  return { origin, author, confidence: confidence ?? null }
}

function toRemark({ note, is_flagged }: RemarkRow): Remarkable {
  return note === '' && is_flagged === 0 ? {} : { remark: { note, isFlagged: is_flagged === 1 } }
}

function fromRemark(item: Remarkable): Values {
  const { note, isFlagged } = remarkOf(item)
  return { note, is_flagged: Number(isFlagged) }
}
