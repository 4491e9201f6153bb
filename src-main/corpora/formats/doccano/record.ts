/** One record of doccano: the text and its marks, under whichever keys the version keeps them. */
import type { Json } from '#main/core/json'
import {
  isJsonObject,
  isNumber,
  readArray,
  readId,
  readInteger,
  readName,
  readObject,
  readString,
  unknownKeys,
  type JsonObject,
} from '../../shared/fields.ts'
import { RecordError } from '../../shared/problem-log.ts'

/** Keys under which versions of doccano keep spans. */
export type Shape = 'entities' | 'annotations' | 'label' | 'labels'

export interface StatedEntity {
  readonly id: string
  readonly field: string
  readonly label: string
  readonly start: number
  readonly end: number
  /** Who made it, in exports that say so. */
  readonly user: string | null
  readonly extra: JsonObject | undefined
}

export interface StatedRelation {
  readonly id: string
  readonly field: string
  readonly from: string
  readonly to: string
  readonly type: string
  readonly extra: JsonObject | undefined
}

export interface DoccanoRecord {
  readonly id: string | null
  readonly text: string
  readonly shape: Shape
  readonly textKey: 'text' | 'data'
  readonly entities: readonly StatedEntity[]
  readonly relations: readonly StatedRelation[]
  /** Keys that say nothing of spans: metadata, comments. */
  readonly extra: JsonObject | undefined
}

/** The key that holds spans; null where none does. */
export function shapeOf(record: JsonObject): Shape | null {
  const { entities, relations, annotations } = record
  if (listOf(entities).some(hasOffset) || (Array.isArray(entities) && Array.isArray(relations) && isEmpty(entities)))
    return 'tokens' in record ? null : 'entities'
  if (listOf(annotations).some(hasOffset)) return 'annotations'
  return (['label', 'labels'] as const).find((key) => listOf(record[key]).some(isTriple)) ?? null
}

const listOf = (value: Json | undefined): readonly Json[] => (Array.isArray(value) ? (value as readonly Json[]) : []) // Array.isArray widens to any
const isEmpty = (value: Json): boolean => listOf(value).length === 0
const hasOffset = (item: Json): boolean => isJsonObject(item) && 'start_offset' in item

function isTriple(item: Json): boolean {
  const [start, end, label] = listOf(item)
  return isNumber(start) && isNumber(end) && typeof label === 'string'
}

/** @throws RecordError naming the field. */
export function readDoccano(value: Json): DoccanoRecord {
  const record = readObject(value, 'the record')
  const textKey = 'text' in record || !('data' in record) ? 'text' : 'data'
  const shape = shapeOf(record) ?? 'entities'
  const entities = readArray(record[shape] ?? [], shape).map((item, index) =>
    Array.isArray(item) ? readTriple(item, `${shape}[${index}]`, index) : readEntity(item, `${shape}[${index}]`, index),
  )
  const relations = readArray(record['relations'] ?? [], 'relations').map(readRelation)
  return {
    id: record['id'] === undefined || record['id'] === null ? null : readId(record['id'], 'id'),
    text: readString(record[textKey], textKey),
    ...{ shape, textKey, entities, relations },
    extra: unknownKeys(record, ['id', textKey, shape, 'relations']),
  }
}

function readTriple(item: readonly Json[], field: string, index: number): StatedEntity {
  const [start, end, label, ...rest] = item
  if (item.length < 3) throw new RecordError(`${field}: expected [start, end, type], found ${item.length} values`)
  return {
    ...{ id: String(index + 1), field, user: null },
    label: readId(label, `${field}[2]`),
    ...{ start: readOffset(start, `${field}[0]`), end: readOffset(end, `${field}[1]`) },
    extra: rest.length > 0 ? { rest } : undefined,
  }
}

function readEntity(value: Json, field: string, index: number): StatedEntity {
  const item = readObject(value, field)
  const user = item['user']
  return {
    id: item['id'] === undefined ? String(index + 1) : readId(item['id'], `${field}.id`),
    field,
    label: readId(item['label'], `${field}.label`),
    start: readOffset(item['start_offset'], `${field}.start_offset`),
    end: readOffset(item['end_offset'], `${field}.end_offset`),
    user: user === undefined || user === null ? null : readId(user, `${field}.user`),
    extra: unknownKeys(item, ['id', 'label', 'start_offset', 'end_offset']),
  }
}

function readOffset(value: Json | undefined, field: string): number {
  return readInteger(value, field, 0, Number.MAX_SAFE_INTEGER)
}

function readRelation(value: Json, index: number): StatedRelation {
  const field = `relations[${index}]`
  const item = readObject(value, field)
  return {
    id: item['id'] === undefined ? String(index + 1) : readId(item['id'], `${field}.id`),
    field,
    from: readId(item['from_id'], `${field}.from_id`),
    to: readId(item['to_id'], `${field}.to_id`),
    type: readName(item['type'], `${field}.type`),
    extra: unknownKeys(item, ['id', 'from_id', 'to_id', 'type']),
  }
}
