/** Arc paths: the laid-out pieces of each relation as one drawing, with its labels and the place of its arrow head. */
import { loopBulge, mostTracks, type ArcLayout, type ArcPiece, type LabelForm } from '#main/document/arc-layout'
import type { ScenePoint } from '#window/common/keys/scene-point.ts'

/** Vertical places of one line of text, in pixels from the top of the scene. */
export interface ArcLine {
  /** Ports of the spans, where arcs meet them. */
  readonly base: number
  /** Height of each level above the one below. */
  readonly step: number
}

export interface ArcLabel {
  readonly form: LabelForm
  readonly left: number
  /** Middle of the label's height. */
  readonly middle: number
  readonly width: number
  /** True where the relation goes in reading direction at its label; null on chips, which say it themselves. */
  readonly isForward: boolean | null
}

export interface ArcDrawing {
  readonly relationId: string
  readonly path: string
  /** Place of the arrow head, which points down at the object of the relation. */
  readonly tip: ScenePoint | null
  readonly labels: readonly ArcLabel[]
}

/** Height of the lowest arc above its spans, and the room above the highest for the upper half of its label. */
const firstLevel = 11
const topRoom = 5
/** Height of a level above the one below: as it should be, and as close as labels beside each other allow. */
const usualStep = 9.5
const closeStep = 19 / 3
/** Height of a level where more arcs are drawn than the line has room for. */
const leastStep = 5
const corner = 5
/** Room that every line has for arcs, drawn or not: three levels as they should be, or four that are close together. */
const arcBand = 35

/** Width of the gutter, and of each of its tracks. */
export const gutterWidth = 40
const trackWidth = Math.floor(gutterWidth / (mostTracks + 0.4))

/** Room above a line that `levels` levels need. */
export function arcRoom(levels: number): number {
  return Math.max(arcBand, Math.ceil(firstLevel + (levels - 1) * closeStep + topRoom))
}

/** Height of each level above the one below where so many share a room. Those that find none in it reach beyond it. */
export function arcStep(levels: number, room: number): number {
  return Math.max(leastStep, Math.min(usualStep, (room - firstLevel - topRoom) / Math.max(1, levels - 1)))
}

/** The pieces and tracks of a layout, found by line and by relation. */
export interface ArcIndex {
  readonly layout: ArcLayout
  readonly byRelation: ReadonlyMap<string, readonly ArcPiece[]>
  readonly trackOf: ReadonlyMap<string, number>
  /** Relations with a piece on, or a track past, each line. */
  readonly onLine: readonly (readonly string[])[]
}

export function indexArcs(layout: ArcLayout): ArcIndex {
  const onLine = layout.levels.map((): string[] => [])
  for (const { line, relationId } of layout.pieces) onLine[line]?.push(relationId)
  for (const { relationId, subjectLine, objectLine } of layout.tracks)
    for (let line = Math.min(subjectLine, objectLine); line <= Math.max(subjectLine, objectLine); line++)
      onLine[line]?.push(relationId)
  return {
    ...{ layout, onLine },
    byRelation: Map.groupBy(layout.pieces, ({ relationId }) => relationId),
    trackOf: new Map(layout.tracks.map(({ relationId, track }) => [relationId, track])),
  }
}

/**
 * One drawing per relation that is to be seen between two lines, both included. `width` is the length of a line, gutter
 * not counted.
 */
export function drawArcs(
  { byRelation, trackOf, onLine }: ArcIndex,
  lines: readonly ArcLine[],
  { width, from, to }: { readonly width: number; readonly from: number; readonly to: number },
): ArcDrawing[] {
  const seen = new Set(onLine.slice(from, to + 1).flat())
  return [...seen].map((relationId): ArcDrawing => {
    const pieces = byRelation.get(relationId) ?? []
    const baseOf = ({ line }: ArcPiece) => lines[line]?.base ?? 0
    const levelOf = (piece: ArcPiece) => heightOf(piece, lines)
    const labels = pieces.flatMap((piece) =>
      piece.label ? [{ ...piece.label, middle: levelOf(piece), isForward: isForward(piece) }] : [],
    )
    const [first, second] = pieces
    const atObject = pieces.find(({ objectX }) => objectX !== null)
    const tip = atObject ? { x: Math.round(atObject.objectX ?? 0), y: baseOf(atObject) } : null
    if (!first || first.kind === 'chip') {
      const stem = (piece: ArcPiece) => `M${xOf(piece)} ${baseOf(piece)}V${levelOf(piece) + 6}`
      return { relationId, path: pieces.map(stem).join(''), tip, labels }
    }
    if (first.kind === 'loop' || first.kind === 'arc' || !second) {
      const [start, end, base] = [Math.round(first.subjectX ?? 0), Math.round(first.objectX ?? 0), baseOf(first)]
      const path = first.kind === 'loop' ? loop(start, end, base) : bridge(start, end, base, levelOf(first))
      return { relationId, path, tip, labels }
    }
    const track = trackOf.get(relationId) ?? 0
    const x = Math.round(width + (track + 1) * trackWidth)
    const from = { x: xOf(first), base: baseOf(first), y: levelOf(first) }
    const to = { x: xOf(second), base: baseOf(second), y: levelOf(second) }
    return { relationId, path: throughGutter(from, to, x), tip, labels }
  })
}

/** Of the level part of a piece. */
function heightOf({ line, level }: ArcPiece, lines: readonly ArcLine[]): number {
  const { base = 0, step = usualStep } = lines[line] ?? {}
  return Math.round(base - firstLevel - level * step)
}

/** Places at which a relation, or the chip that stands for it, meets its spans. */
export interface ArcEnd {
  readonly end: 'subject' | 'object'
  readonly x: number
  readonly y: number
}

/** Room for buttons beside the label of a relation; null when it has none. */
export function besideLabel(
  { byRelation }: ArcIndex,
  relationId: string,
  lines: readonly ArcLine[],
): { readonly x: number; readonly middle: number } | null {
  const piece = byRelation.get(relationId)?.find(({ label }) => label !== null)
  return piece?.label ? { x: piece.label.left + piece.label.width, middle: heightOf(piece, lines) } : null
}

export function arcEnds({ byRelation }: ArcIndex, relationId: string, lines: readonly ArcLine[]): ArcEnd[] {
  return (byRelation.get(relationId) ?? []).flatMap(({ line, subjectX, objectX }): ArcEnd[] => {
    const y = lines[line]?.base ?? 0
    return [
      ...(subjectX === null ? [] : [{ end: 'subject', x: subjectX, y } as const]),
      ...(objectX === null ? [] : [{ end: 'object', x: objectX, y } as const]),
    ]
  })
}

interface PathEnd {
  readonly x: number
  readonly base: number
  readonly y: number
}

/** A line between two pixels is a blurred one. */
function xOf({ subjectX, objectX }: ArcPiece): number {
  return Math.round(subjectX ?? objectX ?? 0)
}

/** A stub of the subject runs towards the end of the line, one of the object comes from there. */
function isForward({ kind, subjectX, objectX }: ArcPiece): boolean | null {
  if (kind === 'chip') return null
  return kind === 'stub' ? subjectX !== null : (subjectX ?? 0) <= (objectX ?? 0)
}

/** Up, across and down again, with round corners. */
function bridge(from: number, to: number, base: number, y: number): string {
  const radius = Math.min(corner, Math.abs(to - from) / 2)
  const turn = to < from ? -radius : radius
  return `M${from} ${base}V${y + radius}Q${from} ${y} ${from + turn} ${y}H${to - turn}Q${to} ${y} ${to} ${y + radius}V${base}`
}

/** Up and round, wider than its ends are apart, so that it does not look like an arc between two spans. */
function loop(from: number, to: number, base: number): string {
  const y = base - firstLevel
  const out = to < from ? loopBulge : -loopBulge
  const [left, right] = [from + out, to - out]
  const middle = Math.round((base + y) / 2)
  return `M${from} ${base}C${from} ${base - 3} ${left} ${base - 3} ${left} ${middle}C${left} ${y} ${right} ${y} ${right} ${middle}C${right} ${base - 3} ${to} ${base - 3} ${to} ${base}`
}

/** Up, out to the gutter, along it to the other line, and in again. */
function throughGutter(from: PathEnd, to: PathEnd, x: number): string {
  const turn = to.y < from.y ? -corner : corner
  const out = `M${from.x} ${from.base}V${from.y + corner}Q${from.x} ${from.y} ${from.x + corner} ${from.y}`
  const along = `H${x - corner}Q${x} ${from.y} ${x} ${from.y + turn}V${to.y - turn}Q${x} ${to.y} ${x - corner} ${to.y}`
  return `${out}${along}H${to.x + corner}Q${to.x} ${to.y} ${to.x} ${to.y + corner}V${to.base}`
}

/** An open arrow head whose point is at `tip`; that of a chosen relation is filled and larger. */
export function arrowAt({ x, y }: ScenePoint, isChosen: boolean): string {
  if (isChosen) return `M${x - 4} ${y - 6}L${x} ${y}L${x + 4} ${y - 6}Z`
  return `M${x - 3} ${y - 5}L${x} ${y - 1}L${x + 3} ${y - 5}`
}
