/** Rows of a table of comma-separated values, or of ones set apart by another sign, in batches. */
import { parse, type CsvError, type Info } from 'csv-parse'
import { FileError } from '../../shared/problem-log.ts'
import type { TextInput } from '../../text-input.ts'

export const separators = { '\t': 'tabs', ',': 'commas', ';': 'semicolons', '|': 'bars' } as const
export type Separator = keyof typeof separators

export interface TableRow {
  /** Number of the line on which it ends, from 1. */
  readonly line: number
  readonly cells: readonly string[]
}

/** Code units that a row may have, 64 million. */
const longestRow = 2 ** 26

/** The cells of a line, as far as they stand on it; null where its quotes do not match. */
export function cellsOf(line: string, separator: Separator): string[] | null {
  const cells: string[] = []
  const cell = new RegExp(
    `("(?:[^"]|""){0,100000}"|[^"${separator}][^${separator}]{0,100000}|)([${separator}]|$)`,
    'suy',
  )
  while (cell.lastIndex <= line.length) {
    const match = cell.exec(line)
    if (!match) return null
    const [, text = '', sign] = match
    cells.push(text.startsWith('"') ? text.slice(1, -1).replaceAll('""', '"') : text)
    if (sign === '') return cells
  }
  return cells
}

/** @throws FileError with the line where the quotes of the file do not match. */
export async function* readRows(input: TextInput, separator: Separator): AsyncGenerator<TableRow> {
  const parser = parse({
    ...{ delimiter: separator, relax_column_count: true, relax_quotes: true, skip_empty_lines: true, info: true },
    ...{ max_record_size: longestRow },
  })
  let countedTwice = 0
  const feeding = feed(input, parser)
  feeding.catch((error: unknown) => parser.destroy(error instanceof Error ? error : new Error(String(error))))
  try {
    for await (const { info, record } of parser as AsyncIterable<{ info: Info; record: string[] }>)
    // `info: true` gives both
    {
      // the parser counts a CR LF within quotation marks as two lines
      countedTwice += record.reduce((sum, cell) => sum + cell.split('\r\n').length - 1, 0)
      yield { line: info.lines - countedTwice, cells: record }
    }
    await feeding
  } catch (error) {
    if (isCsvError(error)) throw new FileError(describe(error))
    throw error
  } finally {
    parser.destroy()
  }
}

interface Fed {
  readonly destroyed: boolean
  write(text: string): boolean
  end(): void
  once(event: 'drain' | 'close', listener: () => void): unknown
  off(event: 'drain' | 'close', listener: () => void): unknown
}

async function feed(input: TextInput, parser: Fed): Promise<void> {
  for await (const piece of input.pieces()) {
    if (parser.destroyed) return
    if (!parser.write(piece)) await drained(parser)
  }
  if (!parser.destroyed) parser.end()
}

/** Settles when the parser takes more, or is given up. */
async function drained(parser: Fed): Promise<void> {
  await new Promise<void>((resolve) => {
    const settle = (): void => {
      parser.off('drain', settle)
      parser.off('close', settle)
      resolve()
    }
    parser.once('drain', settle)
    parser.once('close', settle)
  })
}

function isCsvError(error: unknown): error is CsvError {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('CSV_')
}

function describe({ code, lines, message }: CsvError & { readonly lines?: number }): string {
  if (code === 'CSV_QUOTE_NOT_CLOSED')
    return `a quotation mark that opens on line ${lines ?? '?'} or before is never closed`
  if (code === 'CSV_MAX_RECORD_SIZE')
    return `a row is longer than ${longestRow} characters: a quotation mark may be open`
  return message
}
