/** Remark: what a person notes on a single span or relation, and whether it is flagged to be looked at again. */

export interface Remark {
  readonly note: string
  readonly isFlagged: boolean
}

/** Remarkable: an item that can carry a remark; absent means that nothing was noted and nothing is flagged. */
export interface Remarkable {
  readonly remark?: Remark
}

const noRemark: Remark = { note: '', isFlagged: false }

export function remarkOf({ remark }: Remarkable): Remark {
  return remark ?? noRemark
}

export const isEmptyRemark = ({ note, isFlagged }: Remark): boolean => note === '' && !isFlagged

/** The item with this remark in place of its own; an empty remark leaves no field behind. */
export function withRemark<Item extends Remarkable>(item: Item, remark: Remark): Item {
  const { remark: former, ...bare } = item
  if (former === undefined && isEmptyRemark(remark)) return item
  return (isEmptyRemark(remark) ? bare : { ...bare, remark }) as Item // all of it but the optional remark
}

/** Merges the remarks of items that become one: flagged where one of them is, with every note once. */
export function joinRemarks(items: readonly Remarkable[]): Remark {
  const remarks = items.map(remarkOf)
  const notes = new Set(remarks.map(({ note }) => note).filter((note) => note !== ''))
  return { note: [...notes].join('\n'), isFlagged: remarks.some(({ isFlagged }) => isFlagged) }
}

/** Number of flagged spans and relations of a sentence. */
export function countFlagged({
  spans,
  relations,
}: {
  readonly spans: readonly Remarkable[]
  readonly relations: readonly Remarkable[]
}): number {
  const isFlagged = (item: Remarkable): boolean => item.remark?.isFlagged ?? false
  return spans.filter(isFlagged).length + relations.filter(isFlagged).length
}
