/** Sums of gradients over shards. They can be moved out of the backend's memory while a shard needs all of it. */
import * as tf from '@tensorflow/tfjs-core'
import { isOutOfMemory } from './shards.ts'

export interface GradientSums {
  /** Adds gradients and disposes them. A sum that does not fit into the backend's memory is made outside it. */
  add(gradients: ReadonlyMap<string, tf.Tensor>): Promise<void>
  /** Moves the sums out of the backend's memory until they are taken or fit beside what is added. */
  putAside(): Promise<void>
  /** Sums by weight name; empty when nothing was added. The caller disposes them. */
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

  async function putAside(name: string): Promise<void> {
    const sum = sums.get(name)
    if (!sum) return
    aside.set(name, { shape: sum.shape, values: await sum.data<'float32'>() })
    sum.dispose()
    sums.delete(name)
  }

  async function addOutside(name: string, gradient: tf.Tensor): Promise<void> {
    await putAside(name)
    const { shape } = gradient
    const values = await gradient.data<'float32'>()
    const before = aside.get(name)?.values
    aside.set(name, { shape, values: before ? values.map((value, at) => value + (before[at] ?? 0)) : values })
    gradient.dispose()
  }

  return {
    async add(gradients) {
      const unused = new Map(gradients)
      try {
        for (const [name, gradient] of gradients) {
          try {
            sums.set(name, addInto(bringBack(name), gradient))
          } catch (error) {
            if (!isOutOfMemory(error)) throw error
            await addOutside(name, gradient)
          }
          unused.delete(name)
        }
      } finally {
        tf.dispose([...unused.values()])
      }
    },
    async putAside() {
      for (const name of [...sums.keys()]) await putAside(name)
    },
    take() {
      for (const name of [...aside.keys()]) bringBack(name)
      return sums
    },
    dispose: () => tf.dispose([...sums.values()]),
  }
}

/** The sum of two tensors, which are both disposed. */
function addInto(sum: tf.Tensor | undefined, gradient: tf.Tensor): tf.Tensor {
  if (!sum) return gradient
  const total = tf.add(sum, gradient)
  tf.dispose([sum, gradient])
  return total
}
