/**
 * Average: an exponential moving average of the weights. A run predicts with it, while its last weights go on training:
 * from small batches the last weights jump about what they approach.
 */
import * as tf from '@tensorflow/tfjs-core'
import type { OptimizerState } from '#main/models/checkpoint'

export interface Average {
  /** Takes in the weights after the update of this number. */
  add(step: number): void
  /** Does some work while the average stands in the place of the weights. */
  during<Result>(work: () => Promise<Result>): Promise<Result>
  /** The last weights, under the names by which a checkpoint keeps them beside the moments; empty where nothing is averaged. */
  last(): ReadonlyMap<string, tf.Tensor>
  dispose(): void
}

type Weights = ReadonlyMap<string, tf.Variable>

const lastName = (name: string): string => `${name}.last`

/**
 * Begins with the present weights, or goes on where `from` holds the last weights of a stored run, whose weights are the
 * average. With decay 0 the average is the weights themselves.
 */
export function createAverage(weights: Weights, decay: number, from: OptimizerState | null): Average {
  if (decay === 0)
    return { add: () => undefined, during: (work) => work(), last: () => new Map(), dispose: () => undefined }
  const means = new Map([...weights].map(([name, weight]) => [name, tf.tidy(() => tf.variable(weight.clone(), false))]))
  for (const [name, weight] of weights) {
    const stored = from?.moments.get(lastName(name))
    if (stored) tf.tidy(() => weight.assign(tf.tensor(stored.values, weight.shape, 'float32')))
  }

  /** The tensors change places without being copied. */
  function swap(): void {
    for (const [name, weight] of weights) {
      const mean = means.get(name)
      if (!mean) continue
      tf.tidy(() => {
        const kept = weight.clone()
        weight.assign(mean)
        mean.assign(kept)
      })
    }
  }

  return {
    add(step) {
      // the first updates move the weights most, and an average that began with random ones has to follow
      const keep = Math.min(decay, (1 + step) / (10 + step))
      for (const [name, weight] of weights) {
        const mean = means.get(name)
        if (mean) tf.tidy(() => mean.assign(tf.add(mean, tf.mul(tf.sub(weight, mean), 1 - keep))))
      }
    },
    async during(work) {
      swap()
      try {
        return await work()
      } finally {
        swap()
      }
    },
    last: () => new Map([...weights].map(([name, weight]) => [lastName(name), weight])),
    dispose: () => tf.dispose([...means.values()]),
  }
}
