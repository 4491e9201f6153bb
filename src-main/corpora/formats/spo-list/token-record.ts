/** A record of FastRE: words with their parts of speech, and places of the triples in "spo_details". */
import type { Json } from '#main/core/json'
import type { AnnotatedDoc } from '#main/document/annotated-doc'
import type { TextTriple } from '#main/document/labelled-sentence'
import { untypedEntity } from '#main/labels/label-set'
import { findWords } from '#main/text/find-words'
import {
  listOf,
  readArray,
  readInteger,
  readName,
  readString,
  unknownKeys,
  type JsonObject,
} from '../../shared/fields.ts'
import { RecordError, type ProblemLog } from '../../shared/problem-log.ts'
import { uniqueTriples } from '../../shared/stated-triples.ts'
import { buildTokenDoc, type WordRelation, type WordSpan } from '../../shared/token-doc.ts'
import { readSpoList } from './items.ts'

/** "spo_details" lists [first, end, type, predicate, first, end, type] in the order of "spo_list"; without it, strings are found. */
export function readTokenRecord(source: JsonObject, record: number, fileName: string, log: ProblemLog): AnnotatedDoc {
  const words = readArray(source['tokens'], 'tokens').map((word, at) => readString(word, `tokens[${at}]`))
  if (words.every((word) => word === '')) throw new RecordError('tokens: it holds no words')
  const details = source['spo_details']
  const marks =
    details === undefined
      ? foundMarks(source, words, record, log)
      : statedMarks(readArray(details, 'spo_details'), words.length)
  const pos = source['pos_tags'] === undefined ? undefined : readPos(source['pos_tags'], words.length)
  const sourceExtra = unknownKeys(source, ['tokens', 'spo_list', 'spo_details', 'pos_tags'])
  const sentence = { words, ...marks, ...(pos && { pos }) }
  return buildTokenDoc([sentence], { id: `${fileName}#${record}`, fileName, record, sourceExtra }, log)
}

interface Marks {
  readonly spans: readonly WordSpan[]
  readonly relations: readonly WordRelation[]
  readonly unanchored?: readonly TextTriple[]
}

function statedMarks(details: readonly Json[], length: number): Marks {
  const spans: WordSpan[] = []
  const relations = details.flatMap((item, at): WordRelation[] => {
    const field = `spo_details[${at}]`
    const parts = readArray(item, field)
    const addSpan = (from: number): number => {
      const start = readInteger(parts[from], `${field}[${from}]`, 0, length - 1)
      const end = readInteger(parts[from + 1], `${field}[${from + 1}]`, start + 1, length)
      return spans.push({ start, end, label: readName(parts[from + 2], `${field}[${from + 2}]`) }) - 1
    }
    const relation = { subject: addSpan(0), type: readName(parts[3], `${field}[3]`), object: addSpan(4) }
    return relation.type === 'None' ? [] : [relation]
  })
  return { spans: uniqueSpans(spans), relations: relations.map((one) => moved(one, spans)) }
}

function uniqueSpans(spans: readonly WordSpan[]): WordSpan[] {
  return [...new Map(spans.map((span) => [keyOf(span), span])).values()]
}

const keyOf = ({ start, end, label }: WordSpan): string => `${start}:${end}:${label}`

/** The relation with the indices that its spans have once each of them stands once. */
function moved(relation: WordRelation, spans: readonly WordSpan[]): WordRelation {
  const keys = uniqueSpans(spans).map(keyOf)
  const indexOf = (index: number): number => {
    const span = spans[index]
    return span ? keys.indexOf(keyOf(span)) : -1
  }
  return { ...relation, subject: indexOf(relation.subject), object: indexOf(relation.object) }
}

function foundMarks(source: JsonObject, words: readonly string[], record: number, log: ProblemLog): Marks {
  const { triples } = uniqueTriples(readSpoList(source['spo_list'], record, log), record, log)
  const spans: WordSpan[] = []
  const unanchored: TextTriple[] = []
  const relations = triples.flatMap(({ subject, subjectType, type, object, objectType }): WordRelation[] => {
    const [from, to] = [subject, object].map((string) => findWords(words, string.split(/\s+/)))
    if (!from || !to) {
      unanchored.push({ subject, type, object })
      log.note(
        record,
        `"${from ? object : subject}" does not stand in the sentence; the triple counts in scoring but cannot be trained on`,
      )
      return []
    }
    const first = spans.push({ start: from.start, end: from.end, label: subjectType ?? untypedEntity }) - 1
    const second = spans.push({ start: to.start, end: to.end, label: objectType ?? untypedEntity }) - 1
    return [{ subject: first, type, object: second }]
  })
  return { spans: uniqueSpans(spans), relations: relations.map((one) => moved(one, spans)), unanchored }
}

function readPos(value: Json, length: number): string[] {
  const tags = readArray(value, 'pos_tags').map((tag, at) => readString(tag, `pos_tags[${at}]`))
  if (tags.length !== length)
    throw new RecordError(`pos_tags: expected one for each of the ${length} tokens, found ${listOf(value).length}`)
  return tags
}
