/**
 * CasRel / PRGC triple JSON: {"text", "triple_list"} records in an array, or one a line, whose text is set apart by white space.
 * The file holds strings, no positions: a string is anchored at its first occurrence among the words (formats.md 3.1).
 */
import type { Json } from '#main/core/json'
import type { AnnotatedDoc } from '#main/document/annotated-doc'
import { countOf } from '#main/text/numbers'
import { splitWords } from '#main/text/words'
import type { CorpusFormat, ParsedCorpus } from '../../format.ts'
import type { ReadSettings, SettingOffer } from '#main/document/read-settings'
import { anchorTriples } from '../../shared/anchor-triples.ts'
import { readObject, readString, unknownKeys } from '../../shared/fields.ts'
import { parsedCorpus } from '../../shared/parsed-corpus.ts'
import { createProblemLog, RecordError, type ProblemLog } from '../../shared/problem-log.ts'
import { uniqueTriples } from '../../shared/stated-triples.ts'
import { collectLabels } from '../../shared/used-labels.ts'
import { lastWordNote } from './last-word.ts'
import { readRecords, type FoundRecord } from './records.ts'
import { readTriples } from './triples.ts'
import { serializeCasrel } from './write.ts'

export const casrelJson: CorpusFormat = {
  name: 'casrel-json',
  title: 'Triple JSON (CasRel, PRGC, OneRel)',
  extensions: ['.json', '.jsonl'],
  keeps: ['the words of each sentence', 'triples as strings', 'further keys of a record'],
  recognize({ json }) {
    const hasTriples = json?.records.some((record) => 'triple_list' in record && !('sentText' in record)) ?? false
    return hasTriples
      ? `"triple_list" in the records of ${json?.layout === 'array' ? 'a JSON array' : 'its lines'}`
      : null
  },
  parse,
  serialize: serializeCasrel,
}

function parse(text: string, fileName: string, settings: ReadSettings = {}): ParsedCorpus {
  const log = createProblemLog(fileName)
  const docs = readRecords(text, log).flatMap((record) => {
    const doc = log.record(record.number, () => readRecord(record, fileName, settings, log))
    return doc ? [doc] : []
  })
  const note = lastWordNote(docs)
  if (note !== null) log.note(null, note)
  return parsedCorpus(docs, collectLabels(docs), log, offersOf(log))
}

function offersOf(log: ProblemLog): SettingOffer[] {
  const count = log.offered('foldAccents')
  if (count === 0) return []
  const message = `${countOf(count, 'triple stands', 'triples stand')} in the text only with other accents, or none`
  return [{ setting: 'foldAccents', count, message }]
}

function readRecord(
  { number, value }: FoundRecord,
  fileName: string,
  settings: ReadSettings,
  log: ProblemLog,
): AnnotatedDoc {
  const record = readObject(value(), 'the record')
  const text = readString(record['text'], 'text')
  const words = splitWords(text)
  if (words.length === 0) throw new RecordError('text: it holds no words, so there is nothing to annotate')
  if (/[^\S ]/.test(text)) log.change('white', number)
  const { triples, repeatedTriples } = uniqueTriples(readTriples(record, number, log), number, log)
  const { tokens, annotation } = anchorTriples(
    { text, tokens: words, triples },
    { split: splitWords, canSplit: true, foldAccents: settings.foldAccents ?? false, fileName, record: number },
    log,
  )
  const sourceExtra: Json | undefined = unknownKeys(record, ['text', 'triple_list'])
  return {
    id: `${fileName}#${number}`,
    text,
    tokens,
    sentences: [{ start: 0, end: tokens.length }],
    annotations: [{ ...annotation, repeatedTriples }],
    ...(sourceExtra && { sourceExtra }),
  }
}
