/**
 * Tally: sums of counts by key, kept apart by unit of resampling. A unit is a sentence, or a group of sentences that were drawn
 * together where there are too many to keep each by itself, so that memory does not grow with the corpus.
 */

/** Counts of one key, one row of `width` numbers for each unit that has any. */
export interface TallyRows {
  readonly units: Int32Array
  readonly values: Float64Array
  readonly width: number
}

export interface Tally {
  /** Adds numbers to a key's row of the unit. A key always takes the same number of them. */
  add(key: string, unit: number, ...counts: readonly number[]): void
  keys(): IterableIterator<string>
  /** Sums of a key over all units; an empty list for a key that has none. */
  sums(key: string): readonly number[]
  rows(key: string): TallyRows
}

/** Answers with a sum of a key: the number at `place` of its row, 0 where the key has none. */
export type SumOf = (key: string, place: number) => number

export function createTally(units: number): Tally {
  const cells = new Map<string, { readonly width: number; readonly values: Float64Array }>()
  return {
    add(key, unit, ...counts) {
      let own = cells.get(key)
      if (!own) cells.set(key, (own = { width: counts.length, values: new Float64Array(units * counts.length) }))
      const { values, width } = own
      for (const [at, count] of counts.entries()) values[unit * width + at] = (values[unit * width + at] ?? 0) + count
    },
    keys: () => cells.keys(),
    sums(key) {
      const { width, values } = cells.get(key) ?? empty
      const sums = new Array<number>(width).fill(0)
      for (const [at, value] of values.entries()) sums[at % width] = (sums[at % width] ?? 0) + value
      return sums
    },
    rows(key) {
      const { width, values } = cells.get(key) ?? empty
      const isUsed = (unit: number): boolean => values.subarray(unit * width, (unit + 1) * width).some((n) => n !== 0)
      const used = Array.from({ length: width === 0 ? 0 : values.length / width }, (_, unit) => unit).filter(isUsed)
      const kept = new Float64Array(used.length * width)
      for (const [at, unit] of used.entries()) kept.set(values.subarray(unit * width, (unit + 1) * width), at * width)
      return { units: Int32Array.from(used), values: kept, width }
    },
  }
}

const empty = { width: 0, values: new Float64Array(0) }

/** The sums of a whole tally, each key added up once. */
export function sumsOf(tally: Tally): SumOf {
  const sums = new Map([...tally.keys()].map((key) => [key, tally.sums(key)]))
  return (key, place) => sums.get(key)?.[place] ?? 0
}

/** The names under which a tally has keys of one kind, in their order. */
export function namesUnder(tally: Tally, keyOf: (name: string) => string): string[] {
  const prefix = keyOf('')
  return [...tally.keys()].flatMap((key) => (key.startsWith(prefix) ? [key.slice(prefix.length)] : [])).sort()
}
