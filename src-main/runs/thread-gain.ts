/** Whether several threads train a model faster than one, from its sizes alone. */
import type { ModelConfig } from './config.ts'
import { countBert } from './weight-count.ts'

/**
 * Numbers of a trained encoder. Every thread reads out, adds up and moves all of them at every update, work that is not
 * shared, and takes as much memory again; what is shared is the little that a batch of six sentences needs. Measured on
 * two cores that had other work beside: two threads take 1.4 times as long as one at 11 million, 0.9 to 1.6 times at 29
 * and 41 million, and one to two times at 110 million.
 */
const mostShared = 10e6

/** Asked by whoever was not told a number of threads. */
export function gainsByThreads({ encoder }: Pick<ModelConfig, 'encoder'>): boolean {
  return encoder.kind !== 'bert' || encoder.isFrozen || countBert(encoder.sizes) <= mostShared
}
