/**
 * Arc layout: where relations run above wrapped text. Same line: an arc; up to two lines apart: two stubs joined in a
 * gutter beside the text; farther, or where the gutter is full: a chip at both ends. Levels by interval first-fit, shortest
 * first, so that an arc is above every arc it contains. All x run in reading direction; a right-to-left text is mirrored when
 * it is painted.
 */
import { touches, type ArcRelation, type Interval, type SpanPlace } from './arc.ts'
import { placeLabels } from './arc-labels.ts'
import { assignLevels } from './arc-levels.ts'
import { placePorts, portKey } from './arc-ports.ts'

/** The label of a piece is the relation, or the relation and the mention at its other end. */
export type LabelForm = 'relation' | 'subject-chip' | 'object-chip'

export interface ArcPiece {
  readonly relationId: string
  readonly kind: 'arc' | 'loop' | 'stub' | 'chip'
  readonly line: number
  /** Levels count from 0, the lowest. */
  readonly level: number
  /** The x at which the piece meets its spans; null when that end is on another line. */
  readonly subjectX: number | null
  readonly objectX: number | null
  /** The label is null on a stub whose partner carries it, and where stems leave no room for it. */
  readonly label: { readonly form: LabelForm; readonly left: number; readonly width: number } | null
}

/** A vertical way between two lines beside the text. */
interface GutterTrack {
  readonly relationId: string
  readonly subjectLine: number
  readonly objectLine: number
  /** Tracks count from 0, the one next to the text. */
  readonly track: number
}

export interface ArcLayout {
  readonly pieces: readonly ArcPiece[]
  readonly tracks: readonly GutterTrack[]
  /** Number of levels that each line uses. */
  readonly levels: readonly number[]
}

/** A relation with both its ends placed. */
interface PlacedRelation {
  readonly relationId: string
  readonly kind: ArcRelation['kind']
  readonly isLoop: boolean
  readonly subjectLine: number
  readonly objectLine: number
  readonly subjectX: number
  readonly objectX: number
}

interface Draft extends Omit<ArcPiece, 'level' | 'label'> {
  /** The form of the label; null for none. */
  readonly form: LabelForm | null
}

/** Greatest distance of two ends, in lines, at which a gutter joins them; ends farther apart get chips. */
const farthestGutterLines = 2
/** Number of tracks in the gutter: more would come too near to each other to be told apart. */
export const mostTracks = 4
/** Clear space between two pieces of one level, in pixels. */
const clearance = 6
/** Width that a loop has beyond its two stems, on each side. */
export const loopBulge = 4

/**
 * @param width length of a line
 * @param measure width of a relation's label in one of its forms
 */
export function layoutArcs(
  relations: readonly ArcRelation[],
  places: ReadonlyMap<string, SpanPlace>,
  lineCount: number,
  width: number,
  measure: (relationId: string, form: LabelForm) => number,
): ArcLayout {
  const placed = placeRelations(relations, places)
  const tracks = assignTracks(placed.filter(isNear))
  const isTracked = new Set(tracks.map(({ relationId }) => relationId))
  const drafts = placed.flatMap((relation) => draftsOf(relation, isTracked.has(relation.relationId)))

  const lines = Array.from({ length: lineCount }, (): Draft[] => [])
  for (const draft of drafts) lines[draft.line]?.push(draft)
  const levels: number[] = []
  const pieces = lines.flatMap((onLine) => {
    const reaches = onLine.map((draft) => reachOf(draft, width))
    const labels = placeLabels(
      onLine.map(({ relationId, form, subjectX, objectX }, at) => ({
        reach: reaches[at]!, // of the same drafts
        stems: [subjectX, objectX].filter((x) => x !== null),
        labelWidth: form && Math.min(width, measure(relationId, form)),
      })),
      width,
    )
    const rooms = reaches.map((reach, at) => roomOf(reach, labels[at] ?? null))
    const assigned = assignLevels(
      // the label of a loop lies above it, so that both are seen
      onLine.map(({ kind }, at) => ({ room: rooms[at]!, reach: reaches[at]!, least: kind === 'loop' ? 1 : 0 })), // likewise
    )
    levels.push(1 + Math.max(-1, ...assigned))
    return onLine.map(({ form, ...draft }, at): ArcPiece => {
      const place = labels[at]
      const label = place && form ? { form, left: place.left, width: place.right - place.left } : null
      return { ...draft, level: assigned[at] ?? 0, label }
    })
  })
  return { pieces, tracks, levels }
}

function placeRelations(
  relations: readonly ArcRelation[],
  places: ReadonlyMap<string, SpanPlace>,
): readonly PlacedRelation[] {
  const ports = placePorts(relations, places)
  return relations.flatMap(({ id: relationId, subject, object, kind }) => {
    const [from, to] = [places.get(subject), places.get(object)]
    const subjectX = ports.get(portKey(relationId, 'subject'))
    const objectX = ports.get(portKey(relationId, 'object'))
    if (!from || !to || subjectX === undefined || objectX === undefined) return []
    const lines = { subjectLine: from.line, objectLine: to.line }
    return [{ ...{ relationId, kind, subjectX, objectX }, ...lines, isLoop: subject === object }]
  })
}

function isNear({ subjectLine, objectLine }: PlacedRelation): boolean {
  const distance = Math.abs(subjectLine - objectLine)
  return distance > 0 && distance <= farthestGutterLines
}

/** The gutter's tracks: those of gold relations first, then the shortest. Relations that find no free track get none. */
function assignTracks(near: readonly PlacedRelation[]): GutterTrack[] {
  const linesOf = ({ subjectLine, objectLine }: PlacedRelation): Interval => ({
    left: Math.min(subjectLine, objectLine),
    right: Math.max(subjectLine, objectLine),
  })
  const rank = ({ kind }: PlacedRelation) => (kind === 'suggested' ? 1 : 0)
  const length = (relation: PlacedRelation) => linesOf(relation).right - linesOf(relation).left
  const taken: Interval[][] = Array.from({ length: mostTracks }, () => [])
  const sorted = near.toSorted((a, b) => rank(a) - rank(b) || length(a) - length(b))
  return sorted.flatMap((relation): GutterTrack[] => {
    const { relationId, subjectLine, objectLine } = relation
    const lines = linesOf(relation)
    const track = taken.findIndex((ways) => !ways.some((way) => touches(way, lines)))
    taken[track]?.push(lines)
    return track < 0 ? [] : [{ relationId, subjectLine, objectLine, track }]
  })
}

function draftsOf(relation: PlacedRelation, isTracked: boolean): Draft[] {
  const { relationId, isLoop, subjectLine, objectLine, subjectX, objectX } = relation
  const atSubject = { relationId, line: subjectLine, subjectX, objectX: null }
  const atObject = { relationId, line: objectLine, subjectX: null, objectX }
  if (subjectLine === objectLine) return [{ ...atSubject, objectX, kind: isLoop ? 'loop' : 'arc', form: 'relation' }]
  if (!isTracked)
    return [
      { ...atSubject, kind: 'chip', form: 'subject-chip' },
      { ...atObject, kind: 'chip', form: 'object-chip' },
    ]
  const isSubjectLonger = subjectX <= objectX
  return [
    { ...atSubject, kind: 'stub', form: isSubjectLonger ? 'relation' : null },
    { ...atObject, kind: 'stub', form: isSubjectLonger ? null : 'relation' },
  ]
}

function reachOf({ kind, subjectX, objectX }: Draft, width: number): Interval {
  const ends = [subjectX, objectX].filter((x) => x !== null)
  if (kind === 'stub') ends.push(width)
  const bulge = kind === 'loop' ? loopBulge : 0
  return { left: Math.min(...ends) - bulge, right: Math.max(...ends) + bulge }
}

/** Room is reach widened by the label, and by the clear space around both. */
function roomOf(reach: Interval, label: Interval | null): Interval {
  const { left, right } = label ?? reach
  return {
    left: Math.min(reach.left, left) - clearance / 2,
    right: Math.max(reach.right, right) + clearance / 2,
  }
}
