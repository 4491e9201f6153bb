/** The result list of a Label Studio annotation: labelled regions and relations, and whatever else, which is kept as it stands. */
import type { Json } from '#main/core/json'
import {
  isJsonObject,
  numberOf,
  readArray,
  readId,
  readInteger,
  readName,
  readObject,
  readOneOf,
  readString,
  unknownKeys,
  type JsonObject,
} from '../../shared/fields.ts'

export interface Region {
  readonly id: string
  readonly field: string
  readonly start: number
  readonly end: number
  /** Text that the file repeats of it. */
  readonly text: string | undefined
  readonly labels: readonly string[]
  readonly score: number | null
  readonly extra: JsonObject | undefined
}

export interface Arrow {
  /** Label Studio gives arrows no id: it is made of the place in the list. */
  readonly id: string
  readonly field: string
  readonly from: string
  readonly to: string
  readonly direction: 'left' | 'right' | 'bi'
  readonly labels: readonly string[]
  readonly score: number | null
  readonly extra: JsonObject | undefined
}

export interface Result {
  readonly regions: readonly Region[]
  readonly arrows: readonly Arrow[]
  /** Choices, ratings, regions of images and such. */
  readonly others: readonly Json[]
}

/** @throws RecordError naming the field. */
export function readResult(value: Json | undefined, field: string): Result {
  const items = readArray(value, field).map((item, index) => {
    const at = `${field}[${index}]`
    const object = readObject(item, at)
    if (object['type'] === 'relation') return { arrow: readArrow(object, at, `arrow ${index + 1}`) }
    return isLabelled(object) ? { region: readRegion(object, at, index) } : { other: item }
  })
  return {
    regions: items.flatMap(({ region }) => region ?? []),
    arrows: items.flatMap(({ arrow }) => arrow ?? []),
    others: items.flatMap(({ other }) => (other === undefined ? [] : [other])),
  }
}

/** A part of a text with at least one label. */
function isLabelled({ type, value }: JsonObject): boolean {
  if (type !== 'labels' || !isJsonObject(value)) return false
  const { labels } = value
  return 'start' in value && 'end' in value && Array.isArray(labels) && labels.length > 0
}

function readRegion(item: JsonObject, field: string, index: number): Region {
  const value = readObject(item['value'], `${field}.value`)
  const furtherValues = unknownKeys(value, ['start', 'end', 'text', 'labels'])
  const further = unknownKeys(item, ['id', 'type', 'value', 'score'])
  return {
    id: readId(item['id'] ?? `region ${index + 1}`, `${field}.id`),
    field,
    start: readInteger(value['start'], `${field}.value.start`, 0, Number.MAX_SAFE_INTEGER),
    end: readInteger(value['end'], `${field}.value.end`, 0, Number.MAX_SAFE_INTEGER),
    text: value['text'] === undefined ? undefined : readString(value['text'], `${field}.value.text`),
    labels: readLabels(value['labels'], `${field}.value.labels`),
    score: scoreOf(item),
    extra: further || furtherValues ? { ...further, ...(furtherValues && { value: furtherValues }) } : undefined,
  }
}

function readArrow(item: JsonObject, field: string, id: string): Arrow {
  return {
    ...{ id, field },
    from: readId(item['from_id'], `${field}.from_id`),
    to: readId(item['to_id'], `${field}.to_id`),
    direction: readOneOf(item['direction'] ?? 'right', `${field}.direction`, ['left', 'right', 'bi'] as const),
    labels: readLabels(item['labels'] ?? [], `${field}.labels`),
    score: scoreOf(item),
    extra: unknownKeys(item, ['type', 'from_id', 'to_id', 'direction', 'labels', 'score']),
  }
}

function readLabels(value: Json | undefined, field: string): string[] {
  return readArray(value, field).map((label, index) => readName(label, `${field}[${index}]`))
}

/** A score that is a probability. */
export function scoreOf(item: JsonObject): number | null {
  const score = numberOf(item['score'])
  return score !== undefined && score >= 0 && score <= 1 ? score : null
}
