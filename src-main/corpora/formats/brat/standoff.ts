/** Lines of brat's standoff annotation (.ann), each by what it says. */
import type { TextRange } from '#main/text/range'
import { RecordError } from '../../shared/problem-log.ts'

/** T1⇥PER 0 4;15 21⇥left valves */
export interface SpanLine {
  readonly kind: 'span'
  readonly id: string
  readonly type: string
  readonly fragments: readonly TextRange[]
  /** The text as the line repeats it, fragments joined by spaces; null where the column is missing. */
  readonly text: string | null
}

/** R1⇥founder_of Arg1:T1 Arg2:T2 */
export interface RelationLine {
  readonly kind: 'relation'
  readonly id: string
  readonly type: string
  readonly subject: string
  readonly object: string
}

/** #1⇥AnnotatorNotes T1⇥a note */
export interface NoteLine {
  readonly kind: 'note'
  readonly target: string
  readonly note: string
}

/** Events, attributes, normalisations, equivalences and whatever else: kept as they stand. */
export interface OtherLine {
  readonly kind: 'other'
  /** null for equivalences and lines that cannot be read. */
  readonly id: string | null
  /** Ids that the line refers to. */
  readonly refers: readonly string[]
  /** Id of the trigger, in the line of an event. */
  readonly trigger: string | null
}

export type StandoffLine = SpanLine | RelationLine | NoteLine | OtherLine

/** @throws RecordError that says what was expected. */
export function parseLine(line: string): StandoffLine {
  if (line.startsWith('T')) return parseSpan(line)
  if (line.startsWith('R')) return parseRelation(line)
  const [, target, note] = /^#\d+\tAnnotatorNotes (\S+)\t(.*)$/.exec(line) ?? []
  if (target !== undefined && note !== undefined) return { kind: 'note', target, note }
  const [id = '', data = ''] = line.split('\t')
  if (!/^(?:[TREAMN#]\d+|\*)$/.test(id))
    throw new RecordError(`expected a line that begins with an id such as T1, R1 or A1, found "${shorten(line)}"`)
  const refers = Array.from(data.matchAll(/(?:^|[\s:])([TRE]\d+)(?=\s|$)/g), ([, ref = '']) => ref)
  const trigger = id.startsWith('E') ? (/^[^\s:]+:(T\d+)/.exec(data)?.[1] ?? null) : null
  return { kind: 'other', id: id === '*' ? null : id, refers, trigger }
}

function parseSpan(line: string): SpanLine {
  const [, id, type, ranges, text] = /^(T\d+)\t(\S+) (\d+ \d+(?:;\d+ \d+)*)(?:\t(.*))?$/s.exec(line) ?? []
  if (id === undefined || type === undefined || ranges === undefined)
    throw new RecordError(`expected "T1, tab, type start end, tab, text", found "${shorten(line)}"`)
  const fragments = ranges.split(';').map((range) => {
    const [start = 0, end = 0] = range.split(' ').map(Number)
    return { start, end }
  })
  return { kind: 'span', id, type, fragments, text: text ?? null }
}

/** Arg1 is the subject, whichever stands first; arguments of other names are taken in their order. */
function parseRelation(line: string): RelationLine {
  const [, id, type, rest = ''] = /^(R\d+)\t(\S+)((?: [^\s:]+:\S+){2})\s*$/.exec(line) ?? []
  const [first, second] = Array.from(rest.matchAll(/([^\s:]+):(\S+)/g), ([, role = '', target = '']) => ({
    role,
    target,
  }))
  if (id === undefined || type === undefined || !first || !second)
    throw new RecordError(`expected "R1, tab, type Arg1:T1 Arg2:T2", found "${shorten(line)}"`)
  const isTurned = first.role === 'Arg2' && second.role === 'Arg1'
  const [subject, object] = isTurned ? [second, first] : [first, second]
  return { kind: 'relation', id, type, subject: subject.target, object: object.target }
}

function shorten(line: string): string {
  return line.length > 60 ? `${line.slice(0, 59)}…` : line
}

export function spanLine(id: string, type: string, { start, end }: TextRange, text: string): string {
  return `${id}\t${type} ${start} ${end}\t${text.replaceAll(/[\r\n]/g, ' ')}`
}

export function relationLine(id: string, type: string, subject: string, object: string): string {
  return `${id}\t${type} Arg1:${subject} Arg2:${object}`
}

export function noteLine(number: number, target: string, note: string): string {
  return `#${number}\tAnnotatorNotes ${target}\t${noteText(note)}`
}

/** A note as one line can hold it. */
export function noteText(note: string): string {
  return note.replaceAll(/[\r\n\t]+/g, ' ')
}
