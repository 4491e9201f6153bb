/**
 * Tables (CSV, TSV): a row per triple, with its text, subject, relation and object. Rows that follow one another with the same text,
 * and the same id where there is one, are one sentence. A row without a triple is a sentence alone.
 */
import type { AnnotatedDoc } from '#main/document/annotated-doc'
import { splits, type Split } from '#main/document/doc'
import { formatCount } from '#main/text/numbers'
import { splitWords } from '#main/text/words'
import type { ReadContext, ReadDoc } from '../../format.ts'
import { hashText } from '../../shared/hash-text.ts'
import { FileError, RecordError, type ProblemLog } from '../../shared/problem-log.ts'
import { uniqueTriples } from '../../shared/stated-triples.ts'
import { createTextRules, type TextReading } from '../../shared/text-rules.ts'
import { anchorTyped, type TypedTriple } from '../../shared/typed-triples.ts'
import type { TextInput } from '../../text-input.ts'
import { chooseColumns, describeColumns, type Role, type TableColumns } from './columns.ts'
import { readRows, separators, type Separator, type TableRow } from './rows.ts'
import { findSeparator } from './separator.ts'

export async function* readTable(
  input: TextInput,
  { log, settings, stateEvidence }: ReadContext,
): AsyncGenerator<ReadDoc> {
  const separator = await findSeparator(input)
  const seen = createTextCheck()
  const reading = { settings, rulesFor: createTextRules(settings) }
  let columns: TableColumns | null = null
  let group: TableRow[] = []
  function* endGroup(table: TableColumns): Generator<ReadDoc> {
    const [first] = group
    if (!first) return
    const rows = group
    group = []
    const doc = log.record(first.line, () => readSentence(rows, table, input.name, reading, log))
    if (!doc) return
    if (table.of.id === undefined) seen.add(doc.text)
    yield { doc, record: first.line }
  }
  for await (const row of readRows(input, separator)) {
    if (columns === null) {
      columns = chooseColumns(row.cells, settings)
      stateEvidence(describeTable(separator, columns, row.cells.length))
      if (columns.header) continue
    }
    if (!isSameSentence(group[0], row, columns)) yield* endGroup(columns)
    group.push(row)
  }
  if (columns === null) throw new FileError('it holds no rows')
  yield* endGroup(columns)
  const repeated = seen.repeated()
  const what =
    repeated === 1
      ? 'text stands again after other rows, and is a sentence of its own there'
      : 'texts stand again after other rows, and are sentences of their own there'
  if (repeated > 0) log.note(null, `${formatCount(repeated)} ${what}: sort the rows by text to join them`)
}

function describeTable(separator: Separator, columns: TableColumns, count: number): string {
  const names = columns.header ? '' : ', and no row of names'
  return `${count} columns set apart by ${separators[separator]}${names}: ${describeColumns(columns)}`
}

function cellOf({ cells }: TableRow, { of }: TableColumns, role: Role): string {
  const column = of[role]
  return column === undefined ? '' : (cells[column] ?? '')
}

function isSameSentence(first: TableRow | undefined, row: TableRow, columns: TableColumns): boolean {
  if (!first) return false
  const roles = ['text', 'id', 'split'] as const
  return (
    first.cells.length === row.cells.length &&
    roles.every((role) => cellOf(first, columns, role) === cellOf(row, columns, role))
  )
}

function readSentence(
  rows: readonly TableRow[],
  columns: TableColumns,
  fileName: string,
  { settings, rulesFor }: TextReading,
  log: ProblemLog,
): AnnotatedDoc {
  const [first] = rows
  if (!first) throw new RangeError('a sentence has a row')
  const record = first.line
  const width = columns.header?.length ?? first.cells.length
  if (first.cells.length !== width)
    throw new RecordError(`line ${record}: expected ${width} columns, found ${first.cells.length}`)
  const text = cellOf(first, columns, 'text')
  const rules = rulesFor(text)
  const splitText = (string: string) => splitWords(string, rules.words)
  const words = splitText(text)
  if (words.length === 0) throw new RecordError(`line ${record}: expected a text, found none`)
  const stated = rows.flatMap((row) => readTriple(row, columns, log, record))
  const { triples, repeatedTriples } = uniqueTriples(stated, record, log)
  const { tokens, annotation } = anchorTyped(
    { text, tokens: words, triples },
    { split: splitText, canSplit: true, foldAccents: settings.foldAccents ?? false, fileName, record },
    log,
  )
  const split = cellOf(first, columns, 'split')
  const sourceExtra = furtherCells(rows, columns)
  return {
    ...{ id: `${fileName}#${record}`, text, tokens, sentences: [{ start: 0, end: tokens.length }] },
    splitting: rules.splitting,
    annotations: [{ ...annotation, repeatedTriples }],
    ...(split !== '' && { split: readSplit(split, record) }),
    ...(sourceExtra && { sourceExtra }),
  }
}

function readTriple(row: TableRow, columns: TableColumns, log: ProblemLog, record: number): TypedTriple[] {
  const cell = (role: Role): string => {
    const text = cellOf(row, columns, role)
    const trimmed = text.trim()
    if (trimmed !== text) log.change('trimmed', record)
    return trimmed
  }
  const parts = { subject: cell('subject'), type: cell('relation'), object: cell('object') }
  const missing = Object.entries(parts).filter(([, value]) => value === '')
  if (missing.length === 3) return []
  if (missing.length > 0)
    throw new RecordError(
      `line ${row.line}: expected subject, relation and object, found no ${missing.map(([role]) => (role === 'type' ? 'relation' : role)).join(' and no ')}`,
    )
  return [{ ...parts, subjectType: cell('subjectType') || undefined, objectType: cell('objectType') || undefined }]
}

function readSplit(value: string, record: number): Split {
  const split = splits.find((name) => name === value.trim().toLowerCase())
  if (split) return split
  throw new RecordError(`line ${record}: expected ${splits.join(', ')} as the split, found "${value}"`)
}

/** Cells of columns that have no role, by the name of the column; a list where the rows of a sentence differ. */
function furtherCells(
  rows: readonly TableRow[],
  { of, header }: TableColumns,
): Record<string, string | string[]> | null {
  const used = new Set(Object.values(of))
  const further = (header ?? []).flatMap((name, column) => {
    if (used.has(column) || name === '') return []
    const values = rows.map(({ cells }) => cells[column] ?? '')
    const [first = ''] = values
    return [[name, values.every((value) => value === first) ? first : values] as const]
  })
  return further.length === 0 ? null : Object.fromEntries(further)
}

/** Counts texts that come again, by their hashes. */
function createTextCheck() {
  const seen = new Set<number>()
  let repeated = 0
  return {
    add(text: string): void {
      const hash = hashText(text)
      if (seen.has(hash)) repeated++
      else seen.add(hash)
    },
    repeated: () => repeated,
  }
}
