/**
 * CoNLL04 as Roth and Yih distribute it: rows of nine columns, an entity of several words in one row, a blank line, relations by
 * numbers of rows, a blank line.
 */
import type { AnnotatedDoc } from '#main/document/annotated-doc'
import { untypedEntity } from '#main/labels/label-set'
import type { CorpusFormat, ReadContext, ReadDoc } from '../../format.ts'
import { readLines, type Line } from '../../shared/lines.ts'
import { FileError, RecordError, type ProblemLog } from '../../shared/problem-log.ts'
import { buildTokenDoc, type WordRelation, type WordSpan } from '../../shared/token-doc.ts'
import type { TextInput } from '../../text-input.ts'
import { countLosses } from './losses.ts'
import { splitCells } from './words.ts'
import { writeRoth } from './write.ts'

export const conll04Roth: CorpusFormat = {
  name: 'conll04-roth',
  title: 'CoNLL04 (Roth and Yih, nine columns)',
  extensions: ['.corp', '.txt'],
  keeps: ['the words of each sentence', 'parts of speech', 'spans that do not overlap, with their types', 'relations'],
  settings: [],
  recognize({ lines }) {
    const rows = lines.map((line) => line.split('\t')).filter((cells) => cells.length !== 3)
    return rows.length > 0 && rows.every(isRow) ? 'nine columns set apart by tabs, the third a row number' : null
  },
  read,
  writer: { layout: 'file', countLosses, write: writeRoth },
}

function isRow(cells: readonly string[]): boolean {
  return cells.length === 9 && /^\d{1,9}$/.test(cells[0] ?? '') && /^\d{1,9}$/.test(cells[2] ?? '')
}

async function* read(input: TextInput, { log }: ReadContext): AsyncGenerator<ReadDoc> {
  let rows: Line[] = []
  let relations: Line[] = []
  let isEnded = false
  let isEmpty = true
  function* endSentence(): Generator<ReadDoc> {
    const record = rows[0]?.number ?? relations[0]?.number
    if (record === undefined) return
    isEmpty = false
    const doc = log.record(record, () => readSentence(rows, relations, record, input.name, log))
    ;[rows, relations, isEnded] = [[], [], false]
    if (doc) yield { doc, record }
  }
  for await (const lines of readLines(input))
    for (const line of lines) {
      if (line.text.trim() === '') isEnded ||= rows.length > 0
      else if (line.text.split('\t').length === 3) relations.push(line)
      else {
        if (isEnded) yield* endSentence()
        rows.push(line)
      }
    }
  yield* endSentence()
  if (isEmpty) throw new FileError('it holds no rows: expected nine columns set apart by tabs')
}

function readSentence(
  lines: readonly Line[],
  relationLines: readonly Line[],
  record: number,
  fileName: string,
  log: ProblemLog,
): AnnotatedDoc {
  const words: string[] = []
  const pos: (string | undefined)[] = []
  const spans: WordSpan[] = []
  /** Words and span of each row, by its number. */
  const rows = new Map<string, { readonly start: number; readonly end: number; span: number | null }>()
  let hasFurther = false
  for (const { number, text } of lines) {
    const cells = text.split('\t')
    if (!isRow(cells))
      throw new RecordError(
        `line ${number}: expected nine columns set apart by tabs, the third a row number, found ${cells.length}`,
      )
    const [, label = 'O', row = '', , posCell = '', wordCell = ''] = cells
    hasFurther ||= [3, 6, 7, 8].some((at) => cells[at] !== 'O')
    const parts = splitCells(wordCell, posCell, label !== 'O')
    if (parts.words.includes(''))
      throw new RecordError(`line ${number}: expected a word in column 6, found ${JSON.stringify(wordCell)}`)
    if (parts.isAmbiguous) log.change('slashes', record)
    const start = words.length
    words.push(...parts.words)
    pos.push(...parts.pos)
    const span = label === 'O' ? null : spans.push({ start, end: words.length, label }) - 1
    rows.set(row, { start, end: words.length, span })
  }
  if (hasFurther) log.note(record, 'columns 4, 7, 8 and 9 hold more than O, which is left out')
  const relations = relationLines.map(({ number, text }): WordRelation => {
    const [from = '', to = '', type = ''] = text.split('\t')
    const spanOf = (row: string): number => {
      const found = rows.get(row)
      if (!found) throw new RecordError(`line ${number}: expected the number of a row of its sentence, found "${row}"`)
      if (found.span === null) {
        log.change('untyped', record)
        found.span = spans.push({ start: found.start, end: found.end, label: untypedEntity }) - 1
      }
      return found.span
    }
    if (type.trim() === '') throw new RecordError(`line ${number}: expected a relation type in column 3, found none`)
    return { subject: spanOf(from), type, object: spanOf(to) }
  })
  return buildTokenDoc([{ words, pos, spans, relations }], { id: `${fileName}#${record}`, fileName, record }, log)
}
