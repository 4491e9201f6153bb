/**
 * Espalier's own JSON lines: a first line with the label set, then one Doc per line with everything that is known of it.
 * Written canonically (fixed order of keys, empty parts left out), so that what was written reads back and writes the same.
 */
import type { Json } from '#main/core/json'
import type { Sink } from '#main/core/sink'
import type { LabelSet } from '#main/labels/label-set'
import type { AnnotatedDoc } from '#main/document/annotated-doc'
import type { Splitting } from '#main/text/splitting'
import type { CorpusFormat, ReadContext, ReadDoc } from '../../format.ts'
import { foreignRecord } from '../../foreign/annotation-keys.ts'
import { readObject, type JsonObject } from '../../shared/fields.ts'
import { parseJsonLine } from '../../shared/json-text.ts'
import { hashText } from '../../shared/hash-text.ts'
import { readLines } from '../../shared/lines.ts'
import { FileError, RecordError, RepeatedRecord, type ProblemLog } from '../../shared/problem-log.ts'
import { writeJsonLines } from '../../shared/write-json.ts'
import type { TextInput } from '../../text-input.ts'
import { createTextRules } from '../../shared/text-rules.ts'
import { readDoc, type SplitContext } from './doc.ts'
import { readHeader, writeHeader, type Header } from './header.ts'
import { writeDoc } from './write.ts'

export const jsonl: CorpusFormat = {
  name: 'jsonl',
  title: 'Espalier JSON lines (complete)',
  extensions: ['.jsonl', '.ndjson'],
  keeps: ['everything'],
  settings: ['language', 'han'],
  recognize({ json, lines }) {
    const isLines = json?.layout === 'lines' || (json !== null && lines.length === 1 && json.layout === 'object')
    const [first] = json?.records ?? []
    if (!isLines || !first) return null
    if ('espalier' in first) return 'the head of an Espalier corpus on its first line'
    const isForeign = (record: JsonObject): boolean =>
      'triple_list' in record || 'spo_list' in record || foreignRecord(record) !== null
    const isOurs = typeof first['text'] === 'string' && !json.records.some(isForeign)
    return isOurs ? 'one JSON object with a "text" a line' : null
  },
  read,
  writer: { layout: 'file', countLosses: () => undefined, write },
}

async function* read(input: TextInput, { log, settings, stateLabels }: ReadContext): AsyncGenerator<ReadDoc> {
  /** Hash of the line by the id that it states. */
  const seen = new Map<string, number>()
  const rulesFor = createTextRules(settings)
  let usual: Splitting | undefined
  let isFirst = true
  for await (const lines of readLines(input))
    for (const { number, text: line } of lines) {
      if (line.trim() === '') continue
      const isHead = isFirst && line.startsWith('{"espalier":')
      isFirst = false
      if (isHead) {
        const head = readHead(line, number)
        stateLabels(head.labels)
        usual = head.splitting
        continue
      }
      const doc = log.record(number, () => readLine(line, number, { fileName: input.name, seen, usual, rulesFor, log }))
      if (doc) yield { doc, record: number }
    }
  if (isFirst) throw new FileError('the file is empty: expected one JSON object per line')
}

function readHead(line: string, number: number): Header {
  try {
    return readHeader(parseJsonLine(line))
  } catch (error) {
    if (!(error instanceof RecordError)) throw error
    throw new FileError(`line ${number}: ${error.message}`)
  }
}

interface LineContext extends SplitContext {
  readonly fileName: string
  readonly seen: Map<string, number>
  readonly log: ProblemLog
}

function readLine(line: string, number: number, { fileName, seen, log, ...split }: LineContext): AnnotatedDoc {
  const record = readObject(parseJsonLine(line), 'the line')
  const foreign = foreignRecord(record)
  if (foreign)
    throw new FileError(
      `line ${number} looks like ${foreign.title}, which this format does not hold: it has ${foreign.evidence}, and its labels would be lost`,
    )
  const doc = readDoc(record, `${fileName}#${number}`, fileName, split, {
    note: (message) => log.note(number, message),
    change: (kind) => log.change(kind, number),
  })
  if (record['id'] === undefined) return doc
  const hash = hashText(line)
  const known = seen.get(doc.id)
  if (known === hash) throw new RepeatedRecord('documents')
  if (known !== undefined) log.change('ids', number)
  else seen.set(doc.id, hash)
  return doc
}

async function write(docs: AsyncIterable<AnnotatedDoc>, labels: LabelSet, sink: Sink): Promise<void> {
  let usual: Splitting | undefined
  let isFirst = true
  // the head tells how the first doc was split, so that the others need not: most files have one language
  const writeHead = (doc?: AnnotatedDoc): Json[] => {
    if (!isFirst) return []
    isFirst = false
    usual = doc?.splitting
    return [writeHeader(labels, usual)]
  }
  await writeJsonLines(docs, (doc) => [...writeHead(doc), writeDoc(doc, usual)], sink)
  for (const head of writeHead()) await sink.write(`${JSON.stringify(head)}\n`)
}
