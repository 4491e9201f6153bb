/** A WebAssembly heap that has no room for large tensors, as a real one when memory runs out. */
import * as tf from '@tensorflow/tfjs-core'

interface Allocator {
  _malloc(bytes: number): number
}

interface LimitedHeap {
  /** How often it had no room. */
  refused(): number
  lift(): void
}

/** Of the running WASM backend: whatever is larger than `mostBytes` is refused, as the backend itself refuses. */
export function limitHeap(mostBytes: number): LimitedHeap {
  const { wasm } = tf.backend() as unknown as { readonly wasm: Allocator } // its own class is not public
  const allocate = wasm._malloc
  let refused = 0
  wasm._malloc = (bytes) => {
    if (bytes <= mostBytes) return allocate(bytes)
    refused++
    throw new Error('out of memory')
  }
  return { refused: () => refused, lift: () => (wasm._malloc = allocate) }
}
