/** Shares: which sentences of a batch each replica computes, so that all are done at about the same time. */
import { countWeights } from '#main/model/joint-model'
import { partsOf } from '#main/model/parts'
import { stateWidth, type ModelConfig } from '#main/runs/config'

/** Sentences `from` up to `to` of a batch. */
interface Share {
  readonly from: number
  readonly to: number
}

/** Multiplications that a sentence takes, by its words. */
type CostOf = (length: number) => number

/** Every word meets every weight about once, every pair of words the pair scorers' kernels. */
export function costModel(config: ModelConfig): CostOf {
  const perWord = countWeights(config, 0).all
  const scorers = config.tasks.includes('relation') ? (partsOf(config).hasEarly ? 2 : 1) : 0
  const perPair = scorers * stateWidth(config) * config.relations.length
  return (length) => length * perWord + length * length * perPair
}

/** `count` neighbouring shares of about equal cost; with fewer sentences than replicas some are empty. */
export function planShares(lengths: readonly number[], count: number, costOf: CostOf): Share[] {
  const ends: number[] = []
  let sum = 0
  for (const length of lengths) ends.push((sum += costOf(length)))
  /** The cut whose costs before it come closest to a part of all. */
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
