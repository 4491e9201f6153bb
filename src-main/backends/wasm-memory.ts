/**
 * Guard of the WebAssembly heap: a failed allocation becomes an error, where TensorFlow.js would take the address 0
 * and overwrite what is there.
 */
import * as tf from '@tensorflow/tfjs-core'

interface Allocator {
  _malloc(bytes: number): number
  _free(address: number): void
}

const guarded = new WeakSet<Allocator>()

/** Guards the running WASM backend, and with it our own kernels, which allocate in the same way. */
export function guardMemory(): void {
  const { wasm } = tf.backend() as unknown as { readonly wasm: Allocator } // the backend's class is not public
  if (guarded.has(wasm)) return
  guarded.add(wasm)
  // its first call replaces the function
  wasm._free(wasm._malloc(1))
  const allocate = wasm._malloc
  wasm._malloc = (bytes) => {
    const address = allocate(bytes)
    if (address === 0 && bytes > 0)
      throw new Error(`WebAssembly is out of memory: it has no ${Math.ceil(bytes / 1e6)} MB left in one piece`)
    return address
  }
}
