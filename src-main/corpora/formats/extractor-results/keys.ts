/** The keys under which extractors write gold and predicted triples, and the triples under them. */
import type { TextTriple } from '#main/document/labelled-sentence'
import { isJsonObject, readArray, readString, unexpected, type JsonObject } from '../../shared/fields.ts'
import { RecordError, type ProblemLog } from '../../shared/problem-log.ts'

interface Keys {
  readonly gold: string
  readonly predicted: string
}

const known: readonly Keys[] = [
  { gold: 'triple_list_gold', predicted: 'triple_list_pred' },
  { gold: 'truth', predicted: 'predict' },
]

/** null for a record of another layout. */
export function keysOf(record: JsonObject): Keys | null {
  return known.find(({ gold, predicted }) => gold in record && predicted in record) ?? null
}

/** Triples as lists of three strings, or as objects with subject, relation and object. @throws RecordError naming the one that is neither. */
export function readTripleList(record: JsonObject, key: string, number: number, log: ProblemLog): TextTriple[] {
  return readArray(record[key] ?? [], key).map((item, index) => {
    const field = `${key}[${index}]`
    const parts = isJsonObject(item)
      ? [item['subject'], item['relation'] ?? item['predicate'], item['object']]
      : readArray(item, field)
    if (parts.length !== 3) throw unexpected(field, 'three strings (subject, relation type, object)', item)
    const [subject = '', type = '', object = ''] = parts.map((part, at) => {
      const text = readString(part ?? null, `${field}[${at}]`)
      const trimmed = text.trim()
      if (trimmed !== text) log.change('trimmed', number)
      return trimmed
    })
    if ([subject, type, object].includes(''))
      throw new RecordError(`${field}: expected three strings (subject, relation type, object), found an empty one`)
    return { subject, type, object }
  })
}
