/** Rows of a file of columns, put together to sentences and documents while they are read. */
import { parseTag } from '../../shared/decode-tags.ts'
import type { Line } from '../../shared/lines.ts'
import { cellsOf, isBlank, isDocumentStart, type ColumnLayout } from './layout.ts'

export interface RowSentence {
  readonly rows: readonly Line[]
  /** Lines before its first row that begin with "#". */
  readonly comments: readonly string[]
}

/** A document, or a sentence of a file that sets no documents apart. */
export interface RowGroup {
  /** Number of its first line. */
  readonly line: number
  /** The line with -DOCSTART-; null where there is none. */
  readonly documentStart: string | null
  readonly sentences: readonly RowSentence[]
}

/** Rows that a document may have. A longer one becomes several, so that a file of one document is read in the same memory. */
const mostRows = 200_000

export async function* groupRows(
  batches: AsyncIterable<readonly Line[]>,
  layout: ColumnLayout,
): AsyncGenerator<RowGroup> {
  let start: Line | null = null
  let sentences: RowSentence[] = []
  let size = 0
  let rows: Line[] = []
  let comments: string[] = []

  function endSentence(): void {
    if (rows.length > 0) {
      sentences.push({ rows, comments })
      size += rows.length
      comments = []
    }
    rows = []
  }

  function* endGroup(): Generator<RowGroup> {
    const line = start?.number ?? sentences[0]?.rows[0]?.number
    if (line !== undefined && sentences.length > 0) yield { line, documentStart: start?.text ?? null, sentences }
    sentences = []
    size = 0
  }

  for await (const lines of batches)
    for (const line of lines) {
      if (isDocumentStart(line.text)) {
        endSentence()
        yield* endGroup()
        start = line
      } else if (isBlank(line.text)) {
        endSentence()
        if (start === null || size >= mostRows) yield* endGroup()
      } else if (isComment(line.text, layout)) comments.push(line.text)
      else rows.push(line)
    }
  endSentence()
  yield* endGroup()
}

/** A line that begins with "#" and is no row: a row of the word "#" has the columns of the others. */
function isComment(line: string, { separator, columns, tag }: ColumnLayout): boolean {
  if (!line.startsWith('#')) return false
  const cells = cellsOf(line, separator)
  return cells.length !== columns || parseTag(cells[tag] ?? '') === null
}
