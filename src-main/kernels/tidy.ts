/** `tf.tidy` for results of any shape. */
import * as tf from '@tensorflow/tfjs-core'

/** Disposes every tensor made inside, except those in the result, at any depth of its objects and arrays. */
export function tidyAll<Result extends object>(compute: () => Result): Result {
  const container = tf.tidy(() => compute() as unknown as tf.TensorContainer) // tf.tidy walks any object
  return container as unknown as Result
}
