/** Operation with a gradient of its own: the operations inside are neither recorded nor kept. */
import * as tf from '@tensorflow/tfjs-core'

/** Constraint: an object that holds nothing but tensors. */
type Tensors<T> = { readonly [Name in keyof T]: tf.Tensor }

interface Forward<Output, Saved> {
  readonly value: Output
  /** Tensors that the gradient needs, inputs included; all others are disposed at once. */
  readonly saved: Saved
}

/**
 * Defines an operation. `forward` and `backward` use ordinary TensorFlow.js operations, so that it runs on every
 * backend; `backward` returns the gradient of every input by name.
 */
export function defineOperation<Inputs extends Tensors<Inputs>, Output extends tf.Tensor, Saved extends Tensors<Saved>>(
  forward: (inputs: Inputs) => Forward<Output, Saved>,
  backward: (gradient: Output, saved: Saved) => Tensors<Inputs>,
): (inputs: Inputs) => Output {
  return (inputs) => {
    const inputNames = Object.keys(inputs) as (keyof Inputs)[] // its own keys
    return tf.customGrad<Output>((...args) => {
      const save = args.at(-1) as tf.GradSaveFunc // customGrad appends this function to the inputs
      const { value, saved } = forward(inputs)
      const savedNames = Object.keys(saved)
      save(Object.values<tf.Tensor>(saved))
      const gradFunc = (gradient: Output, kept: tf.Tensor[]): tf.Tensor[] =>
        tf.tidy(() => {
          const byName = Object.fromEntries(savedNames.map((name, at) => [name, kept[at] as tf.Tensor]))
          const gradients = backward(gradient, byName as unknown as Saved) // what was saved, by the same names
          return inputNames.map((name) => gradients[name])
        })
      return { value, gradFunc }
    })(...Object.values<tf.Tensor>(inputs))
  }
}
