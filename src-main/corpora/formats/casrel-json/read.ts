/**
 * CasRel / PRGC triple JSON: {"text", "triple_list"} records in an array, or one a line, whose text is set apart by white space.
 * The file holds strings, no positions: a string is anchored at its first occurrence among the words (formats.md 3.1).
 */
import type { Json } from '#main/core/json'
import type { AnnotatedDoc } from '#main/document/annotated-doc'
import { splitWords } from '#main/text/words'
import type { CorpusFormat, ReadContext, ReadDoc } from '../../format.ts'
import type { ReadSettings } from '#main/document/read-settings'
import { anchorTriples } from '../../shared/anchor-triples.ts'
import { isNumber, readObject, readString, unknownKeys, type JsonObject } from '../../shared/fields.ts'
import { readJsonRecords, type JsonRecord } from '../../shared/json-records.ts'
import { FileError, RecordError, type ProblemLog } from '../../shared/problem-log.ts'
import { createTextRules } from '../../shared/text-rules.ts'
import { uniqueTriples } from '../../shared/stated-triples.ts'
import type { TextInput } from '../../text-input.ts'
import { isRelationMap } from '../../shared/relation-map.ts'
import { createLastWordCheck } from './last-word.ts'
import { countLosses } from './losses.ts'
import { readTriples } from './triples.ts'
import { writeCasrel } from './write.ts'

export const casrelJson: CorpusFormat = {
  name: 'casrel-json',
  title: 'Triple JSON (CasRel, PRGC, OneRel)',
  extensions: ['.json', '.jsonl'],
  keeps: ['the words of each sentence', 'triples as strings', 'further keys of a record'],
  settings: ['foldAccents', 'language', 'han'],
  recognize({ json }) {
    const hasTriples = json?.records.some((record) => 'triple_list' in record && !('sentText' in record)) ?? false
    return hasTriples
      ? `"triple_list" in the records of ${json?.layout === 'array' ? 'a JSON array' : 'its lines'}`
      : null
  },
  companions: [{ title: 'a map of relation names to numbers', recognize: isRelationMap }],
  read,
  writer: { layout: 'file', countLosses, write: writeCasrel },
}

async function* read(input: TextInput, { log, settings }: ReadContext): AsyncGenerator<ReadDoc> {
  const lastWords = createLastWordCheck()
  const rulesFor = createTextRules(settings)
  for await (const records of readJsonRecords(input, 'a JSON array of {"text", "triple_list"} records'))
    for (const record of records) {
      const doc = log.record(record.number, () => readRecord(record, input.name, settings, rulesFor, log))
      if (!doc) continue
      lastWords.add(doc)
      yield { doc, record: record.number }
    }
  const note = lastWords.note()
  if (note !== null) log.note(null, note)
}

function readRecord(
  { number, value }: JsonRecord,
  fileName: string,
  settings: ReadSettings,
  rulesFor: ReturnType<typeof createTextRules>,
  log: ProblemLog,
): AnnotatedDoc {
  const record = readObject(value(), 'the record')
  if (number === 1) refuseRelationMap(record)
  const text = readString(record['text'], 'text')
  const rules = rulesFor(text)
  const split = (string: string) => splitWords(string, rules.words)
  const words = split(text)
  if (words.length === 0) throw new RecordError('text: it holds no words, so there is nothing to annotate')
  if (/[^\S ]/.test(text)) log.change('white', number)
  const { triples, repeatedTriples } = uniqueTriples(readTriples(record, number, log), number, log)
  const { tokens, annotation } = anchorTriples(
    { text, tokens: words, triples },
    { split, canSplit: true, foldAccents: settings.foldAccents ?? false, fileName, record: number },
    log,
  )
  const sourceExtra: Json | undefined = unknownKeys(record, ['text', 'triple_list'])
  return {
    id: `${fileName}#${number}`,
    text,
    tokens,
    sentences: [{ start: 0, end: tokens.length }],
    splitting: rules.splitting,
    annotations: [{ ...annotation, repeatedTriples }],
    ...(sourceExtra && { sourceExtra }),
  }
}

/** A map of relation names would be as many records without a text. */
function refuseRelationMap(record: JsonObject): void {
  const values = Object.values(record)
  const isMap = values.length > 0 && values.every((value) => typeof value === 'string' || isNumber(value))
  if (isMap && !('text' in record))
    throw new FileError(
      'this is a map of relation names to numbers (rel2id.json), not a corpus; it is not needed, relation types are read from the triples',
    )
}
