/**
 * Shares: the sentences of a batch that each replica computes, cut so that all replicas finish at about the same time.
 */
import { countWeights } from '#main/models/model'
import { stateWidth, type ModelConfig } from '#main/runs/config'
import { factsOfFamily } from '#main/runs/families/families'

/** Sentences of a batch from `from` to before `to`. */
interface Share {
  readonly from: number
  readonly to: number
}

/** Multiplications that a sentence of so many words takes. */
type CostOf = (length: number) => number

/**
 * Cost model: every word meets every weight about once, and every pair of words meets the kernels of the pair scorers.
 */
export function costModel(config: ModelConfig): CostOf {
  const perWord = countWeights(config, 0).all
  const family = factsOfFamily(config)
  const perPair = family.tables(config) * stateWidth(config) * family.scoresPerPair(config)
  return (length) => length * perWord + length * length * perPair
}

/** `count` consecutive shares of about equal cost; some are empty when there are fewer sentences than replicas. */
export function planShares(lengths: readonly number[], count: number, costOf: CostOf): Share[] {
  const ends: number[] = []
  let sum = 0
  for (const length of lengths) ends.push((sum += costOf(length)))
  /** Index of the cut before which the costs come closest to `part` of the whole. */
  const cutAt = (part: number): number => {
    const wanted = sum * part
    const after = ends.findIndex((end) => end >= wanted)
    const [before, beyond] = [ends[after - 1] ?? 0, ends[after] ?? sum]
    return wanted - before < beyond - wanted ? after : after + 1
  }
  const cuts = Array.from({ length: count + 1 }, (_, at) => {
    if (at === 0) return 0
    return at === count ? lengths.length : cutAt(at / count)
  })
  return cuts.slice(1).map((to, at) => ({ from: cuts[at] ?? 0, to }))
}
