/**
 * Numeric JSON of CopyRE: one array of lengths, one of sentences as numbers of words, one of triples as flat lists (last word of the
 * subject, last word of the object, number of the relation). It is read with the maps that stand beside it, words2id.json and
 * relations2id.json.
 */
import type { Json } from '#main/core/json'
import type { AnnotatedDoc } from '#main/document/annotated-doc'
import { untypedEntity } from '#main/labels/label-set'
import type { CorpusFormat, ReadContext, ReadDoc } from '../../format.ts'
import { isNumber, readArray, readInteger } from '../../shared/fields.ts'
import { readJsonRecords } from '../../shared/json-records.ts'
import { FileError, RecordError, type ProblemLog } from '../../shared/problem-log.ts'
import { isRelationMap } from '../../shared/relation-map.ts'
import { buildTokenDoc, type WordRelation, type WordSpan } from '../../shared/token-doc.ts'
import type { TextInput } from '../../text-input.ts'
import { readNumberMap, type NumberMap } from './number-map.ts'

export const copyreNumeric: CorpusFormat = {
  name: 'copyre-numeric',
  title: 'Numeric JSON of CopyRE, with its maps',
  extensions: ['.json'],
  keeps: ['the words that the map knows', 'triples by the last words of their spans'],
  settings: [],
  recognize: ({ json }) =>
    json?.layout === 'array' && json.values.length > 0 && json.values.every(isNumbers)
      ? 'arrays of numbers and no text'
      : null,
  companions: [{ title: 'a map of relation names to numbers', recognize: isRelationMap }],
  read,
  writer: null,
}

/** Is it a list of numbers, or of lists of numbers, as far as it is seen? */
function isNumbers(value: Json): boolean {
  if (!Array.isArray(value)) return false
  const items = value.slice(0, 20) as readonly Json[] // Array.isArray widens to any
  return items.every((item) => isNumber(item) || (Array.isArray(item) && item.every(isNumber)))
}

async function* read(input: TextInput, { log }: ReadContext): AsyncGenerator<ReadDoc> {
  const words = await readNumberMap(input, 'words2id.json')
  const relations = await readNumberMap(input, 'relations2id.json')
  const { lengths, sentences, triples } = await readArrays(input)
  log.note(null, 'subjects and objects are the last words of their names: compare with figures of partial match alone')
  for (const [index, sentence] of sentences.entries()) {
    const record = index + 1
    const doc = log.record(record, () => {
      const length = lengths?.[index]
      return readSentence(
        { sentence, length, triples: triples[index] ?? [] },
        record,
        input.name,
        { words, relations },
        log,
      )
    })
    if (doc) yield { doc, record }
  }
}

async function readArrays(input: TextInput) {
  const arrays: (readonly Json[])[] = []
  for await (const records of readJsonRecords(input, 'a JSON array of three arrays of numbers'))
    for (const { value } of records) {
      const array = value()
      if (!Array.isArray(array) || arrays.length === 3)
        throw new FileError('expected three arrays (lengths, words, triples), or two (words, triples)')
      arrays.push(array as readonly Json[]) // Array.isArray widens to any
    }
  const [triples, sentences, lengths] = arrays.toReversed()
  if (!triples || !sentences)
    throw new FileError(`expected three arrays (lengths, words, triples), found ${arrays.length}`)
  if (triples.length !== sentences.length || (lengths && lengths.length !== sentences.length))
    throw new FileError(
      `expected as many triples as sentences, found ${arrays.map(({ length }) => length).join(', ')} in its arrays`,
    )
  return { lengths, sentences, triples }
}

interface NumericSentence {
  readonly sentence: Json
  /** undefined where the file has no lengths; words behind it are padding. */
  readonly length: Json | undefined
  readonly triples: Json
}

function readSentence(
  { sentence, length, triples }: NumericSentence,
  record: number,
  fileName: string,
  maps: { readonly words: NumberMap; readonly relations: NumberMap },
  log: ProblemLog,
): AnnotatedDoc {
  const numbers = readArray(sentence, 'words')
  const count = length === undefined ? numbers.length : readInteger(length, 'length', 0, numbers.length)
  if (count === 0) throw new RecordError('words: it holds no words')
  let unknown = 0
  const words = numbers.slice(0, count).map((number, at) => {
    const word = maps.words.nameOf(readInteger(number, `words[${at}]`, 0, Number.MAX_SAFE_INTEGER))
    if (word === undefined || word === '') unknown++
    return word === undefined || word === '' ? '[unknown]' : word
  })
  log.change('unknownWords', record, unknown)
  const flat = readArray(triples, 'triples')
  if (flat.length % 3 !== 0)
    throw new RecordError(`triples: expected three numbers for each, found ${flat.length} in all`)
  const spans: WordSpan[] = []
  const spanAt = (word: number): number => {
    const known = spans.findIndex(({ start }) => start === word)
    return known >= 0 ? known : spans.push({ start: word, end: word + 1, label: untypedEntity }) - 1
  }
  const relations: WordRelation[] = []
  for (let at = 0; at < flat.length; at += 3) {
    const subject = readInteger(flat[at], `triples[${at}]`, 0, count - 1)
    const object = readInteger(flat[at + 1], `triples[${at + 1}]`, 0, count - 1)
    const number = readInteger(flat[at + 2], `triples[${at + 2}]`, 0, Number.MAX_SAFE_INTEGER)
    const type = maps.relations.nameOf(number)
    if (type === undefined)
      throw new RecordError(`triples[${at + 2}]: relations2id.json has no relation of the number ${number}`)
    if (type === 'None') log.change('none', record)
    else relations.push({ subject: spanAt(subject), type, object: spanAt(object) })
  }
  return buildTokenDoc([{ words, spans, relations }], { id: `${fileName}#${record}`, fileName, record }, log)
}
