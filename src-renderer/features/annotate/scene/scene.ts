/** The scene: where every word, mark, tag and arc of a sentence is painted, in pixels. Arithmetic on measured words. */
import { layoutArcs, type LabelForm } from '#main/document/arc-layout'
import type { ArcRelation, SpanPlace } from '#main/document/arc'
import type { TokenText } from '#main/document/token-text'
import {
  arcEnds,
  arcRoom,
  besideLabel,
  drawArcs,
  indexArcs,
  type ArcDrawing,
  type ArcEnd,
  type ArcIndex,
  type ArcLine,
} from './arcs.ts'
import { assignLanes, badgeSize, badgesOf, mostLanes, type LaneBadge } from './lanes.ts'
import { breakLines, type TokenLine } from './lines.ts'
import { placeMarks, placesOf, type Mark, type Markable } from './marks.ts'

export interface SceneInput {
  readonly words: readonly TokenText[]
  readonly marks: readonly Markable[]
  /** Lanes of the marks; first-fit where they are left out. */
  readonly laneOf?: ReadonlyMap<string, number>
  /** Subject and object are ids of marks. */
  readonly relations: readonly ArcRelation[]
  /** Room there is from edge to edge. */
  readonly width: number
  /** Are entity types written under the marks? */
  readonly hasLabels: boolean
  /** Number of strips under the tags: those of a prediction, then those of a layer. */
  readonly strips: number
  readonly measureWord: (text: string) => number
  readonly measureLabel: (relationId: string, form: LabelForm) => number
}

export interface SceneLine extends TokenLine {
  /** Top of the line with its arcs, and of its rows, from the top of the scene. */
  readonly top: number
  readonly wordTop: number
  readonly tagTop: number
  readonly stripTop: number
  readonly marks: readonly PlacedMark[]
  /** Of marks that lie too high to be drawn. */
  readonly badges: readonly PlacedBadge[]
}

interface ArcBasis {
  readonly relations: readonly ArcRelation[]
  readonly places: ReadonlyMap<string, SpanPlace>
  readonly lineCount: number
  readonly width: number
  readonly measure: SceneInput['measureLabel']
}

/** The same relations by identity, each end where it was. */
function isSameBasis(one: ArcBasis, other: ArcBasis): boolean {
  const isSamePlace = (id: string): boolean => {
    const [a, b] = [one.places.get(id), other.places.get(id)]
    return a?.line === b?.line && a?.left === b?.left && a?.right === b?.right
  }
  return (
    one.width === other.width &&
    one.lineCount === other.lineCount &&
    one.measure === other.measure &&
    one.relations.length === other.relations.length &&
    one.relations.every((relation, at) => {
      const { subject, object } = relation
      return relation === other.relations[at] && isSamePlace(subject) && isSamePlace(object)
    })
  )
}

export interface PlacedMark extends Mark {
  readonly top: number
  readonly height: number
}

export interface PlacedBadge extends LaneBadge {
  readonly top: number
}

export interface Scene {
  readonly lines: readonly SceneLine[]
  readonly height: number
  readonly arcs: ArcIndex
  /** Words and marks that the arcs were laid out from. */
  readonly basis: ArcBasis
  /** Length of a line, and the room beside it for relations between lines. */
  readonly width: number
  readonly gutter: number
}

export const wordHeight = 32
export const tagHeight = 24
export const stripHeight = 18
/** Number of strips under a line at most: two of a prediction, and the lanes of a layer. */
const mostStrips = 2 + mostLanes
const labelledLane = 17
const bareLane = 8
const lineGap = 16
const gutterWidth = 40

/**
 * `broken` is what `breakWithGutter` made of the same words: it changes less often than what is marked. The arcs of
 * `former` are taken over where nothing moved that they stand on.
 */
export function buildScene(input: SceneInput, broken = breakWithGutter(input), former: Scene | null = null): Scene {
  const { lines, gutter } = broken
  const width = input.width - gutter
  const marks = placeMarks(input.marks, lines, input.laneOf ?? assignLanes(input.marks))
  const places = placesOf(marks)
  const basis = { relations: input.relations, places, lineCount: lines.length, width, measure: input.measureLabel }
  const arcs =
    former && isSameBasis(former.basis, basis)
      ? former.arcs
      : indexArcs(layoutArcs(input.relations, places, lines.length, width, input.measureLabel))
  const { layout } = arcs
  const laneHeight = input.hasLabels ? labelledLane : bareLane

  let top = 0
  const placed = lines.map((line, index): SceneLine => {
    const wordTop = top + Math.max(arcRoom(layout.levels[index] ?? 0), 6)
    const all = marks[index] ?? []
    const here = all.filter(({ lane }) => lane < mostLanes)
    const badges = here.length < all.length ? badgesOf(all, index, input.width) : []
    const lanes = Math.max(1, ...here.map(({ lane }) => lane + 1))
    const badgeTop = wordTop + wordHeight + lanes * laneHeight
    const tagTop = badgeTop + (badges.length > 0 ? badgeSize.height + 2 : 0)
    const stripTop = tagTop + tagHeight
    const onLine = {
      ...line,
      top,
      wordTop,
      tagTop,
      stripTop,
      marks: here.map((mark) => place(mark, wordTop, laneHeight)),
      badges: badges.map((badge) => ({ ...badge, top: badgeTop })),
    }
    top = stripTop + input.strips * stripHeight + lineGap
    return onLine
  })
  return { lines: placed, arcs, basis, height: Math.max(0, top - lineGap), width, gutter }
}

/** The arcs to be seen between two lines, both included. */
export function arcsBetween({ lines, arcs, width, gutter }: Scene, from: number, to: number): ArcDrawing[] {
  return drawArcs(arcs, basesOf(lines), { width, gutter, from, to })
}

/** Both ends of one arc. */
export function arcEndsOf({ lines, arcs }: Pick<Scene, 'lines' | 'arcs'>, relationId: string): ArcEnd[] {
  return arcEnds(arcs, relationId, basesOf(lines))
}

/** Beside the label of an arc. */
export function labelEndOf(scene: Pick<Scene, 'lines' | 'arcs'>, relationId: string): ReturnType<typeof besideLabel> {
  return besideLabel(scene.arcs, relationId, basesOf(scene.lines))
}

function basesOf(lines: readonly SceneLine[]): ArcLine[] {
  return lines.map(({ wordTop }) => ({ base: wordTop - 1 }))
}

/** Indices of the first and last line between two heights; all lie in order. */
export function linesBetween(
  { lines }: Pick<Scene, 'lines'>,
  top: number,
  bottom: number,
): { from: number; to: number } {
  const from = lines.findIndex((line) => line.stripTop + mostStrips * stripHeight >= top)
  const to = lines.findLastIndex((line) => line.top <= bottom)
  return { from: Math.max(0, from), to: Math.max(0, to) }
}

/** Relations between lines run beside the text: a sentence of one line needs no room for that. */
export function breakWithGutter({ words, width, measureWord }: Pick<SceneInput, 'words' | 'width' | 'measureWord'>): {
  lines: TokenLine[]
  gutter: number
} {
  const whole = breakLines(words, measureWord, width)
  if (whole.length <= 1) return { lines: whole, gutter: 0 }
  return { lines: breakLines(words, measureWord, width - gutterWidth), gutter: gutterWidth }
}

/** The lowest lane is a box round the words; the others are bars under it. */
function place(mark: Mark, wordTop: number, laneHeight: number): PlacedMark {
  if (mark.lane === 0) return { ...mark, top: wordTop, height: wordHeight }
  return { ...mark, top: wordTop + wordHeight + laneHeight * mark.lane, height: 3 }
}

/** The token of a row below or above that stands nearest under or over another; null when there is no such line. */
export function tokenOnLine(lines: readonly TokenLine[], token: number, by: 1 | -1): number | null {
  const index = lines.findIndex(({ cells }) => cells.some((cell) => cell.token === token))
  const from = lines[index]?.cells.find((cell) => cell.token === token)
  const cells = lines[index + by]?.cells
  if (!from || !cells || cells.length === 0) return null
  const middle = from.left + from.width / 2
  const distance = ({ left, width }: { left: number; width: number }) => Math.abs(left + width / 2 - middle)
  return cells.reduce((near, cell) => (distance(cell) < distance(near) ? cell : near)).token
}
