/**
 * Labels of arcs: where along its arc a label stands. It lies over no stem of a higher arc and, where there is room, above or
 * below no other label, so that levels may be close together. A label without room for its text is cut, or left out.
 */
import { contains, touches, type Interval } from './arc.ts'

/** LabelledPiece: an arc over one line as its label sees it. */
export interface LabelledPiece {
  /** From end to end, in pixels. */
  readonly reach: Interval
  /** Places at which its stems rise from the words. */
  readonly stems: readonly number[]
  /** Width of the text; null for a piece without a label. */
  readonly labelWidth: number | null
}

/** Clear space between a label and a stem, or another label, in pixels. */
const stemGap = 3
const labelGap = 6
/** Least width at which a cut label still says something. */
const leastLabel = 26
/** Share of its width to which a label is cut before it comes to stand close above or below another. */
const leastShare = 0.35

/** Labels of the pieces of one line, in the order of the pieces; null where there is none, or no room for one. */
export function placeLabels(pieces: readonly LabelledPiece[], lineWidth: number): (Interval | null)[] {
  const length = ({ reach }: LabelledPiece) => reach.right - reach.left
  const order = [...pieces.keys()].sort((a, b) => length(pieces[a]!) - length(pieces[b]!) || a - b) // indices of pieces
  const placed: (Interval | null)[] = pieces.map(() => null)
  for (const index of order) {
    const piece = pieces[index]! // likewise
    const width = piece.labelWidth
    if (width === null) continue
    const stems = pieces.flatMap((other) => (mayCross(other, piece) ? other.stems.map((x) => around(x, stemGap)) : []))
    const labels = placed.flatMap((label) =>
      label ? [{ left: label.left - labelGap, right: label.right + labelGap }] : [],
    )
    const range = rangeOf(piece, width, lineWidth)
    const middle = (piece.reach.left + piece.reach.right) / 2
    placed[index] =
      slotIn(range, width, middle, [...stems, ...labels]) ??
      widestIn(range, width * leastShare, [...stems, ...labels]) ??
      slotIn(range, width, middle, stems) ??
      widestIn(range, 0, stems)
  }
  return placed
}

/** Whether the stems of another piece may rise past the label: those of a piece that this one encloses lie below it. */
function mayCross(other: LabelledPiece, piece: LabelledPiece): boolean {
  return other !== piece && !(contains(piece.reach, other.reach) && !contains(other.reach, piece.reach))
}

/** Where a label may stand: within its arc, or across one that is shorter than the label. */
function rangeOf({ reach }: LabelledPiece, width: number, lineWidth: number): Interval {
  const spare = reach.right - reach.left >= width ? 0 : width
  const left = Math.max(0, Math.min(reach.left - spare, lineWidth - width))
  return { left, right: Math.min(lineWidth, Math.max(reach.right + spare, left + width)) }
}

/** The place of this width nearest the middle that no obstacle reaches into. */
function slotIn(range: Interval, width: number, middle: number, obstacles: readonly Interval[]): Interval | null {
  const wanted = middle - width / 2
  const places = gapsOf(range, obstacles)
    .filter(({ left, right }) => right - left >= width)
    .map(({ left, right }) => Math.max(left, Math.min(wanted, right - width)))
  if (places.length === 0) return null
  const left = places.reduce((best, place) => (Math.abs(place - wanted) < Math.abs(best - wanted) ? place : best))
  return { left, right: left + width }
}

/** The widest place that no obstacle reaches into, for a label that is cut; null where it would be too narrow. */
function widestIn(range: Interval, least: number, obstacles: readonly Interval[]): Interval | null {
  const gaps = gapsOf(range, obstacles).filter(({ left, right }) => right - left >= Math.max(least, leastLabel))
  const length = ({ left, right }: Interval) => right - left
  return gaps.length === 0 ? null : gaps.reduce((widest, gap) => (length(gap) > length(widest) ? gap : widest))
}

/** The parts of a range that no obstacle covers. */
function gapsOf(range: Interval, obstacles: readonly Interval[]): Interval[] {
  const gaps: Interval[] = []
  let left = range.left
  const inside = obstacles.filter((obstacle) => touches(obstacle, range)).sort((a, b) => a.left - b.left)
  for (const obstacle of inside) {
    if (obstacle.left > left) gaps.push({ left, right: obstacle.left })
    left = Math.max(left, obstacle.right)
  }
  if (range.right > left) gaps.push({ left, right: range.right })
  return gaps
}

const around = (x: number, gap: number): Interval => ({ left: x - gap, right: x + gap })
