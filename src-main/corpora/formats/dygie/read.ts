/**
 * DyGIE++ and SciERC: a document a line, {"doc_key", "sentences", "ner", "relations", …}, where each of the lists has one entry per
 * sentence and words are counted through the document, the last of a span included. Clusters and events are kept as they are.
 */
import type { Json } from '#main/core/json'
import type { AnnotatedDoc } from '#main/document/annotated-doc'
import type { CorpusFormat, ReadContext, ReadDoc } from '../../format.ts'
import * as read from '../../shared/fields.ts'
import type { JsonObject } from '../../shared/fields.ts'
import { readRecords } from '../../shared/read-records.ts'
import type { ProblemLog } from '../../shared/problem-log.ts'
import { buildTokenDoc, type MarkedLayer } from '../../shared/token-doc.ts'
import type { TextInput } from '../../text-input.ts'
import { countLosses } from './losses.ts'
import { readMarks, type ReadMarks } from './marks.ts'
import { acrossKey, predictionLayer, writeDygie } from './write.ts'

export const dygie: CorpusFormat = {
  name: 'dygie-lines',
  title: 'DyGIE++ and SciERC JSON lines',
  extensions: ['.jsonl', '.json'],
  keeps: [
    'the words of each sentence',
    'the sentences of a document',
    'spans with their types',
    'relations',
    'further keys of a document, clusters and events among them',
  ],
  settings: [],
  recognize({ json }) {
    const isDocument = ({ sentences }: JsonObject): boolean => read.listOf(sentences).some(Array.isArray)
    const keys = ['ner', 'relations', 'predicted_ner', 'clusters', 'doc_key']
    const record = json?.records.find((one) => isDocument(one) && keys.some((key) => key in one))
    if (!record) return null
    return `"sentences" of words beside "${keys.find((key) => key in record) ?? ''}"`
  },
  read: readDygie,
  writer: { layout: 'file', countLosses, write: writeDygie },
}

async function* readDygie(input: TextInput, { log }: ReadContext): AsyncGenerator<ReadDoc> {
  yield* readRecords(input, 'one JSON object with "sentences" per line', log, (value, number) =>
    readDocument(read.readObject(value, 'the line'), number, input.name, log),
  )
}

function readDocument(source: JsonObject, record: number, fileName: string, log: ProblemLog): AnnotatedDoc {
  const sentences = read
    .readArray(source['sentences'], 'sentences')
    .map((words, at) =>
      read
        .readArray(words, `sentences[${at}]`)
        .map((word, index) => read.readString(word, `sentences[${at}][${index}]`)),
    )
  const lengths = sentences.map(({ length }) => length)
  const stated = readMarks(source, { ner: 'ner', relations: 'relations' }, lengths)
  if (stated.across.length > 0)
    log.note(
      record,
      `${stated.across.map(({ field }) => field).join(', ')}: it joins words of another sentence; it is kept for writing and is no relation here`,
    )
  const predicted = { ner: 'predicted_ner', relations: 'predicted_relations' }
  const layers = Object.values(predicted).some((key) => key in source)
    ? [systemLayer(readMarks(source, predicted, lengths), record, log)]
    : []
  const extra = read.unknownKeys(source, ['doc_key', 'sentences', 'ner', 'relations'])
  const across = stated.across.map(({ sentence, item }): Json => [sentence, item])
  const sourceExtra = across.length > 0 ? { ...extra, [acrossKey]: across } : extra
  return buildTokenDoc(
    sentences.map((words, at) => ({ words, ...(stated.sentences[at] ?? { spans: [], relations: [] }) })),
    { id: idOf(source, fileName, record), fileName, record, layers, sourceExtra },
    log,
  )
}

function systemLayer({ sentences, across }: ReadMarks, record: number, log: ProblemLog): MarkedLayer {
  if (across.length > 0)
    log.note(record, `${across.map(({ field }) => field).join(', ')}: predicted across sentences, which no layer holds`)
  return { name: predictionLayer, kind: 'system', sentences }
}

function idOf(source: JsonObject, fileName: string, record: number): string {
  const key = source['doc_key']
  if (key === undefined) return `${fileName}#${record}`
  return read.isNumber(key) ? read.readId(key, 'doc_key') : read.readString(key, 'doc_key')
}
