/**
 * Seeded split: documents go to train, dev and test by shares, so that each split holds its share of every relation type. It is the
 * iterative stratification of Sechidis, Tsoumakas and Vlahavas (2011), with whole documents in the place of examples.
 */
import { splits } from './doc.ts'
import { drawOf } from './seeded-draw.ts'
import type { SplitShares } from './split-act.ts'

/** Sentences that stay together. */
export interface SplitGroup {
  /** Number that tells it from the others; with the seed it decides where the group goes. */
  readonly key: number
  /** Number of its sentences. */
  readonly size: number
  /** Index of the relation type of each of its triples. */
  readonly types: readonly number[]
}

/** Number of groups that one step places. */
const groupsAtOnce = 500
const none = 255

/**
 * Yields between steps and returns the index of each group's split. A split that has its share takes no further group, so that none
 * exceeds its share by as much as one group. The order of the groups makes no difference.
 */
export function* seededSplit(
  groups: readonly SplitGroup[],
  shares: SplitShares,
  seed: number,
): Generator<void, Uint8Array> {
  const whole = splits.reduce((sum, split) => sum + shares[split], 0)
  const parts = splits.map((split) => shares[split] / whole)
  const room = parts.map((part) => part * groups.reduce((sum, { size }) => sum + size, 0))
  const totals = countTypes(groups)
  const wanted = totals.map((total) => parts.map((part) => part * total))
  const placed = new Uint8Array(groups.length).fill(none)
  const place = (index: number, split: number): void => {
    const group = groups[index]
    if (!group) return
    placed[index] = split
    room[split] = (room[split] ?? 0) - group.size
    for (const type of group.types) take(wanted[type], split)
  }
  let steps = 0
  const byType = groupsByType(groups, seededOrder(groups, seed), totals.length)
  for (const { type, members } of byType)
    for (const index of members) {
      if (placed[index] === none) place(index, mostWanting(type === null ? room : (wanted[type] ?? room), room))
      if (++steps % groupsAtOnce === 0) yield
    }
  return placed
}

/** The split that lacks most of a type; of equals the one with most room. Splits without room are passed over. */
function mostWanting(lacking: readonly number[], room: readonly number[]): number {
  const nearlyNone = 1e-6 // shares of a whole number do not always add up to it
  return room.reduce((best, free, split) => {
    if (free <= nearlyNone) return best
    if (best === -1) return split
    const more = (lacking[split] ?? 0) - (lacking[best] ?? 0)
    return more > nearlyNone || (Math.abs(more) <= nearlyNone && free > (room[best] ?? 0)) ? split : best
  }, -1)
}

function countTypes(groups: readonly SplitGroup[]): number[] {
  const totals: number[] = []
  for (const { types } of groups) for (const type of types) totals[type] = (totals[type] ?? 0) + 1
  return Array.from(totals, (total) => total ?? 0)
}

function take(wanted: number[] | undefined, split: number): void {
  if (wanted) wanted[split] = (wanted[split] ?? 0) - 1
}

function seededOrder(groups: readonly SplitGroup[], seed: number): number[] {
  const draws = groups.map(({ key }) => drawOf(seed, key))
  const keyOf = (index: number): number => groups[index]?.key ?? 0
  return groups.map((_, index) => index).sort((a, b) => (draws[a] ?? 0) - (draws[b] ?? 0) || keyOf(a) - keyOf(b))
}

/** The groups of each type in the given order, the rarest type first, and at the end all groups for those without a type. */
function groupsByType(groups: readonly SplitGroup[], order: readonly number[], types: number) {
  const members = Array.from({ length: types }, (): number[] => [])
  for (const index of order) for (const type of new Set(groups[index]?.types)) members[type]?.push(index)
  const found: { readonly type: number | null; readonly members: readonly number[] }[] = members
    .map((own, type) => ({ type, members: own }))
    .sort((a, b) => a.members.length - b.members.length || a.type - b.type)
  return [...found, { type: null, members: order }]
}
