/**
 * TACRED JSON and its relatives: a record per pair of spans, {"token", "subj_start", "subj_end", "obj_start", …, "relation"}, the last
 * word of a span included. "no_relation" says that there is none between the two spans.
 */
import type { AnnotatedDoc } from '#main/document/annotated-doc'
import { untypedEntity } from '#main/labels/label-set'
import type { CorpusFormat, ReadContext, ReadDoc } from '../../format.ts'
import * as read from '../../shared/fields.ts'
import type { JsonObject } from '../../shared/fields.ts'
import { readRecords } from '../../shared/read-records.ts'
import { RecordError, type ProblemLog } from '../../shared/problem-log.ts'
import { buildTokenDoc, type WordSpan } from '../../shared/token-doc.ts'
import type { TextInput } from '../../text-input.ts'

export const tacred: CorpusFormat = {
  name: 'tacred-json',
  title: 'TACRED JSON',
  extensions: ['.json', '.jsonl'],
  keeps: [
    'the words of each sentence',
    'parts of speech',
    'both spans with their types',
    'the relation',
    'further keys of a record',
  ],
  settings: [],
  recognize: ({ json }) =>
    json?.records.some((record) => 'subj_start' in record && 'obj_start' in record)
      ? '"subj_start" and "obj_start" in its records'
      : null,
  read: readTacred,
  writer: null,
}

async function* readTacred(input: TextInput, { log }: ReadContext): AsyncGenerator<ReadDoc> {
  yield* readRecords(input, 'a JSON array of {"token", "subj_start", "relation"} records', log, (value, number) =>
    readRecord(read.readObject(value, 'the record'), number, input.name, log),
  )
}

/** Relations of records that state none. */
const negatives = ['no_relation', 'NA', 'None', 'Other']

function readRecord(source: JsonObject, record: number, fileName: string, log: ProblemLog): AnnotatedDoc {
  const key = 'token' in source ? 'token' : 'tokens'
  const words = read.readArray(source[key], key).map((word, at) => read.readString(word, `${key}[${at}]`))
  if (words.every((word) => word === '')) throw new RecordError(`${key}: it holds no words`)
  const spanOf = (end: 'subj' | 'obj'): WordSpan => {
    const start = read.readInteger(source[`${end}_start`], `${end}_start`, 0, words.length - 1)
    const last = read.readInteger(source[`${end}_end`], `${end}_end`, start, words.length - 1)
    return { start, end: last + 1, label: read.readName(source[`${end}_type`] ?? untypedEntity, `${end}_type`) }
  }
  const [subject, object] = [spanOf('subj'), spanOf('obj')]
  const relation = read.readName(source['relation'], 'relation')
  const isNegative = negatives.includes(relation)
  if (isNegative) log.change('noRelation', record)
  const isSelf = subject.start === object.start && subject.end === object.end && subject.label === object.label
  const relations = isNegative ? [] : [{ subject: 0, type: relation, object: isSelf ? 0 : 1 }]
  const sentence = { words, ...readPos(source, words.length), spans: isSelf ? [subject] : [subject, object], relations }
  const known = [
    key,
    'id',
    'stanford_pos',
    ...['start', 'end', 'type'].flatMap((part) => [`subj_${part}`, `obj_${part}`]),
  ]
  const sourceExtra = read.unknownKeys(source, isNegative ? known : [...known, 'relation'])
  const id = source['id'] === undefined ? `${fileName}#${record}` : read.readId(source['id'], 'id')
  return buildTokenDoc([sentence], { id, fileName, record, sourceExtra }, log)
}

function readPos(source: JsonObject, length: number): { pos?: string[] } {
  if (source['stanford_pos'] === undefined) return {}
  const pos = read
    .readArray(source['stanford_pos'], 'stanford_pos')
    .map((tag, at) => read.readString(tag, `stanford_pos[${at}]`))
  if (pos.length !== length)
    throw new RecordError(`stanford_pos: expected one for each of the ${length} words, found ${pos.length}`)
  return { pos }
}
