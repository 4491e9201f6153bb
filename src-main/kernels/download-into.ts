/** Reading a tensor's numbers to where they are wanted. */
import * as tf from '@tensorflow/tfjs-core'

/** What the WASM backend has beside others; public there, but not in the interface of all. */
interface HeapBackend {
  typedArrayFromHeap(tensor: tf.TensorInfo): Float32Array
}

/** Copies float32 numbers once where they lie in a heap; elsewhere the backend makes an array of its own first. */
export async function downloadInto(target: Float32Array, tensor: tf.Tensor): Promise<void> {
  const backend = tf.backend() as Partial<HeapBackend>
  target.set(backend.typedArrayFromHeap?.(tensor) ?? (await tensor.data<'float32'>()))
}
