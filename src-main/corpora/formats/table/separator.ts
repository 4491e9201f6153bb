/** Which sign sets the columns of a table apart. */
import type { TextInput } from '../../text-input.ts'
import { columnsNamed, hasTriples } from './columns.ts'
import { cellsOf, separators, type Separator } from './rows.ts'

const signs = Object.keys(separators) as readonly Separator[] // the table's own keys

/** The sign with which the first row has the names of a text and its triples, else the most columns; a comma where none has several. */
export function separatorOf(firstLine: string): Separator {
  const cut = signs.map((sign) => ({ sign, cells: cellsOf(firstLine, sign) ?? [] }))
  const named = cut.find(({ cells }) => hasTriples(columnsNamed(cells)))
  if (named) return named.sign
  const most = cut.reduce((best, next) => (next.cells.length > best.cells.length ? next : best))
  return most.cells.length > 1 ? most.sign : ','
}

/** Code units in which the first line ends. */
const lookedAt = 2 ** 20

export async function findSeparator(input: TextInput): Promise<Separator> {
  let start = ''
  for await (const piece of input.pieces()) {
    start += piece
    if (start.length > lookedAt || /[\r\n]/.test(start.trimStart())) break
  }
  const [first = ''] = start.trimStart().split(/[\r\n]/, 1)
  return separatorOf(first)
}
