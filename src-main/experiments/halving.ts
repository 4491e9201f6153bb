/** Successive halving (Jamieson and Talwalkar 2016): many candidates train shortly, and ever fewer of them ever longer. */
import type { Halving } from './plan.ts'

export interface Round {
  /** Number of candidates that train in it. */
  readonly candidates: number
  /** Number of epochs that each has at its end; null for as many as its settings allow. */
  readonly epochs: number | null
}

/**
 * The rounds of a search: the first with all candidates, each further one with `1 / factor` of them, rounded up, until one
 * is left or the epochs reach those of the settings. In the last round training comes to its own end.
 * @param epochs largest number of epochs of a run.
 */
export function roundsOf({ epochs: first, factor }: Halving, candidates: number, epochs: number): Round[] {
  const rounds: Round[] = []
  let left = candidates
  let until = first
  while (left > 1 && until < epochs) {
    rounds.push({ candidates: left, epochs: until })
    left = Math.ceil(left / factor)
    until *= factor
  }
  return [...rounds, { candidates: left, epochs: null }]
}

/** A candidate with its score on dev, 0 to 1; null where it has none. */
export interface Scored {
  readonly key: string
  readonly score: number | null
}

/** The keys of the best candidates, best first. Of equal ones the earlier comes first; those without a score come last. */
export function bestOf(candidates: readonly Scored[], count: number): string[] {
  return candidates
    .toSorted((a, b) => (b.score ?? -1) - (a.score ?? -1))
    .slice(0, count)
    .map(({ key }) => key)
}
