/** Spans, relations and refusals in Espalier's JSON lines, checked one by one. */
import {
  origins,
  type AnnotatedRelation,
  type AnnotatedSpan,
  type Provenance,
  type Rejection,
} from '#main/document/annotation'
import type { Json } from '#main/core/json'
import { isEmptyRemark, type Remarkable } from '#main/document/remark'
import { charsOf, fitChars, type WordPlaces } from '#main/document/char-bounds'
import type { SpanRange } from '#main/document/span'
import * as read from '../../shared/fields.ts'
import type { JsonObject } from '../../shared/fields.ts'
import type { ChangeKind } from '../../shared/changes.ts'
import { RecordError } from '../../shared/problem-log.ts'

/** A LineLog takes notes and changes of one line. */
export interface LineLog {
  readonly note: (message: string) => void
  readonly change: (kind: ChangeKind) => void
}

/** ItemPlace: the place that the items of one sentence share. */
export interface ItemPlace {
  /** The sentence's number of tokens. */
  readonly length: number
  /** Offset of its text in that of the Doc: offsets of characters count from there. */
  readonly textStart: number
  /** Its words; made when a span ends within one. */
  readonly text: () => WordPlaces
  readonly log: LineLog
  /** Provenance of items that do not state their own. */
  readonly fallback: Provenance
}

export function readSpan(item: JsonObject, field: string, place: ItemPlace, defaultId = ''): AnnotatedSpan {
  const { fallback, log } = place
  return {
    id: readItemId(item['id'] ?? defaultId, `${field}.id`, log),
    ...(item['chars'] === undefined ? readWords(item, field, place) : readChars(item, field, place)),
    label: read.readName(item['label'], `${field}.label`),
    provenance: readProvenance(item['provenance'], `${field}.provenance`, fallback),
    ...readRemark(item['remark'], `${field}.remark`),
  }
}

function readItemId(value: Json, field: string, { change }: LineLog): string {
  if (read.isNumber(value)) change('numbers')
  return read.readId(value, field)
}

function readWords(item: JsonObject, field: string, { length }: ItemPlace): SpanRange {
  const start = read.readInteger(item['start'], `${field}.start`, 0, length - 1)
  return { start, end: read.readInteger(item['end'], `${field}.end`, start + 1, length) }
}

/** Characters say which words they are in; words that are stated beside them must be those. */
function readChars(item: JsonObject, field: string, { textStart, text, log }: ItemPlace): SpanRange {
  const at = `${field}.chars`
  const pair = read.readArray(item['chars'], at)
  if (pair.length !== 2) throw read.unexpected(at, '[start, end]', item['chars'])
  const start = read.readInteger(pair[0], `${at}[0]`, 0, Number.MAX_SAFE_INTEGER)
  const end = read.readInteger(pair[1], `${at}[1]`, start + 1, Number.MAX_SAFE_INTEGER)
  const range = fitChars({ start: start - textStart, end: end - textStart }, text())
  if (!range) throw new RecordError(`${at}: expected characters of this sentence's words, found ${start} to ${end}`)
  for (const side of ['start', 'end'] as const)
    read.readInteger(item[side] ?? range[side], `${field}.${side}`, range[side], range[side])
  const fitted = charsOf(range, text().tokens)
  if (fitted.start !== start - textStart || fitted.end !== end - textStart)
    log.note(
      `${at}: ${start} to ${end} is not whole characters of words, so ${fitted.start + textStart} to ${fitted.end + textStart} was taken`,
    )
  return range
}

export function readRelation(
  item: JsonObject,
  field: string,
  { fallback, log }: ItemPlace,
  defaultId = '',
): AnnotatedRelation {
  return {
    id: readItemId(item['id'] ?? defaultId, `${field}.id`, log),
    subject: read.readId(item['subject'], `${field}.subject`),
    object: read.readId(item['object'], `${field}.object`),
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
  const stated = source['confidence']
  const confidence = read.numberOf(stated)
  if (stated !== undefined && !(confidence !== undefined && confidence >= 0 && confidence <= 1))
    throw read.unexpected(`${field}.confidence`, 'a probability from 0 to 1', stated)
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
