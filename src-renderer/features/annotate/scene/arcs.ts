/** Arc paths: the laid-out pieces of each relation as one drawing, with its labels and the place of its arrow head. */
import type { ArcLayout, ArcPiece, LabelForm } from '#main/document/arc-layout'
import type { ScenePoint } from '#window/common/keys/scene-point.ts'

/** Vertical places of one line of text, in pixels from the top of the scene. */
export interface ArcLine {
  /** Ports of the spans, where arcs meet them. */
  readonly base: number
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

/** Height of the lowest arc above its spans, and of each level above the one below. */
export const firstLevel = 20
export const levelStep = 24
const corner = 8

/** Room that `levels` arcs need above a line. */
export function arcRoom(levels: number): number {
  return levels === 0 ? 0 : firstLevel + (levels - 1) * levelStep + 12
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
  { layout, byRelation, trackOf, onLine }: ArcIndex,
  lines: readonly ArcLine[],
  {
    width,
    gutter,
    from,
    to,
  }: { readonly width: number; readonly gutter: number; readonly from: number; readonly to: number },
): ArcDrawing[] {
  const spacing = Math.min(10, gutter / (layout.trackCount + 1))
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
      const stem = (piece: ArcPiece) => `M${xOf(piece)} ${baseOf(piece)}V${levelOf(piece) + 8}`
      return { relationId, path: pieces.map(stem).join(''), tip, labels }
    }
    if (first.kind === 'arc' || !second) {
      const [start, end] = [first.subjectX ?? 0, first.objectX ?? 0].map(Math.round)
      return { relationId, path: bridge(start ?? 0, end ?? 0, baseOf(first), levelOf(first)), tip, labels }
    }
    const track = trackOf.get(relationId) ?? 0
    const x = Math.round(width + (track + 1) * spacing)
    const from = { x: xOf(first), base: baseOf(first), y: levelOf(first) }
    const to = { x: xOf(second), base: baseOf(second), y: levelOf(second) }
    return { relationId, path: throughGutter(from, to, x), tip, labels }
  })
}

/** Of the level part of a piece. */
function heightOf({ line, level }: ArcPiece, lines: readonly ArcLine[]): number {
  return (lines[line]?.base ?? 0) - firstLevel - level * levelStep
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

/** Up, out to the gutter, along it to the other line, and in again. */
function throughGutter(from: PathEnd, to: PathEnd, x: number): string {
  const turn = to.y < from.y ? -corner : corner
  const out = `M${from.x} ${from.base}V${from.y + corner}Q${from.x} ${from.y} ${from.x + corner} ${from.y}`
  const along = `H${x - corner}Q${x} ${from.y} ${x} ${from.y + turn}V${to.y - turn}Q${x} ${to.y} ${x - corner} ${to.y}`
  return `${out}${along}H${to.x + corner}Q${to.x} ${to.y} ${to.x} ${to.y + corner}V${to.base}`
}

/** An open arrow head whose point is at `tip`; that of a chosen relation is filled and larger. */
export function arrowAt({ x, y }: ScenePoint, isChosen: boolean): string {
  if (isChosen) return `M${x - 6} ${y - 11}L${x} ${y}L${x + 6} ${y - 11}Z`
  return `M${x - 4} ${y - 7}L${x} ${y - 1}L${x + 4} ${y - 7}`
}
