/** rel2id.json: maps between relation names and numbers, which stand beside triple files in several shapes. */
import type { Json } from '#main/core/json'
import { isJsonObject, isNumber, type JsonObject } from './fields.ts'
import type { FileHead } from './file-head.ts'

/** One or two maps in a list, a map alone, maps under the names of their directions, or, in a file named so, a list of names. */
export function isRelationMap({ json, name }: FileHead): boolean {
  if (!json || json.layout === 'lines') return false
  const { values, records } = json
  if (values.length === 0) return false
  if (records.length === values.length)
    return values.length <= 2 && records.every((record) => isMap(record) || hasMaps(record))
  return isNamedSo.test(name) && values.every(isName)
}

const isNamedSo = /^(?:rel(?:ation)?s?2id|id2rel(?:ation)?s?)\b/i

function isMap(record: JsonObject): boolean {
  const values = Object.values(record)
  return (
    values.length > 0 &&
    (values.every(isNumber) ||
      (Object.keys(record).every((key) => /^\d{1,9}$/.test(key)) && values.every((value) => typeof value === 'string')))
  )
}

/** {"rel2id": {…}, "id2rel": {…}} */
function hasMaps(record: JsonObject): boolean {
  const entries = Object.entries(record)
  return (
    entries.length > 0 && entries.every(([key, value]) => isNamedSo.test(key) && isJsonObject(value) && isMap(value))
  )
}

function isName(value: Json): boolean {
  return (
    typeof value === 'string' ||
    (Array.isArray(value) && value.every((part) => typeof part === 'string' || isNumber(part)))
  )
}
