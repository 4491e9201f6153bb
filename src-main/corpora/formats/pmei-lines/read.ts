/**
 * PMEI's own input: a JSON object per line with words, their parts of speech, entities and relations, all as lists of words.
 * There are no positions: an entity is anchored at its first occurrence, as the released loader does (formats.md 3.3), and
 * one that is listed twice at its first two.
 */
import type { Token } from '#main/document/doc'
import type { TextTriple } from '#main/document/labelled-sentence'
import type { Json } from '#main/core/json'
import { anchorTriples } from '../../shared/anchor-triples.ts'
import { readArray, readName, readObject, readString, unknownKeys, type JsonObject } from '../../shared/fields.ts'
import type { AnnotatedDoc } from '#main/document/annotated-doc'
import type { CorpusFormat, ParsedCorpus } from '../../format.ts'
import { parseJson } from '../../shared/json-text.ts'
import { createProblemLog, RecordError, type ProblemLog } from '../../shared/problem-log.ts'
import { collectLabels } from '../../shared/used-labels.ts'

export const pmeiLines: CorpusFormat = {
  name: 'pmei-lines',
  title: 'JSON lines of the released PMEI code',
  extensions: ['.json', '.jsonl'],
  keeps: ['the words of each sentence', 'parts of speech', 'entities and triples as strings', 'further keys of a line'],
  recognize(_fileName, text) {
    const firstLine = text.slice(0, 20_000).split('\n', 1)[0] ?? ''
    return /^\uFEFF?\s*\{/.test(firstLine) && /"sentText"\s*:\s*\[/.test(firstLine)
      ? 'one JSON object with its words in "sentText" per line'
      : null
  },
  parse,
  serialize: null,
}

function parse(text: string, fileName: string): ParsedCorpus {
  const log = createProblemLog(fileName)
  const lines = text.replace(/^\uFEFF/, '').split('\n')
  const docs = lines.flatMap((line, index) => {
    if (line.trim() === '') return []
    const number = index + 1
    const doc = log.record(number, () => readLine(readObject(parseJson(line), 'the line'), number, fileName, log))
    return doc ? [doc] : []
  })
  if (lines.every((line) => line.trim() === '')) log.rejectFile('the file is empty: expected one JSON object per line')
  const annotations = docs.flatMap((doc) => doc.annotations)
  return {
    docs,
    labels: collectLabels(docs),
    problems: log.problems,
    counts: log.counts(
      annotations.reduce((sum, { ambiguousAnchors }) => sum + ambiguousAnchors, 0),
      annotations.reduce((sum, { unanchored }) => sum + unanchored.length, 0),
    ),
  }
}

function readLine(line: JsonObject, number: number, fileName: string, log: ProblemLog): AnnotatedDoc {
  const words = readWords(line['sentText'], 'sentText')
  const tokens = placeTokens(words, line['pos'])
  const { triples, repeatedTriples } = readMentions(line['relationMentions'])
  const entities = readArray(line['en_list'] ?? [], 'en_list').map((item, at) => readPhrase(item, `en_list[${at}]`))
  const sourceExtra = unknownKeys(line, ['sentText', 'pos', 'en_list', 'relationMentions'])
  const annotation = anchorTriples(words, { triples, entities }, number, fileName, log)
  return {
    id: `${fileName}#${number}`,
    text: words.join(' '),
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

/** Words set apart by spaces. */
function placeTokens(words: readonly string[], pos: Json | undefined): Token[] {
  const parts = pos === undefined ? [] : readArray(pos, 'pos')
  if (pos !== undefined && parts.length !== words.length)
    throw new RecordError(`pos: expected one for each of the ${words.length} words, found ${parts.length}`)
  let start = 0
  return words.map((word, at) => {
    const end = start + [...word].length
    const token = { start, end, ...(pos !== undefined && { pos: readString(parts[at], `pos[${at}]`) }) }
    start = end + 1
    return token
  })
}

/** Each triple once, without the label "None", which says that there is no relation. */
function readMentions(value: Json | undefined): { triples: TextTriple[]; repeatedTriples: number } {
  const byKey = new Map<string, TextTriple>()
  let repeatedTriples = 0
  readArray(value ?? [], 'relationMentions').forEach((item, at) => {
    const field = `relationMentions[${at}]`
    const mention = readObject(item, field)
    const type = readName(mention['label'], `${field}.label`)
    const [subject, object] = ['em1Text', 'em2Text'].map((key) => readPhrase(mention[key], `${field}.${key}`))
    if (type === 'None') return
    const triple = { subject: subject ?? '', type, object: object ?? '' }
    const key = JSON.stringify(triple)
    if (byKey.has(key)) repeatedTriples++
    byKey.set(key, triple)
  })
  return { triples: [...byKey.values()], repeatedTriples }
}
