/** Marks: the boxes under the text, one per span and line, in lanes where spans overlap. */
import type { SpanPlace } from '#main/document/arc'
import type { Remark } from '#main/document/remark'
import { cutEdges, type Cut } from './cut.ts'
import type { TokenLine } from './lines.ts'

/** Span to be marked: of gold or suggested. */
export interface Markable {
  readonly id: string
  readonly kind: 'gold' | 'suggested'
  readonly start: number
  readonly end: number
  readonly label: string
  readonly probability?: number | undefined
  /** Characters at which it begins or ends within a word. */
  readonly cut?: Cut | undefined
  /** Remark of a person on the span. */
  readonly remark?: Remark | undefined
}

export interface Mark extends Markable {
  readonly line: number
  /** In reading direction, in pixels. */
  readonly left: number
  readonly width: number
  /** 0 is the box round the text; higher lanes are bars below it. */
  readonly lane: number
  /** Is this the piece with the span's first, or last, token? */
  readonly isFirst: boolean
  readonly isLast: boolean
}

/** The pieces of all marks, drawn or not, line by line, each line in reading order. */
export function placeMarks(
  items: readonly Markable[],
  lines: readonly TokenLine[],
  laneOf: ReadonlyMap<string, number>,
): Mark[][] {
  const lineOf = lines.flatMap(({ cells }, line) => cells.map(() => line))
  const pieces = lines.map((): Mark[] => [])
  for (const item of items) {
    const lane = laneOf.get(item.id) ?? 0
    const [from, to] = [lineOf[item.start], lineOf[item.end - 1]]
    if (from === undefined || to === undefined) continue
    for (let line = from; line <= to; line++) {
      const { cells } = lines[line] ?? { cells: [] }
      const offset = cells[0]?.token ?? 0 // the tokens of a line follow each other
      const first = cells[Math.max(0, item.start - offset)]
      const last = cells[Math.min(cells.length, item.end - offset) - 1]
      if (!first || !last) continue
      const [isFirst, isLast] = [first.token === item.start, last.token === item.end - 1]
      const edges = cutEdges([first, last], { isFirst, isLast }, item.cut)
      pieces[line]?.push({ ...item, line, lane, ...edges, isFirst, isLast })
    }
  }
  return pieces.map((here) => here.sort((a, b) => a.left - b.left))
}

/** Pieces of the spans that arcs attach to: the first of each. */
export function placesOf(marks: readonly (readonly Mark[])[]): Map<string, SpanPlace> {
  const places = new Map<string, SpanPlace>()
  for (const { id, line, left, width } of marks.flat())
    if (!places.has(id)) places.set(id, { line, left, right: left + width })
  return places
}
