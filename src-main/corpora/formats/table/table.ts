/** Tables of triples: comma-separated values, and values that tabs set apart. Both are read whatever their sign is. */
import type { CorpusFormat } from '../../format.ts'
import type { FileHead } from '../../shared/file-head.ts'
import { columnsNamed, describeColumns, hasTriples } from './columns.ts'
import { countLosses } from './losses.ts'
import { readTable } from './read.ts'
import { cellsOf, separators, type Separator } from './rows.ts'
import { separatorOf } from './separator.ts'
import { createTableWriter } from './write.ts'

export const csv = tableFormat({ name: 'csv', title: 'Table of triples (CSV)', extensions: ['.csv'] }, [',', ';', '|'])
export const tsv = tableFormat({ name: 'tsv', title: 'Table of triples (TSV)', extensions: ['.tsv', '.tab'] }, ['\t'])

function tableFormat(
  naming: Pick<CorpusFormat, 'name' | 'title' | 'extensions'>,
  [sign, ...others]: readonly [Separator, ...Separator[]],
): CorpusFormat {
  return {
    ...naming,
    keeps: ['the words of each sentence', 'triples as strings', 'types of subjects and objects'],
    settings: ['textColumn', 'subjectColumn', 'relationColumn', 'objectColumn', 'foldAccents', 'language', 'han'],
    recognize: (file) => recognize(file, [sign, ...others], naming.extensions),
    read: readTable,
    writer: { layout: 'file', countLosses, write: createTableWriter(sign) },
  }
}

/** A first row that names a text and triples; or a text alone, where the file is named like a table. */
function recognize(
  { name, lines, json }: FileHead,
  signs: readonly Separator[],
  extensions: readonly string[],
): string | null {
  const [first = ''] = lines
  const sign = separatorOf(first)
  if (json || !signs.includes(sign)) return null
  const columns = columnsNamed(cellsOf(first, sign) ?? [])
  const isNamedTable = extensions.some((extension) => name.toLowerCase().endsWith(extension))
  if (!hasTriples(columns) && !(isNamedTable && columns.of.text !== undefined)) return null
  return `columns set apart by ${separators[sign]}, named as ${describeColumns(columns)}`
}
