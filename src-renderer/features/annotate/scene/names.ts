/** Names of types in the row under the words: one row for all lanes, each name near its mark and over no other name. */
import type { Interval } from '#main/document/arc'
import { badgeSize, type LaneBadge } from './lanes.ts'
import type { Mark } from './marks.ts'

/** NamePlace: a name's distance from the start of its mark, and the room that it has, in pixels. */
export interface NamePlace {
  readonly offset: number
  readonly room: number
}

/** Width of a letter of a name, somewhat more than most have, and of what stands beside the letters. */
const letterWidth = 6.6
const iconWidth = 14
const gap = 5
/** Room that a name has even where the next mark begins near by. */
const leastRoom = 26

/** Places of the names of the marks that begin on a line, by the id of the mark. A name goes out of the way of those before it. */
export function placeNames(
  marks: readonly Mark[],
  badges: readonly LaneBadge[],
  lineWidth: number,
): ReadonlyMap<string, NamePlace> {
  const taken = badges.map(({ left }): Interval => ({ left: left - gap, right: left + badgeSize.width + gap }))
  const named = marks.filter(({ isFirst }) => isFirst).sort((a, b) => a.left - b.left || a.lane - b.lane)
  const places = new Map<string, NamePlace>()
  let end = 0
  named.forEach((mark, at) => {
    const { id, left } = mark
    const free = Math.max(left, end)
    const start = taken.reduce((x, badge) => (badge.left < x && x < badge.right ? badge.right : x), free)
    const next = named.slice(at + 1).find((other) => other.left >= start + leastRoom)
    const edge = next?.left ?? Math.max(lineWidth, start + 160)
    const room = Math.max(leastRoom, edge - start - gap)
    places.set(id, { offset: start - left, room })
    end = start + Math.min(room, widthOf(mark)) + gap
  })
  return places
}

function widthOf({ kind, label, remark, cut }: Mark): number {
  const letters = label.length + (kind === 'suggested' ? 7 : 0) + (cut ? 11 : 0)
  return letters * letterWidth + (remark ? iconWidth : 0)
}
