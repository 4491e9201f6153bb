/**
 * PMEI's own input: a JSON object per line with words, their parts of speech, entities and relations, all as lists of words.
 * There are no positions: an entity is anchored at its first occurrence, as the released loader does (formats.md 3.3), and
 * one that is listed twice at its first two.
 */
import type { Json } from '#main/core/json'
import type { AnnotatedDoc } from '#main/document/annotated-doc'
import type { Token } from '#main/document/doc'
import type { TextTriple } from '#main/document/labelled-sentence'
import type { TextRange } from '#main/text/range'
import type { CorpusFormat, ReadContext, ReadDoc } from '../../format.ts'
import { anchorTriples } from '../../shared/anchor-triples.ts'
import { readArray, readName, readObject, readString, unknownKeys, type JsonObject } from '../../shared/fields.ts'
import { readRecords } from '../../shared/read-records.ts'
import { joinedRanges } from '../../shared/place-words.ts'
import { RecordError, type ProblemLog } from '../../shared/problem-log.ts'
import { uniqueTriples } from '../../shared/stated-triples.ts'
import type { TextInput } from '../../text-input.ts'
import { countLosses } from './losses.ts'
import { writePmeiLines } from './write.ts'

export const pmeiLines: CorpusFormat = {
  name: 'pmei-lines',
  title: 'JSON lines of the released PMEI code',
  extensions: ['.json', '.jsonl'],
  keeps: [
    'the words of each sentence',
    'parts of speech',
    'entities as words',
    'triples as strings',
    'further keys of a line',
  ],
  settings: [],
  recognize: ({ json }) => (Array.isArray(json?.records[0]?.['sentText']) ? '"sentText" as a list of words' : null),
  read,
  writer: { layout: 'file', countLosses, write: writePmeiLines },
}

async function* read(input: TextInput, { log }: ReadContext): AsyncGenerator<ReadDoc> {
  yield* readRecords(input, 'one JSON object per line', log, (value, number) =>
    readLine(readObject(value, 'the line'), number, input.name, log),
  )
}

function readLine(line: JsonObject, number: number, fileName: string, log: ProblemLog): AnnotatedDoc {
  const words = readWords(line['sentText'], 'sentText')
  const tokens = placeTokens(words, line['pos'])
  const { triples, repeatedTriples } = uniqueTriples(readMentions(line['relationMentions']), number, log)
  const entities = readArray(line['en_list'] ?? [], 'en_list').map((item, at) => readPhrase(item, `en_list[${at}]`))
  const sourceExtra = unknownKeys(line, ['sentText', 'pos', 'en_list', 'relationMentions'])
  const text = words.join(' ')
  // words are given, each with its part of speech: none of them can be split
  const options = { split: splitAtSpaces, canSplit: false, foldAccents: false, fileName, record: number }
  const { annotation } = anchorTriples({ text, tokens, triples, entities }, options, log)
  return {
    id: `${fileName}#${number}`,
    text,
    tokens,
    sentences: [{ start: 0, end: words.length }],
    annotations: [{ ...annotation, repeatedTriples }],
    ...(sourceExtra && { sourceExtra }),
  }
}

function readWords(value: Json | undefined, field: string): string[] {
  const words = readArray(value, field).map((word, at) => readName(word, `${field}[${at}]`))
  if (words.length === 0) throw new RecordError(`${field}: it holds no words`)
  return words
}

const readPhrase = (value: Json | undefined, field: string): string => readWords(value, field).join(' ')

/** Places the words in a text that sets them apart by single spaces. */
function placeTokens(words: readonly string[], pos: Json | undefined): Token[] {
  const parts = pos === undefined ? [] : readArray(pos, 'pos')
  if (pos !== undefined && parts.length !== words.length)
    throw new RecordError(`pos: expected one for each of the ${words.length} words, found ${parts.length}`)
  return joinedRanges(words).map((range, at) => {
    const own = pos === undefined ? '' : readString(parts[at], `pos[${at}]`)
    return own === '' ? range : { ...range, pos: own }
  })
}

const splitAtSpaces = (text: string): TextRange[] => joinedRanges(text.split(' '))

function readMentions(value: Json | undefined): TextTriple[] {
  return readArray(value ?? [], 'relationMentions').map((item, at) => {
    const field = `relationMentions[${at}]`
    const mention = readObject(item, field)
    const type = readName(mention['label'], `${field}.label`)
    const [subject = '', object = ''] = ['em1Text', 'em2Text'].map((key) => readPhrase(mention[key], `${field}.${key}`))
    return { subject, type, object }
  })
}
