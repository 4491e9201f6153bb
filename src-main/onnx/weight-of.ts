/** Weights of a model by their names. */
import type { NamedTensor } from '#main/pretrained/safetensors'

/** @throws Error when the model has no such weight. */
export type WeightOf = (name: string) => NamedTensor

export function weightsBy(weights: ReadonlyMap<string, NamedTensor>): WeightOf {
  return (name) => {
    const weight = weights.get(name)
    if (!weight) throw new Error(`The model has no weight ${name}: export it again`)
    return weight
  }
}
