/** The triple_list of a record, read leniently: what is meant is plain, and each repair is counted. */
import type { Json } from '#main/core/json'
import type { TextTriple } from '#main/document/labelled-sentence'
import { isNumber, readArray, readString, unexpected, type JsonObject } from '../../shared/fields.ts'
import { RecordError, type ProblemLog } from '../../shared/problem-log.ts'

/** Triples in the order of the list. @throws RecordError naming the one that is not three strings. */
export function readTriples(record: JsonObject, number: number, log: ProblemLog): TextTriple[] {
  const list = record['triple_list']
  if (list === undefined || list === null) log.change('lists', number)
  return readArray(list ?? [], 'triple_list').map((item, index) => {
    const field = `triple_list[${index}]`
    const parts = readArray(item, field)
    if (parts.length !== 3) throw unexpected(field, 'three strings (subject, relation type, object)', item)
    const [subject = '', type = '', object = ''] = parts.map((part, at) =>
      readPart(part, `${field}[${at}]`, number, log),
    )
    if ([subject, type, object].includes(''))
      throw new RecordError(`${field}: expected three strings (subject, relation type, object), found an empty one`)
    return { subject, type, object }
  })
}

function readPart(part: Json, field: string, number: number, log: ProblemLog): string {
  if (isNumber(part)) {
    log.change('numbers', number)
    return String(part)
  }
  const text = readString(part, field)
  const trimmed = text.trim()
  if (trimmed !== text) log.change('trimmed', number)
  return trimmed
}
