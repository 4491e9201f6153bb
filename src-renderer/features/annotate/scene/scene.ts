/** The scene: where every word, mark, tag and arc of a sentence is painted, in pixels. Arithmetic on measured words. */
import type { LabelForm } from '#main/document/arc-layout'
import type { ArcRelation } from '#main/document/arc'
import type { TokenText } from '#main/document/token-text'
import {
  arcEnds,
  arcRoom,
  arcStep,
  besideLabel,
  drawArcs,
  gutterWidth,
  type ArcDrawing,
  type ArcEnd,
  type ArcLine,
} from './arcs.ts'
import { assignLanes, badgesOf, mostLanes, type LaneBadge } from './lanes.ts'
import { layOut, type LaidArcs } from './laid-arcs.ts'
import { breakLines, type TokenLine } from './lines.ts'
import { placeMarks, placesOf, type Mark, type Markable } from './marks.ts'
import { placeNames, type NamePlace } from './names.ts'

export interface SceneInput {
  readonly words: readonly TokenText[]
  readonly marks: readonly Markable[]
  /** Lanes of the marks; first-fit where they are left out. */
  readonly laneOf?: ReadonlyMap<string, number>
  /** Subject and object are ids of marks. */
  readonly relations: readonly ArcRelation[]
  /** The relations for which lines have room; all of `relations` where it is left out. The others are drawn over the line above. */
  readonly reserved?: readonly ArcRelation[]
  /** Room there is from edge to edge. */
  readonly width: number
  /** Number of strips of a prediction under the tags, and of a layer under those. */
  readonly strips: number
  readonly layerStrips?: number
  /** Height of a row of words, and what lines stand farther apart than that and their other rows ask for; in pixels. */
  readonly wordHeight?: number
  readonly lineGap?: number
  readonly measureWord: (text: string) => number
  readonly measureLabel: (relationId: string, form: LabelForm) => number
}

export interface SceneLine extends TokenLine {
  /** Top of the line with its arcs, and of its rows, from the top of the scene. */
  readonly top: number
  readonly wordTop: number
  readonly tagTop: number
  readonly stripTop: number
  readonly layerTop: number
  readonly bottom: number
  /** Height of each level of arcs above the one below. */
  readonly arcStep: number
  readonly marks: readonly PlacedMark[]
  /** Of marks that lie too high to be drawn. */
  readonly badges: readonly PlacedBadge[]
}

export interface PlacedMark extends Mark {
  readonly top: number
  readonly height: number
  /** Place of the name of its type; null on the further lines of a span. */
  readonly name: (NamePlace & { readonly top: number }) | null
}

export interface PlacedBadge extends LaneBadge {
  readonly top: number
}

export interface Scene extends LaidArcs {
  readonly lines: readonly SceneLine[]
  readonly height: number
  readonly reserved: LaidArcs
  /** Length of a line, and the room beside it for relations between lines. */
  readonly width: number
  readonly gutter: number
}

const usualWordHeight = 28
/** Height of the row under the words for the bars of overlapping spans and for the names of types, there or not. */
const markHeight = 18
/** Top of the names in that row. */
const nameTop = 5
const barStep = 3
export const tagHeight = 15
export const stripHeight = 12
export const layerStripHeight = 16

/**
 * `broken` is what `breakWithGutter` made of the same words: it changes less often than what is marked. The arcs of
 * `former` are taken over where nothing moved that they stand on.
 */
export function buildScene(input: SceneInput, broken = breakWithGutter(input), former: Scene | null = null): Scene {
  const { lines, gutter } = broken
  const width = input.width - gutter
  const marks = placeMarks(input.marks, lines, input.laneOf ?? assignLanes(input.marks))
  const ground = { places: placesOf(marks), lineCount: lines.length, width, measure: input.measureLabel }
  const drawn = layOut({ ...ground, relations: input.relations }, former)
  const reserved = input.reserved ? layOut({ ...ground, relations: input.reserved }, former?.reserved ?? null) : drawn

  const { wordHeight = usualWordHeight, lineGap = 0 } = input
  let top = 0
  const placed = lines.map((line, index): SceneLine => {
    const room = arcRoom(reserved.arcs.layout.levels[index] ?? 0)
    const wordTop = top + room + (index === 0 ? 0 : lineGap)
    const all = marks[index] ?? []
    const here = all.filter(({ lane }) => lane < mostLanes)
    const badges = here.length < all.length ? badgesOf(all, index, input.width) : []
    const names = placeNames(here, badges, input.width)
    const tagTop = wordTop + wordHeight + markHeight
    const stripTop = tagTop + tagHeight
    const layerTop = stripTop + input.strips * stripHeight
    const bottom = layerTop + (input.layerStrips ?? 0) * layerStripHeight
    const onLine = {
      ...{ ...line, top, wordTop, tagTop, stripTop, layerTop, bottom },
      arcStep: arcStep(drawn.arcs.layout.levels[index] ?? 0, room),
      marks: here.map((mark) => place(mark, { wordTop, wordHeight }, mark.isFirst ? names.get(mark.id) : undefined)),
      badges: badges.map((badge) => ({ ...badge, top: wordTop + wordHeight })),
    }
    top = bottom
    return onLine
  })
  return { ...drawn, reserved, lines: placed, height: top, width, gutter }
}

/** The arcs to be seen between two lines, both included. */
export function arcsBetween({ lines, arcs, width }: Scene, from: number, to: number): ArcDrawing[] {
  return drawArcs(arcs, basesOf(lines), { width, from, to })
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
  return lines.map(({ wordTop, arcStep: step }) => ({ base: wordTop - 1, step }))
}

/** Indices of the first and last line between two heights; all lie in order. */
export function linesBetween(
  { lines }: Pick<Scene, 'lines'>,
  top: number,
  bottom: number,
): { from: number; to: number } {
  const from = lines.findIndex((line) => line.bottom >= top)
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
function place(
  mark: Mark,
  { wordTop, wordHeight }: { readonly wordTop: number; readonly wordHeight: number },
  name: NamePlace | undefined,
): PlacedMark {
  const top = mark.lane === 0 ? wordTop : wordTop + wordHeight + barStep * (mark.lane - 1) + 1
  const height = mark.lane === 0 ? wordHeight : 2
  return { ...mark, top, height, name: name ? { ...name, top: wordTop + wordHeight + nameTop - top } : null }
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
