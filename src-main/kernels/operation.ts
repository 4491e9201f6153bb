/** An operation that brings its own gradient: what happens inside is neither recorded nor kept. */
import * as tf from '@tensorflow/tfjs-core'

interface Forward<Output extends tf.Tensor> {
  readonly value: Output
  /** What the gradient needs, inputs included: everything else is freed at once. */
  readonly saved: readonly tf.Tensor[]
}

/**
 * `forward` and `backward` are ordinary TensorFlow.js operations, so that the result runs on every backend.
 * `backward` returns one gradient per input, in order.
 */
export function defineOperation<Inputs extends readonly tf.Tensor[], Output extends tf.Tensor>(
  forward: (...inputs: Inputs) => Forward<Output>,
  backward: (gradient: Output, saved: tf.Tensor[]) => tf.Tensor[],
): (...inputs: Inputs) => Output {
  return (...inputs) =>
    tf.customGrad<Output>((...args) => {
      const save = args.at(-1) as tf.GradSaveFunc // customGrad appends it to the inputs
      const { value, saved } = forward(...inputs)
      save([...saved])
      return { value, gradFunc: (gradient, kept) => tf.tidy(() => backward(gradient, kept)) }
    })(...inputs)
}
