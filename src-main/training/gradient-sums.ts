/** Sums of gradients over shards, which can stand outside the backend's memory while it needs all of it for a shard. */
import * as tf from '@tensorflow/tfjs-core'

export interface GradientSums {
  /** Uses the gradients up. */
  add(gradients: ReadonlyMap<string, tf.Tensor>): void
  /** Out of the backend's memory, until more is added. */
  putAside(): Promise<void>
  /** By weight name; empty when nothing was added. The caller disposes them. */
  take(): Map<string, tf.Tensor>
  dispose(): void
}

interface Aside {
  readonly shape: number[]
  readonly values: Float32Array
}

export function startSums(): GradientSums {
  const sums = new Map<string, tf.Tensor>()
  const aside = new Map<string, Aside>()

  function bringBack(name: string): tf.Tensor | undefined {
    const stored = aside.get(name)
    if (!stored) return sums.get(name)
    const sum = tf.tensor(stored.values, stored.shape, 'float32')
    aside.delete(name)
    sums.set(name, sum)
    return sum
  }

  return {
    add(gradients) {
      const unused = new Map(gradients)
      try {
        for (const [name, gradient] of gradients) {
          sums.set(name, addInto(bringBack(name), gradient))
          unused.delete(name)
        }
      } finally {
        tf.dispose([...unused.values()])
      }
    },
    async putAside() {
      for (const [name, sum] of sums) {
        aside.set(name, { shape: sum.shape, values: await sum.data<'float32'>() })
        sum.dispose()
        sums.delete(name)
      }
    },
    take() {
      for (const name of [...aside.keys()]) bringBack(name)
      return sums
    },
    dispose: () => tf.dispose([...sums.values()]),
  }
}

/** Their sum; both are used up. */
function addInto(sum: tf.Tensor | undefined, gradient: tf.Tensor): tf.Tensor {
  if (!sum) return gradient
  const total = tf.add(sum, gradient)
  tf.dispose([sum, gradient])
  return total
}
