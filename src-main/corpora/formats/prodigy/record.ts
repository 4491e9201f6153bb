/** One record of Prodigy, checked: tokens, spans and relations, with what else it holds. */
import type { Json } from '#main/core/json'
import {
  isJsonObject,
  numberOf,
  readArray,
  readInteger,
  readName,
  readObject,
  readString,
  unknownKeys,
  type JsonObject,
} from '../../shared/fields.ts'
import { RecordError } from '../../shared/problem-log.ts'

export interface StatedToken {
  readonly id: number
  readonly text: string | undefined
  readonly start: number
  readonly end: number
  /** Keys that are not made of the text. */
  readonly extra: JsonObject | undefined
}

export interface StatedSpan {
  readonly field: string
  readonly text: string | undefined
  readonly start: number
  readonly end: number
  /** null where the file gives none. */
  readonly label: string | null
  readonly extra: JsonObject | undefined
}

/** An end of a relation: by the characters of its span where the file has these, else by a token. */
export interface StatedEnd {
  readonly field: string
  readonly token: number
  readonly span: { readonly start: number; readonly end: number; readonly label: string | null } | null
}

export interface StatedRelation {
  readonly head: StatedEnd
  readonly child: StatedEnd
  readonly label: string
  readonly extra: JsonObject | undefined
}

export type Answer = 'accept' | 'reject' | 'ignore'

export interface ProdigyRecord {
  readonly text: string
  /** null where words have to be found. */
  readonly tokens: readonly StatedToken[] | null
  readonly spans: readonly StatedSpan[]
  readonly relations: readonly StatedRelation[]
  /** null where nobody has answered. */
  readonly answer: Answer | null
  /** The lists as they stand. */
  readonly raw: { readonly spans: Json; readonly relations: Json }
  readonly extra: JsonObject | undefined
}

/** @throws RecordError naming the field. */
export function readProdigy(value: Json): ProdigyRecord {
  const record = readObject(value, 'the record')
  const text = readString(record['text'], 'text')
  const tokens = record['tokens'] === undefined ? null : readArray(record['tokens'], 'tokens').map(readToken)
  const answer = record['answer'] ?? null
  const raw = { spans: record['spans'] ?? [], relations: record['relations'] ?? [] }
  return {
    ...{ text, tokens, raw },
    spans: readArray(raw.spans, 'spans').map((item, index) => readSpan(item, `spans[${index}]`, tokens)),
    relations: readArray(raw.relations, 'relations').map(readRelation),
    answer: answer === 'accept' || answer === 'reject' || answer === 'ignore' ? answer : null,
    extra: unknownKeys(record, ['text', 'tokens', 'spans', 'relations', 'answer']),
  }
}

function readToken(value: Json, index: number): StatedToken {
  const field = `tokens[${index}]`
  const token = readObject(value, field)
  const start = readOffset(token['start'], `${field}.start`)
  const end = readOffset(token['end'], `${field}.end`)
  if (start >= end) throw new RecordError(`${field}: expected at least one character, found ${start} to ${end}`)
  return {
    id: token['id'] === undefined ? index : readOffset(token['id'], `${field}.id`),
    text: token['text'] === undefined ? undefined : readString(token['text'], `${field}.text`),
    ...{ start, end },
    extra: unknownKeys(token, ['id', 'text', 'start', 'end', 'ws']),
  }
}

/** `token_end` counts the last token in, `end` is the first character after the span. */
function readSpan(value: Json, field: string, tokens: readonly StatedToken[] | null): StatedSpan {
  const span = readObject(value, field)
  const [first, last] = [span['token_start'], span['token_end']].map((index) => tokens?.[numberOf(index) ?? -1])
  const label = span['label']
  return {
    field,
    text: typeof span['text'] === 'string' ? span['text'] : undefined,
    start: span['start'] === undefined && first ? first.start : readOffset(span['start'], `${field}.start`),
    end: span['end'] === undefined && last ? last.end : readOffset(span['end'], `${field}.end`),
    label: label === undefined || label === null || label === '' ? null : readName(label, `${field}.label`),
    extra: unknownKeys(span, ['text', 'start', 'end', 'token_start', 'token_end', 'label', 'type']),
  }
}

function readRelation(value: Json, index: number): StatedRelation {
  const field = `relations[${index}]`
  const relation = readObject(value, field)
  return {
    head: readEnd(relation, 'head', field),
    child: readEnd(relation, 'child', field),
    label: readName(relation['label'], `${field}.label`),
    extra: unknownKeys(relation, ['head', 'child', 'head_span', 'child_span', 'label']),
  }
}

function readEnd(relation: JsonObject, name: 'head' | 'child', field: string): StatedEnd {
  const span = relation[`${name}_span`]
  const at = `${field}.${name}`
  const token = relation[name] === undefined && isJsonObject(span) ? span['token_end'] : relation[name]
  return {
    field: at,
    token: readOffset(token, at),
    span: isJsonObject(span) && 'start' in span ? readSpan(span, `${at}_span`, null) : null,
  }
}

function readOffset(value: Json | undefined, field: string): number {
  return readInteger(value, field, 0, Number.MAX_SAFE_INTEGER)
}
