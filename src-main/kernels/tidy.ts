/** `tf.tidy` for results of any shape. */
import * as tf from '@tensorflow/tfjs-core'

/** Frees every tensor made inside but those in the result, however deep in its objects and arrays. */
export function tidyAll<Result extends object>(compute: () => Result): Result {
  const container = tf.tidy(() => compute() as unknown as tf.TensorContainer) // it walks any object
  return container as unknown as Result
}
