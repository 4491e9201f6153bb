/** The spo_list of a record: triples as maps with types, or as lists of three strings. */
import type { Json } from '#main/core/json'
import {
  isJsonObject,
  isNumber,
  readArray,
  readObject,
  readString,
  unexpected,
  type JsonObject,
} from '../../shared/fields.ts'
import { RecordError, type ProblemLog } from '../../shared/problem-log.ts'
import type { TypedTriple } from '../../shared/typed-triples.ts'

const known = ['predicate', 'subject', 'subject_type', 'object', 'object_type']

/** Triples in the order of the list. @throws RecordError naming the item that is none. */
export function readSpoList(value: Json | undefined, record: number, log: ProblemLog): TypedTriple[] {
  const further = new Set<string>()
  const triples = readArray(value ?? [], 'spo_list').flatMap((item, at) => {
    const field = `spo_list[${at}]`
    const name = (part: Json | undefined, place: string): string => readTrimmed(part, place, record, log)
    if (Array.isArray(item)) return [readList(item as readonly Json[], field, name)] // Array.isArray widens to any
    const source = readObject(item, field)
    for (const key of Object.keys(source)) if (!known.includes(key)) further.add(key)
    return readItem(source, field, name)
  })
  if (further.size > 0) log.note(record, `spo_list: not understood and left out: ${[...further].join(', ')}`)
  return triples
}

type ReadName = (value: Json | undefined, field: string) => string

function readList(item: readonly Json[], field: string, name: ReadName): TypedTriple {
  if (item.length !== 3) throw unexpected(field, 'three strings (subject, predicate, object)', item)
  return {
    subject: name(item[0], `${field}[0]`),
    type: name(item[1], `${field}[1]`),
    object: name(item[2], `${field}[2]`),
  }
}

function readItem(source: JsonObject, field: string, name: ReadName): TypedTriple[] {
  const subject = name(source['subject'], `${field}.subject`)
  const predicate = name(source['predicate'], `${field}.predicate`)
  const typeIn = (key: string, slot = '@value'): string | undefined => {
    const stated = source[key]
    const value = isJsonObject(stated) ? stated[slot] : slot === '@value' ? stated : undefined
    if (value === undefined || value === null || value === '') return undefined
    return name(value, isJsonObject(stated) ? `${field}.${key}.${slot}` : `${field}.${key}`)
  }
  const subjectType = typeIn('subject_type')
  const object = source['object']
  if (!isJsonObject(object))
    return [
      {
        subject,
        subjectType,
        type: predicate,
        object: name(object, `${field}.object`),
        objectType: typeIn('object_type'),
      },
    ]
  const slots = Object.entries(object).filter(([, value]) => value !== '' && value !== null)
  if (slots.length === 0) throw new RecordError(`${field}.object: expected a value in the map, found an empty one`)
  return slots.map(([slot, value]) => ({
    ...{ subject, subjectType, type: slot === '@value' ? predicate : `${predicate}_${slot}` },
    ...{ object: name(value, `${field}.object.${slot}`), objectType: typeIn('object_type', slot) },
  }))
}

/** A name without the white space around it; numbers are taken as text. */
function readTrimmed(value: Json | undefined, field: string, record: number, log: ProblemLog): string {
  if (isNumber(value)) {
    log.change('numbers', record)
    return String(value)
  }
  const text = readString(value, field)
  const trimmed = text.trim()
  if (trimmed === '') throw unexpected(field, 'a name', value)
  if (trimmed !== text) log.change('trimmed', record)
  return trimmed
}
