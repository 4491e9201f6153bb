/** Writes a comparison table for files and the clipboard. */
import type { ComparisonTable } from '#main/comparison/comparison-table'
import { formatComparison, type Written } from '#main/comparison/format-comparison'

export const tableFormats = [
  { format: 'markdown', title: 'Markdown', extension: 'md', mediaType: 'text/markdown' },
  { format: 'latex', title: 'LaTeX', extension: 'tex', mediaType: 'application/x-tex' },
  { format: 'csv', title: 'CSV', extension: 'csv', mediaType: 'text/csv' },
] as const
export type TableFormat = (typeof tableFormats)[number]

/** Name of a file such as "webnlg-star-test-partial.tex": letters, digits, dots and dashes only, which every system takes. */
export function fileName(title: string, extension: string): string {
  return `${title.replaceAll(/[^\p{L}\p{N}.]+/gu, '-').replaceAll(/^-+|-+$/g, '')}.${extension}`
}

export function tableFileName({ corpusName, split, match }: ComparisonTable, { extension }: TableFormat): string {
  return fileName(`${corpusName}-${split}-${match}`, extension)
}

export function tableText({ table, ...shown }: Written, { format }: TableFormat): string {
  return formatComparison(table, format, shown)
}
