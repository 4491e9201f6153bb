/**
 * Espalier's own JSON lines: a first line with the label set, then one Doc per line with everything that is known of it.
 * Written canonically (fixed order of keys, empty parts left out), so that what was written reads back and writes the same.
 */
import { emptyLabelSet, mergeLabelSets, type LabelSet } from '#main/labels/label-set'
import { readObject } from '../../shared/fields.ts'
import type { AnnotatedDoc } from '#main/document/annotated-doc'
import type { CorpusFormat, ParsedCorpus, SerializedCorpus } from '../../format.ts'
import { readDoc } from './doc.ts'
import { readHeader, writeHeader, type Header } from './header.ts'
import { writeDoc } from './write.ts'
import { parseJson } from '../../shared/json-text.ts'
import { createProblemLog, type ProblemLog } from '../../shared/problem-log.ts'
import { collectLabels } from '../../shared/used-labels.ts'

export const jsonl: CorpusFormat = {
  name: 'jsonl',
  title: 'Espalier JSON lines (complete)',
  extensions: ['.jsonl', '.ndjson'],
  keeps: ['everything'],
  recognize(fileName, text) {
    const firstLine = text.slice(0, 20_000).split('\n', 1)[0] ?? ''
    if (/^\uFEFF?\{"espalier":/.test(firstLine)) return 'the first line is the head of an Espalier corpus'
    return /\.(?:jsonl|ndjson)$/i.test(fileName) && /^\uFEFF?\s*\{.*"text"\s*:/.test(firstLine)
      ? 'one JSON object with a "text" per line'
      : null
  },
  parse,
  serialize,
}

function parse(text: string, fileName: string): ParsedCorpus {
  const log = createProblemLog(fileName)
  const { header, docs } = readLines(text.replace(/^\uFEFF/, ''), fileName, log)
  const annotations = docs.flatMap((doc) => doc.annotations)
  return {
    docs,
    labels: mergeLabelSets(header?.labels ?? emptyLabelSet, collectLabels(docs)),
    problems: log.problems,
    counts: log.counts(
      annotations.reduce((sum, { ambiguousAnchors }) => sum + ambiguousAnchors, 0),
      annotations.reduce((sum, { unanchored }) => sum + unanchored.length, 0),
    ),
  }
}

function readLines(text: string, fileName: string, log: ProblemLog): { header: Header | null; docs: AnnotatedDoc[] } {
  const docs: AnnotatedDoc[] = []
  let header: Header | null = null
  let isFirst = true
  for (const [index, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue
    if (isFirst && line.startsWith('{"espalier":')) {
      try {
        header = readHeader(parseJson(line))
      } catch (error) {
        log.rejectFile(`line ${index + 1}: ${error instanceof Error ? error.message : String(error)}`)
        return { header: null, docs: [] }
      }
    } else {
      const doc = log.record(index + 1, () =>
        readDoc(readObject(parseJson(line), 'the line'), `${fileName}#${index + 1}`, fileName, (message) =>
          log.note(index + 1, message),
        ),
      )
      if (doc) docs.push(doc)
    }
    isFirst = false
  }
  if (isFirst) log.rejectFile('the file is empty: expected one JSON object per line')
  return { header, docs }
}

function serialize(docs: readonly AnnotatedDoc[], labels: LabelSet): SerializedCorpus {
  return {
    text: [writeHeader(labels), ...docs.map(writeDoc)].map((line) => `${JSON.stringify(line)}\n`).join(''),
    losses: [],
  }
}
