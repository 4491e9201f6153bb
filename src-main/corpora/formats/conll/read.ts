/**
 * Columns with tags (CoNLL): a word a row, a blank line after each sentence, and before a document -DOCSTART-. The file is read
 * twice: once to find its columns and the scheme of its tags, once for its sentences.
 */
import type { AnnotatedDoc } from '#main/document/annotated-doc'
import type { CorpusFormat, ReadContext, ReadDoc } from '../../format.ts'
import { decodeTags, parseTag } from '../../shared/decode-tags.ts'
import { readLines, type Line } from '../../shared/lines.ts'
import { FileError, RecordError, type ProblemLog } from '../../shared/problem-log.ts'
import { buildTokenDoc, type WordSentence } from '../../shared/token-doc.ts'
import type { TextInput } from '../../text-input.ts'
import { groupRows, type RowGroup } from './groups.ts'
import { keepColumns, type KeptColumns } from './kept-columns.ts'
import { cellsOf, createLayoutScan, type ColumnLayout, type FoundLayout } from './layout.ts'
import { countLosses } from './losses.ts'
import { writeConll } from './write.ts'

export const conll: CorpusFormat = {
  name: 'conll-columns',
  title: 'Columns with tags (CoNLL: IOB1, BIO2, BIOES, BILOU, IOE)',
  extensions: ['.conll', '.txt', '.tsv', '.bio', '.iob'],
  keeps: [
    'the words of each sentence',
    'the sentences of a document',
    'spans that do not overlap, with their types',
    'parts of speech',
    'further columns',
  ],
  settings: ['tokenColumn', 'tagColumn', 'tagScheme'],
  recognize({ lines, text }) {
    if (/^\s{0,100}[[{<]/.test(text) || /^#doc[ \t]/.test(text)) return null
    const scan = createLayoutScan()
    for (const line of lines) scan.add(line)
    const found = scan.layout()
    return found && isLikely(found, lines) ? found.evidence : null
  },
  read,
  writer: { layout: 'file', countLosses, write: writeConll },
}

/** Every row has a tag. One row alone is a file of columns where tabs set three of them apart. */
function isLikely({ separator, columns, tag }: FoundLayout, lines: readonly string[]): boolean {
  const rows = lines.filter((line) => !/^(?:#|-DOCSTART-)/.test(line) || line.includes('\t'))
  const isTagged = (line: string): boolean => {
    const cells = cellsOf(line, separator)
    return cells.length === columns && parseTag(cells[tag] ?? '') !== null
  }
  return (
    (rows.length > 1 || (separator === '\t' && columns > 2)) &&
    rows.every((line) => /^-DOCSTART-/.test(line) || isTagged(line))
  )
}

async function* read(input: TextInput, { log, settings, stateEvidence }: ReadContext): AsyncGenerator<ReadDoc> {
  const scan = createLayoutScan()
  for await (const lines of readLines(input)) for (const { text } of lines) scan.add(text)
  const layout = scan.layout(settings)
  if (!layout) throw new FileError('no column holds tags: expected a word and its tag (O, B-PER, ...) on each row')
  stateEvidence(layout.evidence)
  for await (const group of groupRows(readLines(input), layout)) {
    const doc = readGroup(group, layout, input.name, log)
    if (doc) yield { doc, record: group.line }
  }
}

function readGroup(group: RowGroup, layout: ColumnLayout, fileName: string, log: ProblemLog): AnnotatedDoc | null {
  const comments: KeptColumns['comments'][number][] = []
  const cells: string[][] = []
  const sentences: WordSentence[] = []
  for (const { rows, comments: own } of group.sentences) {
    const record = rows[0]?.number ?? group.line
    const sentence = log.record(record, () => readSentence(rows, layout, record, log))
    if (!sentence) continue
    comments.push(...own.map((text) => ({ sentence: sentences.length, text })))
    cells.push(...sentence.cells)
    sentences.push(sentence)
  }
  if (sentences.length === 0) return null
  const sourceExtra = keepColumns({ ...layout, documentStart: group.documentStart, comments, cells })
  const options = { id: `${fileName}#${group.line}`, fileName, record: group.line, sourceExtra }
  return buildTokenDoc(sentences, options, log)
}

interface ReadSentence extends WordSentence {
  /** Cells of the further columns, a list for each word. */
  readonly cells: readonly string[][]
}

function readSentence(rows: readonly Line[], layout: ColumnLayout, record: number, log: ProblemLog): ReadSentence {
  const { token, tag, pos, columns } = layout
  const cells = rows.map(({ number, text }) => readRow(number, text, layout))
  const words = cells.map((row) => row[token] ?? '')
  const tags = cells.map((row) => row[tag] ?? '')
  const { spans, repairs } = decodeTags(tags, layout.scheme)
  log.change('tags', record, repairs)
  const further = Array.from({ length: columns }, (_, at) => at).filter(
    (at) => at !== token && at !== tag && at !== pos,
  )
  return {
    ...{ words, spans, relations: [] },
    ...(pos !== null && { pos: cells.map((row) => (row[pos] === '_' ? undefined : row[pos])) }),
    cells: cells.map((row) => further.map((at) => row[at] ?? '')),
  }
}

function readRow(number: number, text: string, { separator, columns, token, tag }: ColumnLayout): string[] {
  const cells = cellsOf(text, separator)
  if (cells.length !== columns)
    throw new RecordError(`line ${number}: expected ${columns} columns, found ${cells.length}`)
  if (cells[token] === '') throw new RecordError(`line ${number}: expected a word in column ${token + 1}, found none`)
  if (parseTag(cells[tag] ?? '') === null)
    throw new RecordError(
      `line ${number}: expected a tag in column ${tag + 1} (O, or one such as B-PER), found ${JSON.stringify(cells[tag])}`,
    )
  return cells
}
