/** Geometry of a drag over the sentence: the word nearest the pointer, the range a dragged bound makes, in words or characters. */
import type { Range } from '#main/document/edit'
import type { Chars } from '#main/document/span'
import { cutEdges, type Cut } from '#window/features/annotate/scene/cut.ts'
import type { ScenePoint } from '#window/common/keys/scene-point.ts'
import type { TokenLine } from '#window/features/annotate/scene/lines.ts'

type PlacedLine = TokenLine & { readonly top: number; readonly wordTop: number }

/** The word at a point, or the nearest to it: a pointer that slips off the words still moves along their line. */
export function tokenNear(lines: readonly PlacedLine[], { x, y }: ScenePoint): number {
  const line = lines.findLast(({ top }) => top <= y) ?? lines[0]
  const cell = line?.cells.findLast(({ left }) => left <= x) ?? line?.cells[0]
  return cell?.token ?? 0
}

/** The range whose bound has been dragged to a word; one word is left at least. */
export function movedBound({ start, end }: Range, side: 'start' | 'end', token: number): Range {
  if (side === 'start') return { start: Math.min(token, end - 1), end }
  return { start, end: Math.max(token, start) + 1 }
}

/** Range that a drag from one place to another makes: it moves the nearer bound of the chosen span, where it began inside it. */
export function draggedChars(from: number, to: number, chosen: Chars | null): Chars {
  if (!chosen || from < chosen.start || from > chosen.end) return { start: Math.min(from, to), end: Math.max(from, to) }
  return moveNearer(chosen, from, to)
}

/** The bound that is nearer to a place moves to another; it does not pass the other bound. */
export function moveNearer({ start, end }: Chars, from: number, to: number): Chars {
  return from - start < end - from ? { start: Math.min(to, end - 1), end } : { start, end: Math.max(to, start + 1) }
}

/** A part of a range that stands on one line. */
export interface RangePiece {
  readonly left: number
  readonly width: number
  /** Top of the words. */
  readonly top: number
  readonly isFirst: boolean
  readonly isLast: boolean
}

/** Boxes in which a range would be marked, line by line. */
export function piecesOf({ start, end }: Range, lines: readonly PlacedLine[], cut?: Cut): RangePiece[] {
  return lines.flatMap(({ cells, wordTop }): RangePiece[] => {
    const inside = cells.filter(({ token }) => start <= token && token < end)
    const [first, last] = [inside[0], inside.at(-1)]
    if (!first || !last) return []
    const ends = { isFirst: first.token === start, isLast: last.token === end - 1 }
    return [{ ...cutEdges([first, last], ends, cut), top: wordTop, ...ends }]
  })
}
