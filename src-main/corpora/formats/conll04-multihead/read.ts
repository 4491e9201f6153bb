/**
 * CoNLL04 in the layout of multi-head selection: "#doc", then a word a row with its tag in BIO and two lists of Python, types of
 * relations and the words they go to. A relation stands on the last word of its subject and goes to the last word of its object.
 */
import type { AnnotatedDoc } from '#main/document/annotated-doc'
import { untypedEntity } from '#main/labels/label-set'
import type { CorpusFormat, ReadContext, ReadDoc } from '../../format.ts'
import { decodeTags, parseTag } from '../../shared/decode-tags.ts'
import { readLines, type Line } from '../../shared/lines.ts'
import { FileError, RecordError, type ProblemLog } from '../../shared/problem-log.ts'
import { buildTokenDoc, type WordRelation, type WordSpan } from '../../shared/token-doc.ts'
import type { TextInput } from '../../text-input.ts'
import { countLosses } from './losses.ts'
import { readPythonList } from './python-list.ts'
import { writeMultihead } from './write.ts'

export const conll04Multihead: CorpusFormat = {
  name: 'conll04-multihead',
  title: 'CoNLL04 in the layout of multi-head selection',
  extensions: ['.txt'],
  keeps: ['the words of each sentence', 'spans that do not overlap, with their types', 'relations'],
  settings: [],
  recognize: ({ lines: [first = '', second = ''] }) =>
    /^#doc[ \t]/.test(first) && rowPattern.test(second) ? `"${first.slice(0, 40)}" on its first line` : null,
  read,
  writer: { layout: 'file', countLosses, write: writeMultihead },
}

/** Number, word, tag, list of types, list of words. */
const rowPattern =
  /^(\d{1,9})[ \t]{1,100}([^ \t]{1,10000})[ \t]{1,100}([^ \t]{1,1000})[ \t]{1,100}(\[.{0,10000}\])[ \t]{1,100}(\[[^\]]{0,10000}\])[ \t]{0,100}$/u

async function* read(input: TextInput, { log }: ReadContext): AsyncGenerator<ReadDoc> {
  let head: Line | null = null
  let rows: Line[] = []
  let isEmpty = true
  function* endDocument(): Generator<ReadDoc> {
    const record = head?.number ?? rows[0]?.number ?? 1
    const header = head?.text ?? null
    const own = rows
    ;[head, rows] = [null, []]
    if (own.length === 0) return
    isEmpty = false
    const doc = log.record(record, () => readDocument(own, header, record, input.name, log))
    if (doc) yield { doc, record }
  }
  for await (const lines of readLines(input))
    for (const line of lines) {
      if (/^#doc(?:[ \t]|$)/.test(line.text)) {
        yield* endDocument()
        head = line
      } else if (line.text.trim() !== '') rows.push(line)
    }
  yield* endDocument()
  if (isEmpty) throw new FileError('it holds no rows: expected "#doc" and a row for each word')
}

function readDocument(
  lines: readonly Line[],
  header: string | null,
  record: number,
  fileName: string,
  log: ProblemLog,
): AnnotatedDoc {
  const rows = lines.map((line) => readRow(line, lines.length))
  const { spans: tagged, repairs } = decodeTags(
    rows.map(({ tag }) => tag),
    'BIO2',
  )
  log.change('tags', record, repairs)
  const spans: WordSpan[] = [...tagged]
  const spanAt = (word: number): number => {
    const last = spans.findIndex(({ end }) => end === word + 1)
    const around = last >= 0 ? last : spans.findIndex(({ start, end }) => start <= word && word < end)
    if (around >= 0) return around
    log.change('untyped', record)
    return spans.push({ start: word, end: word + 1, label: untypedEntity }) - 1
  }
  const relations = rows.flatMap(({ types, heads }, word): WordRelation[] =>
    types.flatMap((type, at) => {
      const head = heads[at] ?? word
      return type === 'N' ? [] : [{ subject: spanAt(word), type, object: spanAt(head) }]
    }),
  )
  const sourceExtra = header === null ? undefined : { doc: header }
  const sentence = { words: rows.map(({ word }) => word), spans, relations }
  return buildTokenDoc([sentence], { id: `${fileName}#${record}`, fileName, record, sourceExtra }, log)
}

interface Row {
  readonly word: string
  readonly tag: string
  readonly types: readonly string[]
  readonly heads: readonly number[]
}

function readRow({ number, text }: Line, length: number): Row {
  const [, , word = '', tag = '', typeList = '', headList = ''] = rowPattern.exec(text) ?? []
  if (word === '')
    throw new RecordError(
      `line ${number}: expected a number, a word, a tag and two lists such as ['N'] [0], found ${JSON.stringify(text.slice(0, 60))}`,
    )
  if (parseTag(tag) === null)
    throw new RecordError(`line ${number}: expected a tag such as O or B-Peop, found "${tag}"`)
  const types = readPythonList(typeList)
  const heads = readPythonList(headList)
  if (!types?.every((type) => typeof type === 'string'))
    throw new RecordError(`line ${number}: expected a list of strings such as ['N'], found ${typeList}`)
  if (!heads?.every((head) => typeof head === 'number' && head >= 0 && head < length))
    throw new RecordError(
      `line ${number}: expected a list of numbers of words, from 0 to ${length - 1}, found ${headList}`,
    )
  if (types.length !== heads.length)
    throw new RecordError(`line ${number}: expected as many words as types, found ${heads.length} and ${types.length}`)
  return { word, tag, types: types.map(String), heads: heads.map(Number) }
}
