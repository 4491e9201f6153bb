/** Names of new runs: the default name, and the names of several runs that are asked for under one name. */
import type { ModelName } from './model-name.ts'

/** The name of a run that was given no other: "pmei seed 1". */
export function defaultName(variant: ModelName, seed: number): string {
  return `${variant} seed ${seed}`
}

/** The part of a request that names its runs, one per variant and seed. */
interface Named {
  readonly name?: string | undefined
  readonly variants: readonly ModelName[]
  readonly seeds: readonly number[]
}

/** The name of one run of a request. A given name is followed by what varies: "wide batches mtl seed 2", "wide batches seed 2". */
export function nameInRequest({ name, variants, seeds }: Named, variant: ModelName, seed: number): string {
  if (name === undefined) return defaultName(variant, seed)
  return [name, ...(variants.length > 1 ? [variant] : []), ...(seeds.length > 1 ? [`seed ${seed}`] : [])].join(' ')
}
