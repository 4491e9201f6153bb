/** Spans, relations and refusals in Espalier's JSON lines, checked one by one. */
import type { AnnotatedRelation, AnnotatedSpan, Provenance, Rejection } from '#main/document/annotation'
import type { Json } from '#main/document/json'
import { isEmptyRemark, type Remarkable } from '#main/document/remark'
import * as read from './fields.ts'
import type { JsonObject } from './fields.ts'

const origins = ['person', 'run', 'import', 'propagated', 'rule'] as const

/** What the items of one sentence have in common. */
export interface ItemPlace {
  /** The sentence's number of tokens. */
  readonly length: number
  /** Of items that do not say where they come from. */
  readonly fallback: Provenance
}

export function readSpan(
  item: JsonObject,
  field: string,
  { length, fallback }: ItemPlace,
  defaultId = '',
): AnnotatedSpan {
  const start = read.readInteger(item['start'], `${field}.start`, 0, length - 1)
  return {
    id: read.readName(item['id'] ?? defaultId, `${field}.id`),
    start,
    end: read.readInteger(item['end'], `${field}.end`, start + 1, length),
    label: read.readName(item['label'], `${field}.label`),
    provenance: readProvenance(item['provenance'], `${field}.provenance`, fallback),
    ...readRemark(item['remark'], `${field}.remark`),
  }
}

export function readRelation(
  item: JsonObject,
  field: string,
  { fallback }: ItemPlace,
  defaultId = '',
): AnnotatedRelation {
  return {
    id: read.readName(item['id'] ?? defaultId, `${field}.id`),
    subject: read.readName(item['subject'], `${field}.subject`),
    object: read.readName(item['object'], `${field}.object`),
    type: read.readName(item['type'], `${field}.type`),
    provenance: readProvenance(item['provenance'], `${field}.provenance`, fallback),
    ...readRemark(item['remark'], `${field}.remark`),
  }
}

export function readRejection(item: JsonObject, field: string, { fallback }: ItemPlace, defaultId = ''): Rejection {
  return {
    id: read.readName(item['id'] ?? defaultId, `${field}.id`),
    kind: read.readOneOf(item['kind'], `${field}.kind`, ['span', 'relation'] as const),
    key: read.readName(item['key'], `${field}.key`),
    provenance: readProvenance(item['provenance'], `${field}.provenance`, fallback),
  }
}

function readProvenance(value: Json | undefined, field: string, fallback: Provenance): Provenance {
  if (value === undefined) return fallback
  const source = read.readObject(value, field)
  const confidence = source['confidence']
  if (confidence !== undefined && !(typeof confidence === 'number' && confidence >= 0 && confidence <= 1))
    throw read.unexpected(`${field}.confidence`, 'a probability from 0 to 1', confidence)
  return {
    origin: read.readOneOf(source['origin'], `${field}.origin`, origins),
    author: read.readString(source['author'], `${field}.author`),
    ...(confidence !== undefined && { confidence }),
  }
}

function readRemark(value: Json | undefined, field: string): Remarkable {
  if (value === undefined) return {}
  const source = read.readObject(value, field)
  const remark = {
    note: read.readString(source['note'] ?? '', `${field}.note`),
    isFlagged: read.readBoolean(source['isFlagged'] ?? false, `${field}.isFlagged`),
  }
  return isEmptyRemark(remark) ? {} : { remark }
}
