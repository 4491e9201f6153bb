/** The lines of an .ann over its text: which are spans and relations of the Doc, and which are kept as they stand. */
import type { AnnotatedRelation, Provenance } from '#main/document/annotation'
import type { Remarkable } from '#main/document/remark'
import type { Mark, Marks } from '../../shared/marks.ts'
import { RecordError } from '../../shared/problem-log.ts'
import { chooseCounting, type Counting } from './counting.ts'
import { parseLine, type RelationLine, type SpanLine, type StandoffLine } from './standoff.ts'

export interface AnnLine {
  /** As it stands, without its end. */
  readonly raw: string
  /** LF, CR LF or, for a last line, nothing. */
  readonly end: string
  /** null for an empty line and one that cannot be read. */
  readonly parsed: StandoffLine | null
  /** Span or relation that it became. */
  readonly item?: Mark | AnnotatedRelation
  /** Why it became none, and whether it is wrong or only has no place in a Doc. */
  readonly fault?: LineFault
}

export interface LineFault {
  readonly message: string
  readonly isWrong: boolean
}

export interface Annotations {
  readonly lines: readonly AnnLine[]
  readonly marks: Marks
  readonly counting: Counting
  readonly joinedFragments: number
  readonly repeatedIds: number
}

export function readAnnotations(text: string, ann: string, provenance: Provenance): Annotations {
  const stated = splitLines(ann).map(readLine)
  const parsed = stated.flatMap((line) => (line.parsed ? [line.parsed] : []))
  const counting = chooseCounting(
    text,
    parsed.filter((line) => line.kind === 'span'),
  )
  const triggers = new Set(parsed.map((line) => (line.kind === 'other' ? line.trigger : null)))
  const ids = createIds(parsed)
  const remarks = remarksOf(parsed)
  let joinedFragments = 0

  const spanOf = (line: SpanLine): Pick<AnnLine, 'item' | 'fault'> => {
    if (triggers.has(line.id)) return {}
    const place = counting.place(line)
    if ('fault' in place) return { fault: { message: `${line.id}: ${place.fault}`, isWrong: place.isWrong } }
    if (place.isJoined) joinedFragments++
    const id = ids.take(line.id)
    return { item: { id, ...place.range, label: line.type, provenance, ...remarks.get(id) } }
  }
  const withSpans = stated.map((line) => (line.parsed?.kind === 'span' ? { ...line, ...spanOf(line.parsed) } : line))
  const spans = withSpans.flatMap(({ item }) => (item && 'label' in item ? [item] : []))
  const [shown, defined] = [new Set(spans.map(({ id }) => id)), new Set(parsed.map(idOf))]

  const relationOf = ({ id, type, subject, object }: RelationLine): Pick<AnnLine, 'item' | 'fault'> => {
    const missing = [subject, object].find((end) => !shown.has(end))
    if (missing === undefined) {
      const own = ids.take(id)
      return { item: { id: own, subject, object, type, provenance, ...remarks.get(own) } }
    }
    return defined.has(missing)
      ? { fault: { message: `${id}: it joins ${missing}, which is no span that is shown`, isWrong: false } }
      : { fault: { message: `${id}: it joins ${missing}, which the file does not have`, isWrong: true } }
  }
  const lines = withSpans.map((line): AnnLine =>
    line.parsed?.kind === 'relation' ? { ...line, ...relationOf(line.parsed) } : line,
  )
  const relations = lines.flatMap(({ item }) => (item && 'subject' in item ? [item] : []))
  return { lines, marks: { spans, relations }, counting, joinedFragments, repeatedIds: ids.repeated() }
}

function readLine({ raw, end }: Pick<AnnLine, 'raw' | 'end'>): AnnLine {
  if (raw.trim() === '') return { raw, end, parsed: null }
  try {
    return { raw, end, parsed: parseLine(raw) }
  } catch (error) {
    if (!(error instanceof RecordError)) throw error
    return { raw, end, parsed: null, fault: { message: error.message, isWrong: true } }
  }
}

function splitLines(text: string): Pick<AnnLine, 'raw' | 'end'>[] {
  const parts = text.split(/(\r?\n)/)
  return Array.from({ length: Math.ceil(parts.length / 2) }, (_, at) => ({
    raw: parts[2 * at] ?? '',
    end: parts[2 * at + 1] ?? '',
  })).filter(({ raw, end }) => raw !== '' || end !== '')
}

export function idOf(line: StandoffLine): string | null {
  return line.kind === 'note' ? null : line.id
}

/** An id that stands again in the file becomes the next number that is free; what refers to it means the first. */
function createIds(lines: readonly StandoffLine[]) {
  const used = new Set<string>()
  const numbers = lines.map((line) => Number(idOf(line)?.slice(1) ?? 0))
  let next = numbers.reduce((most, number) => Math.max(most, number), 0) + 1
  let repeated = 0
  return {
    take(id: string): string {
      const own = used.has(id) ? `${id.charAt(0)}${next++}` : id
      if (own !== id) repeated++
      used.add(own)
      return own
    },
    repeated: () => repeated,
  }
}

/** The notes on each id, several of them as lines of one. */
function remarksOf(lines: readonly StandoffLine[]): ReadonlyMap<string, Remarkable> {
  const notes = lines.flatMap((line) => (line.kind === 'note' && line.note !== '' ? [line] : []))
  return new Map(
    Array.from(
      Map.groupBy(notes, ({ target }) => target),
      ([target, own]) => [target, { remark: { note: own.map(({ note }) => note).join('\n'), isFlagged: false } }],
    ),
  )
}
