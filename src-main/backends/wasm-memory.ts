/** A full WebAssembly heap becomes an error: TensorFlow.js takes the missing address for 0 and writes over what lies there. */
import * as tf from '@tensorflow/tfjs-core'

interface Allocator {
  _malloc(bytes: number): number
  _free(address: number): void
}

const guarded = new WeakSet<Allocator>()

/** Of the running WASM backend; our own kernels allocate in the same way. */
export function guardMemory(): void {
  const { wasm } = tf.backend() as unknown as { readonly wasm: Allocator } // its own class is not public
  if (guarded.has(wasm)) return
  guarded.add(wasm)
  // its first call puts another function in its place
  wasm._free(wasm._malloc(1))
  const allocate = wasm._malloc
  wasm._malloc = (bytes) => {
    const address = allocate(bytes)
    if (address === 0 && bytes > 0)
      throw new Error(`WebAssembly is out of memory: it has no ${Math.ceil(bytes / 1e6)} MB left in one piece`)
    return address
  }
}
