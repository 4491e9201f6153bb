/** Ids for what is written: those that the format can hold stay what they are, any other becomes the next that is free. */

export interface IdRules {
  readonly isUsable: (id: string) => boolean
  /** The id of a number, from 1. */
  readonly make: (number: number) => string
  /** Ids that are used elsewhere. */
  readonly taken?: ReadonlySet<string>
}

/** One id for each of `ids`, in the same order, all of them different. */
export function giveIds(ids: readonly string[], { isUsable, make, taken }: IdRules): string[] {
  const used = new Set<string>()
  const kept = ids.map((id) => {
    if (!isUsable(id) || used.has(id)) return null
    used.add(id)
    return id
  })
  let next = 1
  return kept.map((id) => {
    if (id !== null) return id
    while (used.has(make(next)) || taken?.has(make(next))) next++
    return make(next++)
  })
}

/** Whole numbers as JSON holds them. */
export const numericIds: IdRules = {
  isUsable: (id) => /^(?:0|[1-9]\d*)$/.test(id),
  make: String,
}
