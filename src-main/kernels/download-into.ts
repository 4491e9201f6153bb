/** Download of a tensor's numbers into an array that exists already. */
import * as tf from '@tensorflow/tfjs-core'

/** Method of the WASM backend that the interface of all backends lacks; it is public there. */
interface HeapBackend {
  typedArrayFromHeap(tensor: tf.TensorInfo): Float32Array
}

/**
 * Copies the float32 numbers of a tensor to `target`: once where the tensor lies in a heap; other backends make an
 * array of their own first.
 */
export async function downloadInto(target: Float32Array, tensor: tf.Tensor): Promise<void> {
  const backend = tf.backend() as Partial<HeapBackend>
  target.set(backend.typedArrayFromHeap?.(tensor) ?? (await tensor.data<'float32'>()))
}
