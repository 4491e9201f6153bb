/** CSV and TSV: a row for each triple. The columns and their order never change without a new name of the format. */
import type { ExtractedRow } from '#main/document/extracted-row'
import { csvText, tableRow } from '#main/text/csv'
import { onlyTriples, type ResultFormat, type WriteOptions } from './result-writer.ts'

const header = [
  ...['document', 'subject', 'subject_start', 'subject_end', 'subject_type', 'relation'],
  ...['object', 'object_start', 'object_end', 'object_type', 'probability', 'sentence', 'run'],
  ...['calibrated_probability', 'plausibility', 'verdict'],
]

export const csv: ResultFormat = table('.csv', ',')
export const tsv: ResultFormat = table('.tsv', '\t')

function table(extension: string, sign: ',' | '\t'): ResultFormat {
  return {
    ...{ layout: 'file', extension },
    open(sink, options) {
      let prefixed = 0
      const text = (rows: readonly (readonly string[])[]): string =>
        rows.map((cells) => tableRow(cells.map(safe), sign)).join('')
      const safe = (cell: string): string => {
        if (options.rawCells) return cell
        const written = csvText([[cell]]).slice(0, 1) === "'" || csvText([[cell]]).startsWith('"\'') ? `'${cell}` : cell
        if (written !== cell) prefixed++
        return written
      }
      return {
        begin: () => sink.write(`${options.byteOrderMark ? '\ufeff' : ''}${tableRow(header, sign)}`),
        write: (rows) => sink.write(text(rows.map((row) => cellsOf(row, options)))),
        end: async () => undefined,
        losses: () => [
          onlyTriples,
          ...(prefixed > 0
            ? [`${prefixed} cells begin with an apostrophe, because a spreadsheet would have run them as formulas`]
            : []),
        ],
      }
    },
  }
}

function cellsOf({ document, subject, relation, object, ...row }: ExtractedRow, { run }: WriteOptions): string[] {
  return [
    ...[document, subject.text, String(subject.start), String(subject.end), subject.type, relation],
    ...[object.text, String(object.start), String(object.end), object.type],
    ...[String(Number(row.probability.toFixed(4))), row.sentence, run.name],
    ...[String(row.calibratedProbability ?? ''), row.plausibility ?? '', row.verdict ?? ''],
  ]
}
