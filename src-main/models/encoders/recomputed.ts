/**
 * Recomputation (Chen et al. 2016, "Training Deep Nets with Sublinear Memory Cost"): a layer whose gradient keeps only
 * the layer's input, and recomputes everything between.
 */
import * as tf from '@tensorflow/tfjs-core'
import type { Weights } from '../shared/weights.ts'

/** A layer maps states [k, d], weights, and a constant without a gradient, to states [k, d]. */
type Layer = (states: tf.Tensor2D, weights: Weights, constant: tf.Tensor4D) => tf.Tensor2D

/** Output of `layer` with the same gradients. The layer may ask for the weights of `names` only. */
export function recomputed(
  layer: Layer,
  states: tf.Tensor2D,
  weights: Weights,
  names: readonly string[],
  constant: tf.Tensor4D,
): tf.Tensor2D {
  const places = new Map(names.map((name, at) => [name, at]))
  const run = (read: tf.Tensor, own: readonly tf.Tensor[], kept: tf.Tensor): tf.Tensor2D =>
    // the ranks are those of the tensors that were passed
    layer(read as tf.Tensor2D, (name) => own[places.get(name) ?? -1] as tf.Tensor, kept as tf.Tensor4D)
  const operation = tf.customGrad((...all) => {
    const save = all.pop() as unknown as tf.GradSaveFunc // the last argument of customGrad
    const [read, ...own] = all as [tf.Tensor, ...tf.Tensor[]]
    const value = run(read, own, constant)
    // saved after the layer has run: if the layer runs out of memory, nobody would dispose what was saved before
    save([read, constant])
    return {
      value,
      gradFunc(slope, [input, kept]) {
        if (!input || !kept) throw new Error('What a layer read was not kept for its gradient')
        // the weights are variables, or live outside as long as the gradient: they need not be saved
        const again = (at: tf.Tensor, ...of: tf.Tensor[]): tf.Tensor => run(at, of, kept)
        return withOwnTape(() => tf.grads(again)([input, ...own], slope as tf.Tensor))
      },
    }
  })
  return operation(states, ...names.map((name) => weights(name))) as tf.Tensor2D
}

/**
 * Runs `work` with a tape of its own. TensorFlow.js takes a gradient inside a backward pass for the outermost one, and
 * would drop its tape.
 */
function withOwnTape<T>(work: () => T): T {
  const { state } = tf.engine()
  const outer = state.activeTape
  try {
    return work()
  } catch (error) {
    // tensors that the failed pass kept for its gradient
    const own = state.activeTape as typeof outer | null
    if (own !== outer) tf.dispose(own?.flatMap(({ saved }) => saved ?? []) ?? [])
    throw error
  } finally {
    state.activeTape = outer
  }
}
