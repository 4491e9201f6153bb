/** The beginning of a JSON text: how it is laid out, and its first records as far as they can be read. */
import type { Json } from '#main/core/json'
import { isJsonObject, type JsonObject } from './fields.ts'
import { readJsonPrefix, type JsonPrefix } from './json-prefix.ts'

export interface JsonHead {
  readonly layout: 'array' | 'object' | 'lines'
  /** The elements of the array, the object, or the value of each line; the last may be cut off. */
  readonly values: readonly Json[]
  /** Those of the values that are objects. */
  readonly records: readonly JsonObject[]
}

/** null when the text does not begin as JSON does: "[1] Smith left." is prose, an array or object that breaks off is JSON. */
export function readJsonHead(head: string): JsonHead | null {
  const text = head.trimStart()
  if (!/^[[{]/.test(text)) return null
  const lines = text.split(/\r\n|\n|\r/).filter((line) => line.trim() !== '')
  const read = lines.map(readJsonPrefix)
  if (isOneValueALine(read)) return toHead('lines', valuesOf(read.filter(({ state }) => state !== 'broken')))
  const { value, state } = readJsonPrefix(text)
  if (Array.isArray(value)) {
    const values = value as readonly Json[] // Array.isArray widens to any
    return state === 'broken' && !values.some(isJsonObject) ? null : toHead('array', values)
  }
  if (!isJsonObject(value) || (state === 'broken' && Object.keys(value).length === 0)) return null
  return toHead('object', [value])
}

/** Half of the lines are whole objects, or every line is a whole array. */
function isOneValueALine(lines: readonly JsonPrefix[]): boolean {
  const objects = lines.filter(({ value, state }) => state === 'whole' && isJsonObject(value)).length
  const areArrays = lines.every(({ value, state }) => state === 'whole' && Array.isArray(value))
  return lines.length > 1 && (2 * objects >= lines.length || areArrays)
}

function valuesOf(read: readonly JsonPrefix[]): Json[] {
  return read.flatMap(({ value }) => (value === undefined ? [] : [value]))
}

function toHead(layout: JsonHead['layout'], values: readonly Json[]): JsonHead {
  return { layout, values, records: values.filter(isJsonObject) }
}
