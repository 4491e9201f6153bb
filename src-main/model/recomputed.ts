/**
 * Recomputation (Chen et al. 2016, "Training Deep Nets with Sublinear Memory Cost"): a layer whose gradient keeps only
 * what the layer reads, and computes all between anew.
 */
import * as tf from '@tensorflow/tfjs-core'
import type { Weights } from './weights.ts'

/** From states [k, d], weights, and a constant that has no gradient, to states [k, d]. */
type Layer = (states: tf.Tensor2D, weights: Weights, constant: tf.Tensor4D) => tf.Tensor2D

/** What `layer` gives, with the same gradients; it must ask for the weights of `names` alone. */
export function recomputed(
  layer: Layer,
  states: tf.Tensor2D,
  weights: Weights,
  names: readonly string[],
  constant: tf.Tensor4D,
): tf.Tensor2D {
  const places = new Map(names.map((name, at) => [name, at]))
  const run = (read: tf.Tensor, own: readonly tf.Tensor[], kept: tf.Tensor): tf.Tensor2D =>
    // of the ranks they went in with
    layer(read as tf.Tensor2D, (name) => own[places.get(name) ?? -1] as tf.Tensor, kept as tf.Tensor4D)
  const operation = tf.customGrad((...all) => {
    const save = all.pop() as unknown as tf.GradSaveFunc // customGrad's last argument
    const [read, ...own] = all as [tf.Tensor, ...tf.Tensor[]]
    const value = run(read, own, constant)
    // afterwards: of a layer that had no room nobody would free it
    save([read, constant])
    return {
      value,
      gradFunc(slope, [input, kept]) {
        if (!input || !kept) throw new Error('What a layer read was not kept for its gradient')
        // the weights are variables, or stand outside as long as the gradient: they need not be saved
        const again = (at: tf.Tensor, ...of: tf.Tensor[]): tf.Tensor => run(at, of, kept)
        return withOwnTape(() => tf.grads(again)([input, ...own], slope as tf.Tensor))
      },
    }
  })
  return operation(states, ...names.map((name) => weights(name))) as tf.Tensor2D
}

/** TensorFlow.js takes a gradient within a way back for the outermost one, whose tape it would drop. */
function withOwnTape<T>(work: () => T): T {
  const { state } = tf.engine()
  const outer = state.activeTape
  try {
    return work()
  } catch (error) {
    // what the broken pass kept for its way back
    const own = state.activeTape as typeof outer | null
    if (own !== outer) tf.dispose(own?.flatMap(({ saved }) => saved ?? []) ?? [])
    throw error
  } finally {
    state.activeTape = outer
  }
}
