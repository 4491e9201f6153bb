/**
 * DocRED JSON: documents with sentences of words, entities as lists of mentions ("vertexSet"), and relations between entities
 * ("labels"). Mentions become spans. A relation joins the two closest mentions that one sentence holds; where none does, it is kept
 * with the document alone, since a triple belongs to a sentence.
 */
import type { Json } from '#main/core/json'
import type { AnnotatedDoc } from '#main/document/annotated-doc'
import type { CorpusFormat, ReadContext, ReadDoc } from '../../format.ts'
import * as read from '../../shared/fields.ts'
import type { JsonObject } from '../../shared/fields.ts'
import { readRecords } from '../../shared/read-records.ts'
import { RecordError, type ProblemLog } from '../../shared/problem-log.ts'
import { buildTokenDoc, type WordRelation, type WordSpan } from '../../shared/token-doc.ts'
import type { TextInput } from '../../text-input.ts'
import { isRelationInfo, readRelationInfo } from './relation-info.ts'

export const docred: CorpusFormat = {
  name: 'docred-json',
  title: 'DocRED JSON',
  extensions: ['.json'],
  keeps: [
    'the words of each sentence',
    'mentions with their types',
    'relations within sentences',
    'further keys of a document',
  ],
  settings: [],
  recognize: ({ json }) =>
    json?.records.some((record) => 'vertexSet' in record && 'sents' in record)
      ? '"vertexSet" beside "sents" in its records'
      : null,
  companions: [{ title: 'the names of relations of DocRED', recognize: isRelationInfo }],
  read: readDocred,
  writer: null,
}

async function* readDocred(input: TextInput, { log, stateLabels }: ReadContext): AsyncGenerator<ReadDoc> {
  const names = await readRelationInfo(input)
  if (names) stateLabels(names)
  yield* readRecords(
    input,
    'a JSON array of {"title", "sents", "vertexSet", "labels"} documents',
    log,
    (value, number) => readDocument(read.readObject(value, 'the document'), number, input.name, log),
  )
}

interface Mention extends WordSpan {
  readonly sentence: number
}

function readDocument(source: JsonObject, record: number, fileName: string, log: ProblemLog): AnnotatedDoc {
  const sentences = read
    .readArray(source['sents'], 'sents')
    .map((words, at) =>
      read.readArray(words, `sents[${at}]`).map((word, index) => read.readString(word, `sents[${at}][${index}]`)),
    )
  if (sentences.every((words) => words.every((word) => word === ''))) throw new RecordError('sents: it holds no words')
  const lengths = sentences.map(({ length }) => length)
  const entities = read
    .readArray(source['vertexSet'], 'vertexSet')
    .map((mentions, at) =>
      read
        .readArray(mentions, `vertexSet[${at}]`)
        .map((item, index) => readMention(item, `vertexSet[${at}][${index}]`, lengths)),
    )
  const spans = entities.flat()
  const indexOf = new Map<Mention, number>()
  const perSentence = sentences.map((_, sentence) => spans.filter((span) => span.sentence === sentence))
  for (const own of perSentence) own.forEach((span, index) => indexOf.set(span, index))
  const relations = sentences.map((): WordRelation[] => [])
  let across = 0
  read.readArray(source['labels'] ?? [], 'labels').forEach((item, at) => {
    const { head, tail, type } = readLabel(item, `labels[${at}]`, entities.length)
    const pair = closest(entities[head] ?? [], entities[tail] ?? [])
    if (pair) {
      const [subject, object] = [indexOf.get(pair.subject) ?? 0, indexOf.get(pair.object) ?? 0]
      relations[pair.subject.sentence]?.push({ subject, type, object })
    } else across++
  })
  log.change('across', record, across)
  const sourceExtra = read.unknownKeys(source, ['sents'])
  return buildTokenDoc(
    sentences.map((words, at) => ({ words, spans: perSentence[at] ?? [], relations: relations[at] ?? [] })),
    { id: `${fileName}#${record}`, fileName, record, sourceExtra },
    log,
  )
}

function readMention(item: Json, field: string, lengths: readonly number[]): Mention {
  const mention = read.readObject(item, field)
  const sentence = read.readInteger(mention['sent_id'], `${field}.sent_id`, 0, lengths.length - 1)
  const length = lengths[sentence] ?? 0
  const pos = read.readArray(mention['pos'], `${field}.pos`)
  const start = read.readInteger(pos[0], `${field}.pos[0]`, 0, length - 1)
  const end = read.readInteger(pos[1], `${field}.pos[1]`, start + 1, length)
  return { sentence, start, end, label: read.readName(mention['type'], `${field}.type`) }
}

function readLabel(item: Json, field: string, entities: number) {
  const label = read.readObject(item, field)
  const [head = 0, tail = 0] = ['h', 't'].map((end) => read.readInteger(label[end], `${field}.${end}`, 0, entities - 1))
  return { head, tail, type: read.readName(label['r'], `${field}.r`) }
}

/** The mentions of one sentence with the fewest words between them, the first such pair of the document. */
function closest(subjects: readonly Mention[], objects: readonly Mention[]) {
  let best: { readonly subject: Mention; readonly object: Mention; readonly gap: number } | null = null
  for (const subject of subjects)
    for (const object of objects) {
      if (subject.sentence !== object.sentence) continue
      const gap = Math.max(subject.start - object.end, object.start - subject.end, 0)
      if (!best || gap < best.gap) best = { subject, object, gap }
    }
  return best
}
