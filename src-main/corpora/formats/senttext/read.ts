/**
 * sentText lines of NYT as CoType, CopyRE and SPN4RE have them: {"sentText", "entityMentions", "relationMentions"}, all as strings. A
 * mention has a type, and a "start" that is a place in some copies and a running number in others: it is a place where the string
 * stands there. Relations of the type "None" say that there is none; they are kept for writing.
 */
import type { Json } from '#main/core/json'
import type { AnnotatedDoc } from '#main/document/annotated-doc'
import { createOffsetTable } from '#main/text/code-points'
import { splitWords } from '#main/text/words'
import type { CorpusFormat, ReadContext, ReadDoc } from '../../format.ts'
import type { ReadSettings } from '#main/document/read-settings'
import {
  listOf,
  numberOf,
  readArray,
  readObject,
  readString,
  unexpected,
  unknownKeys,
  type JsonObject,
} from '../../shared/fields.ts'
import { readRecords } from '../../shared/read-records.ts'
import { RecordError, type ProblemLog } from '../../shared/problem-log.ts'
import { isRelationMap } from '../../shared/relation-map.ts'
import { createTextRules } from '../../shared/text-rules.ts'
import { uniqueTriples } from '../../shared/stated-triples.ts'
import { anchorTyped, type Mention } from '../../shared/typed-triples.ts'
import type { TextInput } from '../../text-input.ts'
import { countLosses } from './losses.ts'
import { writeSentText } from './write.ts'

export const sentText: CorpusFormat = {
  name: 'senttext-lines',
  title: 'sentText lines of NYT (CoType, CopyRE, SPN4RE)',
  extensions: ['.json', '.jsonl'],
  keeps: [
    'the words of each sentence',
    'triples as strings',
    'mentions with their types and places',
    'relations of the type "None"',
    'further keys of a line',
  ],
  settings: ['foldAccents', 'language', 'han'],
  recognize: ({ json }) =>
    json?.records.some(({ sentText: text }) => typeof text === 'string') ? '"sentText" as a string' : null,
  companions: [{ title: 'a map of relation names to numbers', recognize: isRelationMap }],
  read,
  writer: { layout: 'file', countLosses, write: writeSentText },
}

async function* read(input: TextInput, { log, settings }: ReadContext): AsyncGenerator<ReadDoc> {
  const rulesFor = createTextRules(settings)
  yield* readRecords(input, 'one JSON object with "sentText" per line', log, (value, number) =>
    readLine(readObject(value, 'the line'), number, input.name, settings, rulesFor, log),
  )
}

function readLine(
  line: JsonObject,
  record: number,
  fileName: string,
  settings: ReadSettings,
  rulesFor: ReturnType<typeof createTextRules>,
  log: ProblemLog,
): AnnotatedDoc {
  const text = readString(line['sentText'], 'sentText')
  const rules = rulesFor(text)
  const split = (string: string) => splitWords(string, rules.words)
  const words = split(text)
  if (words.length === 0) throw new RecordError('sentText: it holds no words, so there is nothing to annotate')
  const relations = readArray(line['relationMentions'] ?? [], 'relationMentions')
  const stated = relations.map((item, at) => readRelation(item, `relationMentions[${at}]`, record, log))
  const { triples, repeatedTriples } = uniqueTriples(stated, record, log)
  const mentions = readArray(line['entityMentions'] ?? [], 'entityMentions').map((item, at) =>
    readMention(item, text, `entityMentions[${at}]`, record, log),
  )
  const { tokens, annotation } = anchorTyped(
    { text, tokens: words, triples, mentions },
    { split, canSplit: true, foldAccents: settings.foldAccents ?? false, fileName, record },
    log,
  )
  const further = unknownKeys(line, ['sentText', 'entityMentions', 'relationMentions'])
  const negatives = listOf(relations).filter((_, at) => stated[at]?.type === 'None')
  const sourceExtra = negatives.length > 0 ? { ...further, relationMentions: negatives } : further
  return {
    ...{ id: `${fileName}#${record}`, text, tokens, sentences: [{ start: 0, end: tokens.length }] },
    splitting: rules.splitting,
    annotations: [{ ...annotation, repeatedTriples }],
    ...(sourceExtra && { sourceExtra }),
  }
}

function readRelation(item: Json, field: string, record: number, log: ProblemLog) {
  const relation = readObject(item, field)
  return {
    subject: readTrimmed(relation['em1Text'], `${field}.em1Text`, record, log),
    type: readTrimmed(relation['label'], `${field}.label`, record, log),
    object: readTrimmed(relation['em2Text'], `${field}.em2Text`, record, log),
  }
}

function readMention(item: Json, text: string, field: string, record: number, log: ProblemLog): Mention {
  const mention = readObject(item, field)
  const string = readTrimmed(mention['text'], `${field}.text`, record, log)
  const place = placeAt(mention['start'], string, text)
  return { text: string, label: readTrimmed(mention['label'], `${field}.label`, record, log), ...(place && { place }) }
}

/** The place of a string that does stand at `start`, counted in code points or in UTF-16 units. */
function placeAt(stated: Json | undefined, string: string, text: string) {
  const start = numberOf(stated)
  if (start === undefined || !Number.isInteger(start) || start < 0) return undefined
  const table = createOffsetTable(text)
  const units = [table.unitOf(start), start].find((unit) => unit < text.length && text.startsWith(string, unit))
  if (units === undefined) return undefined
  return { start: table.codePointOf(units), end: table.codePointOf(units + string.length) }
}

function readTrimmed(value: Json | undefined, field: string, record: number, log: ProblemLog): string {
  const text = readString(value, field)
  const trimmed = text.trim()
  if (trimmed === '') throw unexpected(field, 'a name', value)
  if (trimmed !== text) log.change('trimmed', record)
  return trimmed
}
