/** Rows of the table of extracted triples: made from documents, filtered, sorted, grouped by pair. */
import type { ExtractedDocument, ExtractedSpan } from '#main/document/extracted-document'
import type { TableSorting } from '#window/base/table-columns.ts'

export interface TripleRow {
  readonly key: string
  readonly document: string
  readonly subject: ExtractedSpan
  readonly relation: string
  readonly object: ExtractedSpan
  readonly probability: number
  readonly sentence: string
  /** Offset of the sentence in its document, in code points. */
  readonly sentenceStart: number
}

export function toTripleRows(documents: readonly ExtractedDocument[]): TripleRow[] {
  return documents.flatMap(({ document, sentences }, documentIndex) =>
    sentences.flatMap(({ text, start, triples }, sentenceIndex) =>
      triples.map((triple, index) => ({
        key: `${documentIndex}.${sentenceIndex}.${index}`,
        document,
        ...triple,
        sentence: text,
        sentenceStart: start,
      })),
    ),
  )
}

/** The rows that hold every word of the query in any of their texts; case is ignored. */
export function filterRows(rows: readonly TripleRow[], query: string): readonly TripleRow[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean)
  if (words.length === 0) return rows
  return rows.filter(({ subject, relation, object, sentence, document }) => {
    const text = [subject.text, relation, object.text, sentence, document].join('\n').toLowerCase()
    return words.every((word) => text.includes(word))
  })
}

/** Sorts rows by a column of the table of triples. Rows that compare equal keep their order, which is that of the text. */
export function sortRows(rows: readonly TripleRow[], { key, isDescending }: TableSorting): TripleRow[] {
  const sign = isDescending ? -1 : 1
  return rows.toSorted((a, b) => sign * compareBy(key, a, b))
}

function compareBy(column: string, a: TripleRow, b: TripleRow): number {
  if (column === 'probability') return a.probability - b.probability
  return compareNames(textOf(a, column), textOf(b, column))
}

function compareNames(a: string, b: string): number {
  return a.localeCompare(b, 'en', { numeric: true })
}

function textOf(row: TripleRow, column: string): string {
  if (column === 'subject') return row.subject.text
  if (column === 'object') return row.object.text
  return column === 'relation' ? row.relation : row.document
}

/** All triples between the same two texts in the same direction. */
export interface PairGroup {
  readonly key: string
  readonly subject: string
  readonly object: string
  readonly relations: readonly { readonly name: string; readonly count: number }[]
  /** Number of sentences that hold such a triple. */
  readonly support: number
  readonly bestProbability: number
  readonly rows: readonly TripleRow[]
}

/** Groups rows by pair: those with the most support first, equal ones by their names. */
export function groupByPair(rows: readonly TripleRow[]): PairGroup[] {
  const groups = Map.groupBy(rows, ({ subject, object }) => JSON.stringify([subject.text, object.text]))
  return [...groups]
    .map(([key, own]) => ({
      key,
      subject: own[0]?.subject.text ?? '',
      object: own[0]?.object.text ?? '',
      relations: [...Map.groupBy(own, ({ relation }) => relation)]
        .map(([name, { length: count }]) => ({ name, count }))
        .sort((a, b) => b.count - a.count),
      support: new Set(own.map((row) => `${row.key.split('.', 2).join('.')}`)).size,
      bestProbability: Math.max(...own.map(({ probability }) => probability)),
      rows: own,
    }))
    .sort((a, b) => b.support - a.support || compareNames(a.subject, b.subject) || compareNames(a.object, b.object))
}
