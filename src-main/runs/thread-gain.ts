/** Thread gain: whether several threads train a model faster than one, told from its sizes alone. */
import type { ModelConfig } from './config.ts'
import { countBert } from './weight-count.ts'

/**
 * Number of weights of a trained encoder up to which threads gain. At every update each thread copies, sums and updates
 * all of them, so that this work is not shared and the memory is needed again; only the batch is shared, and six sentences
 * are little. Measured on two cores that had other work as well: two threads took 1.4 times as long as one with 11 million
 * weights, 0.9 to 1.6 times as long with 29 and 41 million, and one to two times as long with 110 million.
 */
const mostShared = 10e6

/** Whether a run that asks for no number of threads should take several. */
export function gainsByThreads({ encoder }: Pick<ModelConfig, 'encoder'>): boolean {
  return encoder.kind !== 'bert' || encoder.isFrozen || countBert(encoder.sizes) <= mostShared
}
