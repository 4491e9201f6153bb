/** Check sample: triples of an extraction drawn by chance, which a person judges without seeing how sure the model was. */
import { drawOf } from '#main/document/seeded-draw'
import type { ExtractedTriple, Verdict } from '#main/document/extracted-document'

/** A triple with what is needed to judge it, and where it stands in its extraction. */
export interface SampledTriple extends Pick<
  ExtractedTriple,
  'subject' | 'relation' | 'object' | 'probability' | 'calibratedProbability'
> {
  readonly document: string
  readonly documentPosition: number
  readonly sentence: string
  /** Offset of the sentence in its document, in code points. */
  readonly sentenceStart: number
}

export interface CheckSample {
  readonly sampleId: number
  readonly extractionId: number
  readonly seed: number
  /** Whether it has as many triples of each relation type as there are, up to a limit. */
  readonly byRelation: boolean
  /** Number of triples by relation type that it was drawn from. */
  readonly population: Readonly<Record<string, number>>
  readonly createdMs: number
  readonly size: number
  /** Number of triples that somebody judged. */
  readonly judged: number
}

/** What is shown of a triple that is to be judged: no probability. */
export interface CheckItem {
  readonly position: number
  readonly document: string
  readonly sentence: string
  readonly sentenceStart: number
  readonly subject: CheckSpan
  readonly relation: string
  readonly object: CheckSpan
  /** Null while nobody has judged it. */
  readonly verdict: Verdict | null
}

export type CheckSpan = Pick<ExtractedTriple['subject'], 'text' | 'start' | 'end' | 'type'>

interface Drawn<Item> {
  readonly key: number
  readonly index: number
  readonly item: Item
}

export interface Draw<Item extends { readonly relation: string }> {
  /** Considers the next item, in the order of the extraction. */
  add(item: Item): void
  /** Number of items by relation type that were considered. */
  readonly population: Readonly<Record<string, number>>
  /** The drawn items in an order of chance, so that those judged first are a sample, too. */
  sample(): Item[]
}

/**
 * Draws without putting back, in memory for the sample alone: each item has a number from seed and index, and the lowest are taken,
 * of all items or of each relation type. The same seed and items give the same sample.
 */
export function createDraw<Item extends { readonly relation: string }>(
  size: number,
  seed: number,
  byRelation: boolean,
): Draw<Item> {
  const population: Record<string, number> = {}
  const drawn = new Map<string, Drawn<Item>[]>()
  let index = 0
  return {
    population,
    add(item) {
      population[item.relation] = (Object.hasOwn(population, item.relation) ? (population[item.relation] ?? 0) : 0) + 1
      const stratum = byRelation ? item.relation : ''
      const own = drawn.get(stratum) ?? []
      drawn.set(stratum, own)
      own.push({ key: drawOf(seed, index), index: index++, item })
      if (own.length > 2 * size) lowest(own, size)
    },
    sample() {
      // every relation type has the same share of the sample; what rare ones do not fill goes to the others
      const strata = [...drawn.values()].sort((a, b) => a.length - b.length)
      let left = size
      const taken = strata.flatMap((own, at) => {
        const share = Math.min(own.length, Math.floor(left / (strata.length - at)))
        left -= share
        return lowest(own, share)
      })
      return taken.sort(byKey).map(({ item }) => item)
    },
  }
}

const byKey = (a: Drawn<unknown>, b: Drawn<unknown>): number => a.key - b.key || a.index - b.index

/** Leaves those with the lowest keys in the list. */
function lowest<Item>(list: Drawn<Item>[], size: number): Drawn<Item>[] {
  list.sort(byKey)
  list.length = Math.min(list.length, size)
  return list
}
