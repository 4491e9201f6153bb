/**
 * Subject-predicate-object JSON (DuIE 1 and 2, CMeIE, FastRE): {"text", "spo_list"} records, one a line or in an array. An object may
 * be a map, {"@value": "…", "inArea": "…"}: each further slot is a triple of its own, of the type predicate_slot. FastRE gives words
 * ("tokens") and, in "spo_details", their places.
 */
import type { AnnotatedDoc } from '#main/document/annotated-doc'
import type { ReadSettings } from '#main/document/read-settings'
import { splitWords } from '#main/text/words'
import type { CorpusFormat, ReadContext, ReadDoc } from '../../format.ts'
import { readObject, readString, unknownKeys, type JsonObject } from '../../shared/fields.ts'
import { readRecords } from '../../shared/read-records.ts'
import { RecordError, type ProblemLog } from '../../shared/problem-log.ts'
import { createTextRules } from '../../shared/text-rules.ts'
import { uniqueTriples } from '../../shared/stated-triples.ts'
import { anchorTyped } from '../../shared/typed-triples.ts'
import type { TextInput } from '../../text-input.ts'
import { readSpoList } from './items.ts'
import { countLosses } from './losses.ts'
import { readTokenRecord } from './token-record.ts'
import { writeSpoList } from './write.ts'

export const spoList: CorpusFormat = {
  name: 'spo-list',
  title: 'Subject-predicate-object JSON (DuIE, CMeIE, FastRE)',
  extensions: ['.json', '.jsonl'],
  keeps: [
    'the words of each sentence',
    'triples as strings',
    'types of subjects and objects',
    'further keys of a record',
  ],
  settings: ['foldAccents', 'language', 'han'],
  recognize: ({ json }) =>
    json?.records.some((record) => 'spo_list' in record && ('text' in record || 'tokens' in record))
      ? `"spo_list" in the records of ${json.layout === 'array' ? 'a JSON array' : 'its lines'}`
      : null,
  read: readSpos,
  writer: { layout: 'file', countLosses, write: writeSpoList },
}

async function* readSpos(input: TextInput, { log, settings }: ReadContext): AsyncGenerator<ReadDoc> {
  const rulesFor = createTextRules(settings)
  yield* readRecords(input, '{"text", "spo_list"} records, one a line or in a JSON array', log, (value, number) =>
    readRecord(readObject(value, 'the record'), number, input.name, settings, rulesFor, log),
  )
}

function readRecord(
  source: JsonObject,
  record: number,
  fileName: string,
  settings: ReadSettings,
  rulesFor: ReturnType<typeof createTextRules>,
  log: ProblemLog,
): AnnotatedDoc {
  if ('tokens' in source && !('text' in source)) return readTokenRecord(source, record, fileName, log)
  const text = readString(source['text'], 'text')
  const rules = rulesFor(text)
  const split = (string: string) => splitWords(string, rules.words)
  const words = split(text)
  if (words.length === 0) throw new RecordError('text: it holds no words, so there is nothing to annotate')
  const { triples, repeatedTriples } = uniqueTriples(readSpoList(source['spo_list'], record, log), record, log)
  const { tokens, annotation } = anchorTyped(
    { text, tokens: words, triples },
    { split, canSplit: true, foldAccents: settings.foldAccents ?? false, fileName, record },
    log,
  )
  const sourceExtra = unknownKeys(source, ['text', 'spo_list'])
  return {
    ...{ id: `${fileName}#${record}`, text, tokens, sentences: [{ start: 0, end: tokens.length }] },
    splitting: rules.splitting,
    annotations: [{ ...annotation, repeatedTriples }],
    ...(sourceExtra && { sourceExtra }),
  }
}
