/** Assignments: which sentences of a corpus go to which person, as a package that comes back as that person's layer. */
import { drawOf } from './seeded-draw.ts'

/** PackageManifest: what a package says of itself. */
export interface PackageManifest {
  /** Id that the home workspace knows it by. */
  readonly packageId: string
  /** Name of the corpus at home. */
  readonly corpus: string
  /** Name of the person, which is that of the layer. */
  readonly person: string
  readonly createdMs: number
  readonly seed: number
  /** Share of the sentences that everyone gets, 0 to 1. */
  readonly overlap: number
  readonly sentences: number
  /** Number of the sentences that everyone gets. */
  readonly shared: number
  /** False where the person does not see what the corpus says of the sentences. */
  readonly withGold: boolean
  /** Set where the person has sent it back: when, and how many sentences they had reviewed. */
  readonly returned: { readonly atMs: number; readonly reviewed: number } | null
}

export interface Deal {
  readonly person: string
  /** In the order in which they were given. */
  readonly sentenceIds: readonly number[]
  readonly shared: number
}

export interface DealRequest {
  readonly sentenceIds: readonly number[]
  readonly people: readonly string[]
  /** Share that everyone gets, 0 to 1. */
  readonly overlap: number
  readonly seed: number
  /** Sentences that others have already: of these only shared ones are dealt. */
  readonly held: ReadonlySet<number>
}

/** Number that keeps the order of dealing independent of the draw of what is shared. */
const dealing = 1

/**
 * Deals sentences out. The seed draws the share that everyone gets, the same sentences at every deal; the others go to one person each,
 * in equal numbers.
 */
export function dealSentences({ sentenceIds, people, overlap, seed, held }: DealRequest): Deal[] {
  const shared = new Set(sentenceIds.filter((id) => drawOf(seed, id) < overlap))
  const single = sentenceIds.filter((id) => !shared.has(id) && !held.has(id))
  const order = single.map((id) => ({ id, at: drawOf(seed, id, dealing) })).sort((a, b) => a.at - b.at || a.id - b.id)
  const owners = new Map(order.map(({ id }, at) => [id, at % people.length]))
  return people.map((person, at) => ({
    ...{ person, shared: shared.size },
    sentenceIds: sentenceIds.filter((id) => shared.has(id) || owners.get(id) === at),
  }))
}
