/** Names of runs: what they are called until a person says otherwise, and how several of one request share a name. */
import type { VariantName } from './variants.ts'

/** "pmei seed 1". */
export function defaultName(variant: VariantName, seed: number): string {
  return `${variant} seed ${seed}`
}

/** What a request asks for: a run per variant and seed. */
interface Named {
  readonly name?: string | undefined
  readonly variants: readonly VariantName[]
  readonly seeds: readonly number[]
}

/** A name that was asked for is followed by what varies: "wide batches mtl seed 2", "wide batches seed 2", "wide batches". */
export function nameInRequest({ name, variants, seeds }: Named, variant: VariantName, seed: number): string {
  if (name === undefined) return defaultName(variant, seed)
  return [name, ...(variants.length > 1 ? [variant] : []), ...(seeds.length > 1 ? [`seed ${seed}`] : [])].join(' ')
}
