/** The marks of a Doc, as writers of annotation tools need them: by characters of the whole text, each once, in reading order. */
import type { AnnotatedDoc, DocLayer, SentenceAnnotation } from '#main/document/annotated-doc'
import type { AnnotatedRelation, AnnotatedSpan } from '#main/document/annotation'
import { charsOf } from '#main/document/char-bounds'
import type { Chars } from '#main/document/span'
import { createOffsetTable, type OffsetTable } from '#main/text/code-points'
import { unplacedOf } from './unplaced.ts'

export interface DocSpan extends Chars {
  readonly text: string
  readonly span: AnnotatedSpan
  /** Index of its sentence. */
  readonly sentence: number
}

export interface DocRelation {
  /** Indices into `DocMarks.spans`. */
  readonly subject: number
  readonly object: number
  readonly relation: AnnotatedRelation
}

export interface DocMarks {
  readonly spans: readonly DocSpan[]
  readonly relations: readonly DocRelation[]
}

/** White space at the ends of a span is left out, and a span of white space alone, as readers do. */
export function marksOf(
  doc: AnnotatedDoc,
  annotations: readonly (SentenceAnnotation | null)[] = doc.annotations,
): DocMarks {
  const { spans, indexOf } = spansOf(doc, annotations)
  const relations = annotations.flatMap((annotation, sentence) =>
    (annotation?.relations ?? []).map((relation) => ({
      relation,
      subject: indexOf.get(keyOf(sentence, relation.subject)),
      object: indexOf.get(keyOf(sentence, relation.object)),
    })),
  )
  return { spans, relations: sorted(relations) }
}

/** The marks of a Doc, or of one of its layers, with those that a file gave and a Doc has no place for. */
export function allMarksOf(doc: AnnotatedDoc, layer?: DocLayer): DocMarks {
  const placed = marksOf(doc, layer?.annotations ?? doc.annotations)
  const unplaced = unplacedOf(doc, layer?.name)
  if (unplaced.spans.length === 0 && unplaced.relations.length === 0) return placed
  const table = createOffsetTable(doc.text)
  const spans = [
    ...placed.spans,
    ...unplaced.spans.map(({ id, start, end, label, provenance }): DocSpan => ({
      ...{ start, end, text: table.slice(start, end), sentence: -1 },
      span: { id, start: 0, end: 0, label, provenance },
    })),
  ]
  const indexOf = new Map(spans.map(({ span }, index) => [span.id, index]))
  const relations = unplaced.relations.map((relation) => ({
    ...{ relation, subject: indexOf.get(relation.subject), object: indexOf.get(relation.object) },
  }))
  return { spans, relations: sorted([...placed.relations, ...relations]) }
}

/** Relations whose ends are there, each once, in reading order. */
function sorted(relations: readonly UncheckedRelation[]): DocRelation[] {
  const byKey = new Map<string, DocRelation>()
  for (const { relation, subject, object } of relations) {
    const key = JSON.stringify([subject, relation.type, object])
    if (subject !== undefined && object !== undefined && !byKey.has(key)) byKey.set(key, { relation, subject, object })
  }
  return [...byKey.values()].sort(
    (a, b) => a.subject - b.subject || a.object - b.object || compare(a.relation.type, b.relation.type),
  )
}

interface UncheckedRelation {
  readonly relation: AnnotatedRelation
  readonly subject: number | undefined
  readonly object: number | undefined
}

function spansOf(doc: AnnotatedDoc, annotations: readonly (SentenceAnnotation | null)[]) {
  const table = createOffsetTable(doc.text)
  const all = annotations.flatMap((annotation, sentence) => {
    const { start = 0, end = 0 } = doc.sentences[sentence] ?? {}
    const textStart = doc.tokens[start]?.start ?? 0
    const tokens = doc.tokens
      .slice(start, end)
      .map((token) => ({ start: token.start - textStart, end: token.end - textStart }))
    return (annotation?.spans ?? []).flatMap((span): DocSpan[] => {
      const chars = charsOf(span, tokens)
      const place = trimmed({ start: chars.start + textStart, end: chars.end + textStart }, table)
      return place ? [{ ...place, span, sentence }] : []
    })
  })
  all.sort((a, b) => a.start - b.start || b.end - a.end || compare(a.span.label, b.span.label))
  const spans: DocSpan[] = []
  const indexOf = new Map<string, number>()
  for (const one of all) {
    const last = spans.at(-1)
    const isRepeated = last?.start === one.start && last.end === one.end && last.span.label === one.span.label
    if (!isRepeated) spans.push(one)
    indexOf.set(keyOf(one.sentence, one.span.id), spans.length - 1)
  }
  return { spans, indexOf }
}

function keyOf(sentence: number, id: string): string {
  return `${sentence}:${id}`
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

function trimmed({ start, end }: Chars, table: OffsetTable): (Chars & { readonly text: string }) | null {
  const text = table.slice(start, end)
  const inner = text.trim()
  if (inner === '') return null
  const before = text.length - text.trimStart().length
  const from = start + before // white space is never a character of two units
  return { start: from, end: from + [...inner].length, text: inner }
}
