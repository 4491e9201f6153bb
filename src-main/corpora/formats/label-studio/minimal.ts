/** JSON_MIN of Label Studio: regions beside the data, without relations; each record as the task that it came from. */
import type { Json } from '#main/core/json'
import { isJsonObject, type JsonObject } from '../../shared/fields.ts'

/** The key under which a record keeps regions; null when it is no JSON_MIN. */
export function regionsKey(record: JsonObject): string | null {
  if ('data' in record || 'annotations' in record) return null
  return Object.keys(record).find((key) => regionsIn(record[key]).length > 0) ?? null
}

function regionsIn(value: Json | undefined): JsonObject[] {
  const items = Array.isArray(value) ? (value as readonly Json[]) : [] // Array.isArray widens to any
  return items
    .filter(isJsonObject)
    .filter(({ start, end, labels }) => start !== undefined && end !== undefined && Array.isArray(labels))
}

/** Keys of the annotation, not of the task's data. */
const annotationKeys = ['annotator', 'annotation_id', 'created_at', 'updated_at', 'lead_time']

export function asTask(record: JsonObject, key: string): JsonObject {
  const { id, annotator = null, annotation_id: annotationId = null, ...rest } = record
  const data = Object.fromEntries(
    Object.entries(rest).filter(([name]) => name !== key && !annotationKeys.includes(name)),
  )
  const result = regionsIn(record[key]).map((value, index) => ({
    ...{ id: `region ${index + 1}`, from_name: key, to_name: 'text', type: 'labels', value },
  }))
  return {
    ...(id !== undefined && { id }),
    data,
    annotations: [{ id: annotationId, completed_by: annotator, result }],
  }
}
