/** FamilyFacts: what is known of a family of models from its configs alone, without TensorFlow.js. */
import type { CorpusPart, ModelConfig } from '../config.ts'
import type { Task } from '../variant.ts'

export interface FamilyFacts<Model extends ModelConfig = ModelConfig> {
  /** The family in one line, for people. */
  readonly meaning: string
  /** Names of its systems among the published figures, the closest first. */
  readonly published: readonly string[]
  /** Tasks whose states are drawn, so that a prediction may be one draw of several. */
  drawn(model: Omit<Model, CorpusPart>): readonly Task[]
  /** Whether it finds the spans of a triple with it, so that cells by themselves are none. */
  readonly findsWhole: boolean
  /** Number of scores that a pair of words has in a table of pairs; 0 for a family without one. */
  scoresPerPair(model: Model): number
  /** Number of times that a pass goes over the table. */
  tables(model: Model): number
  /** Number of weights behind the encoder. */
  countWeights(model: Model): number
}

/** Number of weights of an affine map. */
export const affine = (input: number, output: number): number => input * output + output

/** Number of weights that score the pairs of words. */
export function pairScorer(width: number, outputs: number): number {
  return affine(width, width) + width * width + affine(width, outputs)
}

/** Number of weights of a GRU cell that is shown `seen` numbers beside its state. */
export function gatedCell(seen: number, width: number, resetAfter: boolean): number {
  return 3 * (resetAfter ? affine(seen, width) + affine(width, width) : affine(width + seen, width))
}

/** Number of entity types: each has the tags B, I, E and S. */
export function entityTypeCount({ tags }: Pick<ModelConfig, 'tags'>): number {
  return Math.max(1, (tags.length - 1) / 4)
}
