/**
 * Espalier's own JSON lines: a first line with the label set, then one Doc per line with everything that is known of it.
 * Written canonically (fixed order of keys, empty parts left out), so that what was written reads back and writes the same.
 */
import type { Json } from '#main/core/json'
import { emptyLabelSet, mergeLabelSets, type LabelSet } from '#main/labels/label-set'
import type { AnnotatedDoc } from '#main/document/annotated-doc'
import type { CorpusFormat, ParsedCorpus, SerializedCorpus } from '../../format.ts'
import { foreignRecord } from '../../foreign/annotation-keys.ts'
import { readObject, type JsonObject } from '../../shared/fields.ts'
import { parseJsonLine } from '../../shared/json-text.ts'
import { parsedCorpus } from '../../shared/parsed-corpus.ts'
import { createProblemLog, FileError, RecordError, type ProblemLog } from '../../shared/problem-log.ts'
import { collectLabels } from '../../shared/used-labels.ts'
import { readDoc } from './doc.ts'
import { readHeader, writeHeader, type Header } from './header.ts'
import { writeDoc } from './write.ts'

export const jsonl: CorpusFormat = {
  name: 'jsonl',
  title: 'Espalier JSON lines (complete)',
  extensions: ['.jsonl', '.ndjson'],
  keeps: ['everything'],
  recognize({ json, lines }) {
    const isLines = json?.layout === 'lines' || (json !== null && lines.length === 1 && json.layout === 'object')
    const [first] = json?.records ?? []
    if (!isLines || !first) return null
    if ('espalier' in first) return 'the head of an Espalier corpus on its first line'
    const isForeign = (record: JsonObject): boolean => 'triple_list' in record || foreignRecord(record) !== null
    const isOurs = typeof first['text'] === 'string' && !json.records.some(isForeign)
    return isOurs ? 'one JSON object with a "text" a line' : null
  },
  parse,
  serialize,
}

function parse(text: string, fileName: string): ParsedCorpus {
  const log = createProblemLog(fileName)
  try {
    const { header, docs } = readLines(text, fileName, log)
    return parsedCorpus(docs, mergeLabelSets(header?.labels ?? emptyLabelSet, collectLabels(docs)), log)
  } catch (error) {
    if (!(error instanceof FileError)) throw error
    const refusal = createProblemLog(fileName)
    refusal.rejectFile(error.message)
    return parsedCorpus([], emptyLabelSet, refusal)
  }
}

/** @throws FileError when a line shows that the file is not Espalier's. */
function readLines(text: string, fileName: string, log: ProblemLog): { header: Header | null; docs: AnnotatedDoc[] } {
  const lines = text.split('\n').flatMap((line, index) => (line.trim() === '' ? [] : { line, number: index + 1 }))
  const [first, ...others] = lines
  if (!first) log.rejectFile('the file is empty: expected one JSON object per line')
  const hasHead = first?.line.startsWith('{"espalier":') ?? false
  const header = first && hasHead ? readHead(first.line, first.number) : null
  const ids = new Set<string>()
  const known = new Set<string>()
  const docs = (hasHead ? others : lines).flatMap(({ line, number }) => {
    if (known.has(line) && idOf(line) !== undefined) {
      log.repeatRecord('documents', number)
      return []
    }
    known.add(line)
    const doc = log.record(number, () => readLine(line, number, fileName, ids, log))
    return doc ? [doc] : []
  })
  return { header, docs }
}

function readHead(line: string, number: number): Header {
  try {
    return readHeader(parseJsonLine(line))
  } catch (error) {
    if (!(error instanceof RecordError)) throw error
    throw new FileError(`line ${number}: ${error.message}`)
  }
}

function readLine(line: string, number: number, fileName: string, ids: Set<string>, log: ProblemLog): AnnotatedDoc {
  const record = readObject(parseJsonLine(line), 'the line')
  const foreign = foreignRecord(record)
  if (foreign)
    throw new FileError(
      `line ${number} looks like ${foreign.title}, which this format does not hold: it has ${foreign.evidence}, and its labels would be lost`,
    )
  const doc = readDoc(record, `${fileName}#${number}`, fileName, {
    note: (message) => log.note(number, message),
    change: (kind) => log.change(kind, number),
  })
  if (record['id'] !== undefined) {
    if (ids.has(doc.id)) log.change('ids', number)
    ids.add(doc.id)
  }
  return doc
}

/** The id that a line states; its content was read before. */
function idOf(line: string): Json | undefined {
  return readObject(parseJsonLine(line), 'the line')['id']
}

function serialize(docs: readonly AnnotatedDoc[], labels: LabelSet): SerializedCorpus {
  return {
    text: [writeHeader(labels), ...docs.map(writeDoc)].map((line) => `${JSON.stringify(line)}\n`).join(''),
    losses: [],
  }
}
