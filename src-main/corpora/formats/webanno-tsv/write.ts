/** Docs → a folder of WebAnno TSV files. What was read and not changed is written as it stood, and other layers always are. */
import type { Sink } from '#main/core/sink'
import type { AnnotatedDoc } from '#main/document/annotated-doc'
import type { LabelSet } from '#main/labels/label-set'
import { createOffsetTable, type OffsetTable } from '#main/text/code-points'
import { createFileNames } from '../../shared/file-names.ts'
import { escapeText, escapeValue } from './cells.ts'
import { markColumns, markedSegments, type MarkColumns } from './columns.ts'
import { layoutOf, sourceOf, type Block, type Layout } from './layout.ts'
import { typeColumn } from './layers.ts'
import { segmentKey, type Segment } from './segments.ts'
import { isUnchanged } from './unchanged.ts'

export async function writeWebannoTsv(docs: AsyncIterable<AnnotatedDoc>, _labels: LabelSet, sink: Sink): Promise<void> {
  const nameOf = createFileNames()
  for await (const doc of docs) await sink.beside(`${nameOf(doc.id, /\.tsv$/i)}.tsv`).write(tsvOf(doc))
}

export function tsvOf(doc: AnnotatedDoc): string {
  const source = sourceOf(doc)
  if (source !== null && isUnchanged(doc, source)) return source
  const layout = layoutOf(doc)
  const rows = rowsOf(doc, layout)
  const addresses = new Map(rows.map(({ segment, address }) => [segmentKey(segment), address]))
  const cells = markColumns(doc, layout)((segment) => addresses.get(segmentKey(segment)) ?? '')
  const table = createOffsetTable(doc.text)
  const moved = movedAddresses(layout, addresses)
  const head = layout.layers.map(({ kind, name, columns }) => `#T_${codes[kind]}=${[name, ...columns].join('|')}\n`)
  const bySentence = Map.groupBy(rows, ({ sentence }) => sentence)
  const blocks = layout.blocks.map((block, index) =>
    [
      ...block.comments.map((comment) => `${comment}\n`),
      ...block.text.split('\n').map((line) => `#Text=${escapeText(line)}\n`),
      ...(bySentence.get(index) ?? []).map((row) => rowText(row, doc, layout, cells, table, moved)),
    ].join(''),
  )
  return `#FORMAT=WebAnno TSV ${layout.version}\n${head.join('')}\n\n${blocks.join('\n')}`
}

const codes = { span: 'SP', chain: 'CH', relation: 'RL' } as const

interface Row {
  readonly sentence: number
  readonly address: string
  readonly segment: Segment
}

/** A row for each word, and for each part of one on which a span or another layer stands. */
function rowsOf(doc: AnnotatedDoc, layout: Layout): Row[] {
  const parts = new Map<number, Map<string, Segment>>()
  const note = (segment: Segment): void => {
    const own = parts.get(segment.token) ?? new Map<string, Segment>()
    parts.set(segment.token, own.set(segmentKey(segment), segment))
  }
  markedSegments(doc, layout).forEach(note)
  for (const [key, { cells }] of layout.rows) {
    const [token = 0, start = 0, end = 0] = key.split(':').map(Number)
    const others = layout.roles.others.flatMap(({ first, columns }) => cells.slice(first, first + columns.length))
    if (others.some((cell) => cell !== '_')) note({ token, start, end })
  }
  return layout.blocks.flatMap(({ words }, sentence) => wordRows(doc, words, sentence, parts))
}

function wordRows(
  { tokens }: AnnotatedDoc,
  words: Block['words'],
  sentence: number,
  parts: ReadonlyMap<number, ReadonlyMap<string, Segment>>,
): Row[] {
  return tokens.slice(words.start, words.end).flatMap(({ start, end }, at): Row[] => {
    const token = words.start + at
    const whole = { token, start, end }
    const address = `${sentence + 1}-${at + 1}`
    const inner = [...(parts.get(token)?.values() ?? [])]
      .filter((segment) => segmentKey(segment) !== segmentKey(whole))
      .sort((a, b) => a.start - b.start || b.end - a.end)
    return [
      { sentence, address, segment: whole },
      ...inner.map((segment, index) => ({ sentence, address: `${address}.${index + 1}`, segment })),
    ]
  })
}

/** Addresses of parts of words that other layers may name and that have moved, with the new ones. */
function movedAddresses({ rows }: Layout, addresses: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  const moved = Array.from(rows, ([key, { address }]) => [address, addresses.get(key) ?? address] as const)
  return new Map(moved.filter(([before, after]) => before !== after))
}

function rowText(
  { address, segment }: Row,
  doc: AnnotatedDoc,
  { layers, roles, rows }: Layout,
  marks: MarkColumns['cells'],
  table: OffsetTable,
  moved: ReadonlyMap<string, string>,
): string {
  const key = segmentKey(segment)
  const known = rows.get(key)
  const own = marks.get(key)
  const pos = doc.tokens[segment.token]?.pos
  const cells = layers.flatMap((layer): readonly string[] => {
    if (layer === roles.entities || layer === roles.relations) return own?.get(layer) ?? layer.columns.map(() => '_')
    if (known)
      return known.cells.slice(layer.first, layer.first + layer.columns.length).map((cell) => readdress(cell, moved))
    const isPos = layer === roles.pos && !address.includes('.') && pos !== undefined && rows.size === 0
    return layer.columns.map((_, at) => (isPos && at === typeColumn(layer) ? escapeValue(pos) : '_'))
  })
  const word = escapeText(table.slice(segment.start, segment.end))
  const offsets = `${table.unitOf(segment.start)}-${table.unitOf(segment.end)}`
  return `${[address, offsets, word, ...cells].join('\t')}\t\n`
}

function readdress(cell: string, moved: ReadonlyMap<string, string>): string {
  if (moved.size === 0) return cell
  return cell.replaceAll(/\d+-\d+\.\d+/g, (address) => moved.get(address) ?? address)
}
