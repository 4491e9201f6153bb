/** rel2id.json: one or two maps between relation names and numbers, which stand beside triple files. */
import type { FileHead } from './file-head.ts'

export function isRelationMap({ json }: FileHead): boolean {
  if (!json || json.layout === 'lines' || json.values.length > 2) return false
  return json.records.length > 0 && json.records.length === json.values.length && json.records.every(isMap)
}

function isMap(record: object): boolean {
  const values: unknown[] = Object.values(record)
  return (
    values.length > 0 &&
    (values.every((value) => typeof value === 'number') || Object.keys(record).every((key) => /^\d{1,9}$/.test(key)))
  )
}
