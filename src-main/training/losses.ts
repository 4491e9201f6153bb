/** Loss parts as numbers, added up over shards and batches, and downloaded from the backend in a fixed order. */
import type * as tf from '@tensorflow/tfjs-core'
import type { LossParts } from '#main/runs/run'

export const lossNames = [
  'total',
  'entity',
  'relation',
  'earlyEntity',
  'earlyRelation',
  'klEntity',
  'klRelation',
] as const satisfies (keyof LossParts)[]

export const noLosses = toLosses(() => 0)

/** Sum of two losses, the second multiplied by `times`. */
export function addLosses(sum: LossParts, more: LossParts, times = 1): LossParts {
  return toLosses((name) => sum[name] + more[name] * times)
}

/** Losses from numbers in the order of `lossNames`. */
export function lossesFrom(values: ArrayLike<number>): LossParts {
  return toLosses((name) => values[lossNames.indexOf(name)] ?? Number.NaN)
}

/** Losses from a tensor [7] in the order of `lossNames`. */
export async function downloadLosses(parts: tf.Tensor): Promise<LossParts> {
  return lossesFrom(await parts.data<'float32'>())
}

function toLosses(of: (name: keyof LossParts) => number): LossParts {
  return Object.fromEntries(lossNames.map((name) => [name, of(name)])) as unknown as LossParts // it has every name
}
