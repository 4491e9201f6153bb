/**
 * Arc layout: where relations run above wrapped text. Same line: an arc; up to two lines apart: two stubs joined in a
 * gutter beside the text; farther: a chip at both ends. Levels by interval first-fit, shortest first, so that an arc is
 * above every arc it contains. All x run in reading direction; a right-to-left text is mirrored when it is painted.
 */
import type { ArcRelation, SpanPlace } from './arc.ts'
import { placePorts, portKey } from './arc-ports.ts'

/** The label of a piece is the relation, or the relation and the mention at its other end. */
export type LabelForm = 'relation' | 'subject-chip' | 'object-chip'

export interface ArcPiece {
  readonly relationId: string
  readonly kind: 'arc' | 'stub' | 'chip'
  readonly line: number
  /** Levels count from 0, the lowest. */
  readonly level: number
  /** The x at which the piece meets its spans; null when that end is on another line. */
  readonly subjectX: number | null
  readonly objectX: number | null
  /** The label is null on a stub whose partner carries it. */
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
  readonly trackCount: number
}

interface Interval {
  readonly left: number
  readonly right: number
}

type Draft = Omit<ArcPiece, 'level'>

/** Greatest distance of two ends, in lines, at which a gutter joins them; ends farther apart get chips. */
const farthestGutterLines = 2
/** Clear space between two pieces of one level, in pixels. */
const clearance = 6

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
  const drawable = relations.filter(({ subject, object }) => places.has(subject) && places.has(object))
  const ports = placePorts(drawable, places)
  const drafts: Draft[] = []
  const ways: Omit<GutterTrack, 'track'>[] = []
  for (const relation of drawable) {
    const { id: relationId } = relation
    const subject = places.get(relation.subject)
    const object = places.get(relation.object)
    const subjectX = ports.get(portKey(relationId, 'subject'))
    const objectX = ports.get(portKey(relationId, 'object'))
    if (!subject || !object || subjectX === undefined || objectX === undefined) continue
    const label = (form: LabelForm, left: number, right: number) =>
      centred(left, right, form, width, measure(relationId, form))
    const atSubject = { relationId, line: subject.line, subjectX, objectX: null }
    const atObject = { relationId, line: object.line, subjectX: null, objectX }
    if (subject.line === object.line) {
      const between = label('relation', Math.min(subjectX, objectX), Math.max(subjectX, objectX))
      drafts.push({ ...atSubject, objectX, kind: 'arc', label: between })
    } else if (Math.abs(subject.line - object.line) <= farthestGutterLines) {
      const isSubjectLonger = subjectX <= objectX
      drafts.push({ ...atSubject, kind: 'stub', label: isSubjectLonger ? label('relation', subjectX, width) : null })
      drafts.push({ ...atObject, kind: 'stub', label: isSubjectLonger ? null : label('relation', objectX, width) })
      ways.push({ relationId, subjectLine: subject.line, objectLine: object.line })
    } else {
      drafts.push({ ...atSubject, kind: 'chip', label: label('subject-chip', subjectX, subjectX) })
      drafts.push({ ...atObject, kind: 'chip', label: label('object-chip', objectX, objectX) })
    }
  }

  const lines = Array.from({ length: lineCount }, (): Draft[] => [])
  for (const draft of drafts) lines[draft.line]?.push(draft)
  const levels: number[] = []
  const pieces = lines.flatMap((onLine) => {
    const assigned = assignLevels(onLine.map((draft) => ({ reach: reachOf(draft, width), room: roomOf(draft, width) })))
    levels.push(1 + Math.max(-1, ...assigned))
    return onLine.map((draft, i): ArcPiece => ({ ...draft, level: assigned[i] ?? 0 }))
  })
  const spans = ways.map(({ subjectLine, objectLine }) => ({
    left: Math.min(subjectLine, objectLine),
    right: Math.max(subjectLine, objectLine),
  }))
  const trackOf = assignLevels(spans.map((room) => ({ reach: room, room })))
  const tracks = ways.map((way, i) => ({ ...way, track: trackOf[i] ?? 0 }))
  return { pieces, tracks, levels, trackCount: 1 + Math.max(-1, ...trackOf) }
}

/**
 * First-fit, shortest reach first: the lowest level on which `room` touches nothing and that is above every item whose
 * reach it contains. Room is reach widened by what must not collide, such as a label.
 */
export function assignLevels(items: readonly { readonly reach: Interval; readonly room: Interval }[]): number[] {
  const length = ({ left, right }: Interval) => right - left
  const order = items.map((_, i) => i)
  order.sort((a, b) => length(items[a]!.reach) - length(items[b]!.reach) || a - b) // indices of items itself
  const levels: number[] = items.map(() => -1)
  const placed = createNeighbours(items.map(({ room }) => room))
  for (const i of order) {
    const { reach, room } = items[i]! // likewise
    // an item shares room with whatever it contains or touches, so only its neighbours need to be asked
    const near = placed.of(room)
    let level = 0
    const taken = new Set<number>()
    for (const j of near) {
      const there = levels[j] ?? -1
      if (contains(reach, items[j]!.reach)) level = Math.max(level, there + 1)
      if (touches(room, items[j]!.room)) taken.add(there)
    }
    while (taken.has(level)) level += 1
    levels[i] = level
    placed.add(i)
  }
  return levels
}

/** Intervals indexed by their place, so that a long list stays quick: most intervals are short. */
function createNeighbours(intervals: readonly Interval[]) {
  const start = intervals.reduce((least, { left }) => Math.min(least, left), Infinity)
  const end = intervals.reduce((most, { right }) => Math.max(most, right), -Infinity)
  const cellWidth = Math.max(1e-9, (end - start) / Math.max(1, intervals.length))
  const cells: number[][] = []
  const cellOf = (x: number): number => Math.floor((x - start) / cellWidth)
  return {
    add(index: number): void {
      const { left, right } = intervals[index]! // an index of intervals itself
      for (let cell = cellOf(left); cell <= cellOf(right); cell++) (cells[cell] ??= []).push(index)
    },
    /** Every added interval that may share room with this one. */
    of({ left, right }: Interval): ReadonlySet<number> {
      const found = new Set<number>()
      for (let cell = cellOf(left); cell <= cellOf(right); cell++)
        for (const index of cells[cell] ?? []) found.add(index)
      return found
    },
  }
}

function contains(outer: Interval, inner: Interval): boolean {
  return outer.left <= inner.left && inner.right <= outer.right
}

function touches(a: Interval, b: Interval): boolean {
  return a.left <= b.right && b.left <= a.right
}

function reachOf({ kind, subjectX, objectX }: Draft, width: number): Interval {
  const ends = [subjectX, objectX].filter((x) => x !== null)
  if (kind === 'stub') ends.push(width)
  return { left: Math.min(...ends), right: Math.max(...ends) }
}

function roomOf(draft: Draft, width: number): Interval {
  const { left, right } = reachOf(draft, width)
  const { label } = draft
  return {
    left: Math.min(left, label?.left ?? left) - clearance / 2,
    right: Math.max(right, label ? label.left + label.width : right) + clearance / 2,
  }
}

function centred(left: number, right: number, form: LabelForm, lineWidth: number, width: number): ArcPiece['label'] {
  const wanted = (left + right - width) / 2
  return { form, width, left: Math.max(0, Math.min(wanted, lineWidth - width)) }
}
