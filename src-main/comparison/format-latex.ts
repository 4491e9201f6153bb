/** A comparison as a LaTeX table with the rules of booktabs; what is said below it stands in comments. */
import type { ComparisonRow } from './comparison-table.ts'

export function toLatex(
  caption: string,
  titles: readonly string[],
  rows: readonly { readonly kind: ComparisonRow['kind']; readonly cells: readonly string[] }[],
  notes: readonly string[],
): string {
  const line = (cells: readonly string[]): string => `${cells.map(escapeLatex).join(' & ')} \\\\`
  const firstBound = rows.findIndex(({ kind }) => kind === 'floor' || kind === 'oracle')
  return [
    // a line break would end the comment
    ...[caption, ...notes].map((text) => `% ${text.replaceAll(/\s+/g, ' ')}`),
    `\\begin{tabular}{l${'r'.repeat(titles.length - 1)}}`,
    '\\toprule',
    line(titles),
    '\\midrule',
    ...rows.flatMap(({ cells }, at) => (at === firstBound && at > 0 ? ['\\midrule', line(cells)] : [line(cells)])),
    '\\bottomrule',
    '\\end{tabular}',
    '',
  ].join('\n')
}

const latexSigns: Readonly<Record<string, string>> = {
  '\\': '\\textbackslash{}',
  '~': '\\textasciitilde{}',
  '^': '\\textasciicircum{}',
  '±': '$\\pm$',
  '−': '$-$',
  '<': '$<$',
}

function escapeLatex(cell: string): string {
  return cell.replaceAll(/[\\~^&%$#_{}±−<]/g, (sign) => latexSigns[sign] ?? `\\${sign}`)
}
