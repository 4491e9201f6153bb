/**
 * SpERT JSON: an array of {"tokens", "entities", "relations"}; entities are half-open ranges of tokens, relations join them by their
 * places in the record's own list. TablERT's files have BILOU tags in place of the entities. Input for prediction is also a list
 * of words, or a string, in place of a record.
 */
import type { Json } from '#main/core/json'
import type { AnnotatedDoc } from '#main/document/annotated-doc'
import { tokenize, wordsOf } from '#main/text/words'
import type { CorpusFormat, ReadContext, ReadDoc } from '../../format.ts'
import { decodeTags } from '../../shared/decode-tags.ts'
import * as read from '../../shared/fields.ts'
import type { JsonObject } from '../../shared/fields.ts'
import { readRecords } from '../../shared/read-records.ts'
import { RecordError, type ProblemLog } from '../../shared/problem-log.ts'
import { buildTokenDoc, type WordRelation, type WordSentence, type WordSpan } from '../../shared/token-doc.ts'
import { countUnkept } from '../../shared/unkept.ts'
import type { TextInput } from '../../text-input.ts'
import { isTypesFile, readTypesBeside } from './types.ts'
import { kept, writeSpert } from './write.ts'

export const spert: CorpusFormat = {
  name: 'spert-json',
  title: 'SpERT JSON (also TablERT)',
  extensions: ['.json'],
  keeps: ['the words of each sentence', 'spans with their types', 'relations', 'further keys of a record'],
  settings: [],
  recognize({ json }) {
    const [first] = json?.values ?? []
    if (json?.layout === 'array' && isWords(first)) return 'lists of words in a JSON array'
    const record = json?.records.find((one) => isWords(one['tokens']))
    if (!record || 'subj_start' in record || 'spo_list' in record) return null
    if (read.isJsonObject(read.listOf(record['entities'])[0]) || isEmptyList(record['entities']))
      return '"entities" over a list of "tokens"'
    if (isWords(record['tags']) && 'relations' in record) return '"tags" and "relations" over a list of "tokens"'
    return json?.records.every((one) => isWords(one['tokens']) && !('spans' in one)) === true && !('label' in record)
      ? '"tokens" as a list of words'
      : null
  },
  companions: [{ title: 'the file of types of SpERT', recognize: isTypesFile }],
  read: readSpert,
  writer: { layout: 'folder', countLosses: (doc, losses) => countUnkept(doc, kept, losses), write: writeSpert },
}

function isWords(value: Json | undefined): boolean {
  return read.listOf(value).length > 0 && read.listOf(value).every((word) => typeof word === 'string')
}

function isEmptyList(value: Json | undefined): boolean {
  return Array.isArray(value) && value.length === 0
}

async function* readSpert(input: TextInput, { log, stateLabels }: ReadContext): AsyncGenerator<ReadDoc> {
  const types = await readTypesBeside(input, log)
  if (types) stateLabels(types)
  yield* readRecords(input, 'a JSON array of {"tokens", "entities", "relations"} records', log, (value, number) =>
    readRecord(value, number, input.name, log),
  )
}

function readRecord(value: Json, record: number, fileName: string, log: ProblemLog): AnnotatedDoc {
  const options = { id: `${fileName}#${record}`, fileName, record }
  const unmarked = { spans: [], relations: [] }
  if (typeof value === 'string') {
    const words = wordsOf(value, tokenize(value))
    return buildTokenDoc(
      [{ words: someWords(words, 'the sentence'), ...unmarked }],
      { ...options, original: value },
      log,
    )
  }
  if (Array.isArray(value))
    return buildTokenDoc([{ words: readWords(value as Json, 'the sentence'), ...unmarked }], options, log) // Array.isArray widens to any
  const source = read.readObject(value, 'the record')
  const sentence = readSentence(source, record, log)
  const sourceExtra = read.unknownKeys(source, ['tokens', 'entities', 'relations', 'tags'])
  return buildTokenDoc([sentence], { ...options, sourceExtra }, log)
}

function readWords(value: Json | undefined, field: string): string[] {
  return someWords(
    read.readArray(value, field).map((word, at) => read.readString(word, `${field}[${at}]`)),
    field,
  )
}

function someWords(words: readonly string[], field: string): string[] {
  if (words.every((word) => word === '')) throw new RecordError(`${field}: it holds no words`)
  return [...words]
}

function readSentence(source: JsonObject, record: number, log: ProblemLog): WordSentence {
  const words = readWords(source['tokens'], 'tokens')
  const spans =
    source['entities'] === undefined && source['tags'] !== undefined
      ? readTags(source['tags'], words.length, record, log)
      : read
          .readArray(source['entities'] ?? [], 'entities')
          .map((item, at) => readEntity(item, `entities[${at}]`, words.length))
  const relations = read
    .readArray(source['relations'] ?? [], 'relations')
    .map((item, at) => readRelation(item, `relations[${at}]`, spans.length))
  return { words, spans, relations }
}

/** The spans of the tags, in the order of the text: TablERT's relations count them so. */
function readTags(value: Json, length: number, record: number, log: ProblemLog): WordSpan[] {
  const tags = read.readArray(value, 'tags').map((tag, at) => read.readString(tag, `tags[${at}]`))
  if (tags.length !== length)
    throw new RecordError(`tags: expected one for each of the ${length} tokens, found ${tags.length}`)
  const { spans, repairs } = decodeTags(tags, 'BILOU')
  log.change('tags', record, repairs)
  return [...spans]
}

function readEntity(item: Json, field: string, length: number): WordSpan {
  const entity = read.readObject(item, field)
  const start = read.readInteger(entity['start'], `${field}.start`, 0, length - 1)
  const end = read.readInteger(entity['end'], `${field}.end`, start + 1, length)
  return { start, end, label: read.readName(entity['type'], `${field}.type`), ...readScore(entity, field) }
}

function readRelation(item: Json, field: string, spans: number): WordRelation {
  const relation = read.readObject(item, field)
  if (spans === 0) throw new RecordError(`${field}: expected entities that it joins, found none`)
  const [subject, object] = (['head', 'tail'] as const).map((end) =>
    read.readInteger(relation[end], `${field}.${end}`, 0, spans - 1),
  )
  const type = read.readName(relation['type'], `${field}.type`)
  return { subject: subject ?? 0, object: object ?? 0, type, ...readScore(relation, field) }
}

/** The score that files of predictions may give to an item. */
function readScore(item: JsonObject, field: string): { confidence?: number } {
  const stated = item['score']
  if (stated === undefined) return {}
  const score = read.numberOf(stated)
  if (score !== undefined && score >= 0 && score <= 1) return { confidence: score }
  throw read.unexpected(`${field}.score`, 'a probability from 0 to 1', stated)
}
