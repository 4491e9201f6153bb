/** An .ann with what has changed since it was read: lines that still hold stay as they stand, in their places. */
import type { AnnotatedDoc } from '#main/document/annotated-doc'
import type { AnnotatedRelation } from '#main/document/annotation'
import { createOffsetTable } from '#main/text/code-points'
import type { TextRange } from '#main/text/range'
import { placeMark } from '../../shared/mark-words.ts'
import { idOf, readAnnotations, type AnnLine } from './annotations.ts'
import { itemsOf, type Items, type RelationItem, type SpanItem } from './items.ts'
import { noteLine, noteText, relationLine, spanLine, type NoteLine } from './standoff.ts'

export interface MergedLines {
  readonly text: string
  /** Number of lines that are left out since they refer to a span or relation that is gone. */
  readonly dropped: number
}

/** null for a line that is left out, else the line. */
type Fate = string | null

export function mergeLines(doc: AnnotatedDoc, source: string): MergedLines {
  const { lines, counting } = readAnnotations(doc.text, source, { origin: 'import', author: '' })
  const items = itemsOf(doc, new Set(lines.flatMap(({ parsed }) => (parsed ? [idOf(parsed) ?? ''] : []))))
  const fates = fatesOf(doc, lines, items)
  const added = addedLines(lines, items)
  const isChanged = added.length > 0 || fates.some((fate, index) => fate !== lines[index]?.raw)
  if (counting.unit !== null && isChanged) countAsUsual(lines, fates, items)
  const dropped = lines.filter(({ parsed }, index) => parsed?.kind === 'other' && fates[index] === null).length
  const kept = lines.flatMap(({ end }, index) => {
    const fate = fates[index] ?? null
    return fate === null ? [] : [fate + end]
  })
  const before = kept.join('')
  const isOpen = added.length > 0 && before !== '' && !before.endsWith('\n')
  return { text: `${before}${isOpen ? '\n' : ''}${added.map((line) => `${line}\n`).join('')}`, dropped }
}

function fatesOf(doc: AnnotatedDoc, lines: readonly AnnLine[], items: Items): Fate[] {
  const spanOf = createSpanLookup(doc, lines, items)
  const relationById = new Map(items.relations.map((relation) => [relation.id, relation]))
  const triples = new Set(items.relations.map(tripleKey))
  const noteFate = createNoteFates(lines, items)
  const fates = lines.map(({ raw, item, parsed }): Fate => {
    if (!item) return parsed?.kind === 'note' ? noteFate(raw, parsed) : raw
    if ('label' in item) {
      const span = spanOf(item.id)
      return span === 'never' || span?.isSame ? raw : span && spanLine(span.id, span.type, span, span.text)
    }
    const [subject, object] = [spanOf(item.subject), spanOf(item.object)]
    if (subject === 'never' || object === 'never') return raw
    return subject && object ? relationFate(raw, item, relationById.get(item.id), { subject, object }, triples) : null
  })
  dropReferences(lines, fates)
  return fates
}

/** The span that a mark of the file is now; `isSame` when nothing of it changed. */
interface SpanNow extends SpanItem {
  readonly isSame: boolean
}

/** null for a mark that is gone, 'never' for one that holds no word and never became a span. */
function createSpanLookup(doc: AnnotatedDoc, lines: readonly AnnLine[], { spans }: Items) {
  const table = createOffsetTable(doc.text)
  const byId = new Map(spans.map((span) => [span.id, span]))
  const byPlace = new Map(spans.map((span) => [placeKey(span, span.type), span]))
  const marks = new Map(lines.flatMap(({ item }) => (item && 'label' in item ? [[item.id, item] as const] : [])))
  return (id: string): SpanNow | 'never' | null => {
    const mark = marks.get(id)
    const place = mark && placeMark(mark, doc.tokens, table)
    if (!mark || !place) return 'never'
    const [first, last] = [doc.tokens[place.start], doc.tokens[place.end - 1]]
    const chars = place.chars ?? { start: first?.start ?? 0, end: last?.end ?? 0 }
    // a mark that repeats another is that other one
    const span = byId.get(id) ?? byPlace.get(placeKey(chars, mark.label))
    return span ? { ...span, isSame: placeKey(span, span.type) === placeKey(chars, mark.label) } : null
  }
}

function relationFate(
  raw: string,
  stated: AnnotatedRelation,
  own: RelationItem | undefined,
  { subject, object }: { readonly subject: SpanNow; readonly object: SpanNow },
  triples: ReadonlySet<string>,
): Fate {
  if (own) {
    const isSame = own.subject === subject.id && own.object === object.id && own.type === stated.type
    return isSame ? raw : relationLine(own.id, own.type, own.subject, own.object)
  }
  const isRepeat = triples.has(tripleKey({ subject: subject.id, type: stated.type, object: object.id }))
  return isRepeat ? raw : null
}

/** The fate of notes: the first on an item takes all that is noted on it now. */
function createNoteFates(
  lines: readonly AnnLine[],
  { spans, relations }: Items,
): (raw: string, note: NoteLine) => Fate {
  const stated = new Map(
    lines.flatMap(({ item }) => (item ? [[item.id, noteText(item.remark?.note ?? '')] as const] : [])),
  )
  const now = new Map([...spans, ...relations].map(({ id, note }) => [id, note]))
  const rewritten = new Set<string>()
  return (raw, { target }) => {
    const [before, after] = [stated.get(target), now.get(target)]
    if (before === undefined || after === undefined || before === after) return raw
    const isFirst = !rewritten.has(target)
    rewritten.add(target)
    return isFirst && after !== '' ? noteLine(Number(/\d+/.exec(raw)?.[0]), target, after) : null
  }
}

/** Leaves out what refers to a line that is left out, until nothing does. */
function dropReferences(lines: readonly AnnLine[], fates: Fate[]): void {
  const gone = new Set<string>()
  for (let before = -1; before < gone.size;) {
    before = gone.size
    lines.forEach(({ parsed }, index) => {
      if (!parsed) return
      const id = idOf(parsed)
      if (refersTo(parsed).some((ref) => gone.has(ref))) fates[index] = null
      if (fates[index] === null && id !== null) gone.add(id)
    })
  }
}

function refersTo(parsed: NonNullable<AnnLine['parsed']>): readonly string[] {
  switch (parsed.kind) {
    case 'note':
      return [parsed.target]
    case 'relation':
      return [parsed.subject, parsed.object]
    case 'other':
      return parsed.refers
    case 'span':
      return []
  }
}

function countAsUsual(lines: readonly AnnLine[], fates: Fate[], { spans }: Items): void {
  const byId = new Map(spans.map((span) => [span.id, span]))
  lines.forEach(({ item }, index) => {
    const span = byId.get(item?.id ?? '')
    if (span && fates[index] !== null) fates[index] = spanLine(span.id, span.type, span, span.text)
  })
}

/** Lines of what the file does not have yet. */
function addedLines(lines: readonly AnnLine[], { spans, relations }: Items): string[] {
  const known = new Set(lines.map(({ item }) => item?.id))
  const noted = new Set(lines.map(({ parsed }) => (parsed?.kind === 'note' ? parsed.target : null)))
  const numbers = lines.map(({ raw }) => Number(/^#(\d+)/.exec(raw)?.[1] ?? 0))
  let next = numbers.reduce((most, number) => Math.max(most, number), 0) + 1
  const isNew = ({ id }: SpanItem | RelationItem): boolean => !known.has(id)
  return [
    ...spans.filter(isNew).map((span) => spanLine(span.id, span.type, span, span.text)),
    ...relations.filter(isNew).map(({ id, type, subject, object }) => relationLine(id, type, subject, object)),
    ...[...spans, ...relations]
      .filter(({ id, note }) => note !== '' && !noted.has(id))
      .map(({ id, note }) => noteLine(next++, id, note)),
  ]
}

function placeKey({ start, end }: TextRange, type: string): string {
  return `${start}:${end}:${type}`
}

function tripleKey({ subject, type, object }: Pick<RelationItem, 'subject' | 'object' | 'type'>): string {
  return `${subject} ${type} ${object}`
}
