/**
 * CasRel / PRGC triple JSON: an array of {"text", "triple_list"} whose text is set apart by spaces.
 * The file holds strings, no positions: a string is anchored at its first occurrence among the words (formats.md 3.1).
 */
import type { TextTriple } from '#main/document/labelled-sentence'
import type { Json } from '#main/core/json'
import { splitWords, wordsOf } from '#main/text/words'
import { anchorTriples } from '../../shared/anchor-triples.ts'
import { serializeCasrel } from './write.ts'
import { readArray, readObject, readString, unexpected, unknownKeys } from '../../shared/fields.ts'
import type { AnnotatedDoc, SentenceAnnotation } from '#main/document/annotated-doc'
import type { CorpusFormat, ParsedCorpus } from '../../format.ts'
import { parseJson } from '../../shared/json-text.ts'
import { createProblemLog, RecordError, type ProblemLog } from '../../shared/problem-log.ts'
import { collectLabels } from '../../shared/used-labels.ts'

export const casrelJson: CorpusFormat = {
  name: 'casrel-json',
  title: 'Triple JSON (CasRel, PRGC, OneRel)',
  extensions: ['.json'],
  keeps: ['the words of each sentence', 'triples as strings', 'further keys of a record'],
  recognize(_fileName, text) {
    const opening = text.slice(0, 20_000)
    return /^\uFEFF?\s*\[/.test(opening) && opening.includes('"triple_list"')
      ? 'a JSON array whose records have a "triple_list"'
      : null
  },
  parse,
  serialize: serializeCasrel,
}

function parse(text: string, fileName: string): ParsedCorpus {
  const log = createProblemLog(fileName)
  const records = readRecords(text, log)
  const docs = records.flatMap((record, index) => {
    const doc = log.record(index + 1, () => readRecord(record, index + 1, fileName, log))
    return doc ? [doc] : []
  })
  noteRemovals(records, log)
  const annotations = docs.flatMap((doc) => doc.annotations)
  const total = (count: (annotation: SentenceAnnotation) => number) =>
    annotations.reduce((sum, annotation) => sum + count(annotation), 0)
  return {
    docs,
    labels: collectLabels(docs),
    problems: log.problems,
    counts: log.counts(
      total(({ ambiguousAnchors }) => ambiguousAnchors),
      total(({ unanchored }) => unanchored.length),
    ),
  }
}

/** The array's elements; none, with the reason logged, when the file is something else. */
function readRecords(text: string, log: ProblemLog): readonly Json[] {
  try {
    const root = parseJson(text.replace(/^\uFEFF/, ''))
    if (isRelationMap(root)) {
      log.rejectFile(
        'this is a map of relation names to numbers (rel2id.json), not a corpus; it is not needed, relation types are read from the triples',
      )
      return []
    }
    if (Array.isArray(root)) return root as readonly Json[] // Array.isArray widens to any
    throw unexpected('the file', 'a JSON array of {"text", "triple_list"} records', root)
  } catch (error) {
    if (!(error instanceof RecordError)) throw error
    log.rejectFile(error.message)
    return []
  }
}

function isRelationMap(root: Json): boolean {
  return (
    Array.isArray(root) &&
    root.length > 0 &&
    root.length <= 2 &&
    (root as readonly Json[]).every(
      (part) =>
        typeof part === 'object' &&
        part !== null &&
        !('text' in part) &&
        Object.values(part).every((value) => typeof value === 'string' || typeof value === 'number'),
    )
  )
}

function readRecord(value: Json, number: number, fileName: string, log: ProblemLog): AnnotatedDoc {
  const record = readObject(value, 'the record')
  const text = readString(record['text'], 'text')
  const tokens = splitWords(text)
  if (tokens.length === 0) throw new RecordError('text: it holds no words, so there is nothing to annotate')
  const { triples, repeatedTriples } = readTriples(record['triple_list'])
  const sourceExtra = unknownKeys(record, ['text', 'triple_list'])
  return {
    id: `${fileName}#${number}`,
    text,
    tokens,
    sentences: [{ start: 0, end: tokens.length }],
    annotations: [{ ...anchorTriples(wordsOf(text, tokens), { triples }, number, fileName, log), repeatedTriples }],
    ...(sourceExtra && { sourceExtra }),
  }
}

/** The triples of a record, each once and without the label "None", which says that there is no relation. */
function readTriples(value: Json | undefined): { triples: TextTriple[]; repeatedTriples: number } {
  const byKey = new Map<string, TextTriple>()
  let repeatedTriples = 0
  readArray(value, 'triple_list').forEach((item, index) => {
    const field = `triple_list[${index}]`
    const parts = readArray(item, field)
    if (parts.length !== 3) throw unexpected(field, 'three strings (subject, relation type, object)', item)
    const [subject = '', type = '', object = ''] = parts.map((part, place) => readString(part, `${field}[${place}]`))
    if ([subject, type, object].some((part) => part.trim() === ''))
      throw new RecordError(`${field}: expected three strings (subject, relation type, object), found an empty one`)
    if (type === 'None') return
    const key = JSON.stringify([subject, type, object])
    if (byKey.has(key)) repeatedTriples++
    byKey.set(key, { subject, type, object })
  })
  return { triples: [...byKey.values()], repeatedTriples }
}

/** One note per kind of removal, with its count and the first record it happened in. */
function noteRemovals(records: readonly Json[], log: ProblemLog): void {
  const removed = { repeated: 0, none: 0 }
  const first = { repeated: 0, none: 0 }
  records.forEach((record, index) => {
    const list = (record as { triple_list?: unknown } | null)?.triple_list
    if (!Array.isArray(list)) return
    const keys = list.map((triple) => JSON.stringify(triple))
    const count = {
      repeated: keys.length - new Set(keys).size,
      none: list.filter((triple) => Array.isArray(triple) && triple[1] === 'None').length,
    }
    for (const kind of ['repeated', 'none'] as const) {
      if (count[kind] > 0 && removed[kind] === 0) first[kind] = index + 1
      removed[kind] += count[kind]
    }
  })
  if (removed.repeated > 0)
    log.note(
      first.repeated,
      `${removed.repeated} triples stand again in their own record and were taken once (first in this record)`,
    )
  if (removed.none > 0)
    log.note(
      first.none,
      `${removed.none} triples of the type "None", which means no relation, were left out (first in this record)`,
    )
}
