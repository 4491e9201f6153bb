/** What a drag over the sentence means in words: the word nearest the pointer, the range a dragged bound makes. */
import type { Range } from '#main/document/edit'
import type { TokenLine } from './annotate-lines.ts'

/** Pixels of the scene, x in reading direction. */
export interface ScenePoint {
  readonly x: number
  readonly y: number
}

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

/** A part of a range that stands on one line. */
export interface RangePiece {
  readonly left: number
  readonly width: number
  /** Top of the words. */
  readonly top: number
  readonly isFirst: boolean
  readonly isLast: boolean
}

/** Where a range would be marked, line by line. */
export function piecesOf({ start, end }: Range, lines: readonly PlacedLine[]): RangePiece[] {
  return lines.flatMap(({ cells, wordTop }): RangePiece[] => {
    const inside = cells.filter(({ token }) => start <= token && token < end)
    const [first, last] = [inside[0], inside.at(-1)]
    if (!first || !last) return []
    const width = last.left + last.width - first.left
    return [{ left: first.left, width, top: wordTop, isFirst: first.token === start, isLast: last.token === end - 1 }]
  })
}
