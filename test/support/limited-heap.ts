/** A WebAssembly heap that has no room for large tensors, or for many, as a real one when memory runs out. */
import * as tf from '@tensorflow/tfjs-core'

interface Allocator {
  _malloc(bytes: number): number
  _free(address: number): void
}

interface LimitedHeap {
  /** How often it had no room. */
  refused(): number
  /** The most bytes that were in use at once, of what was allocated since. */
  peakBytes(): number
  lift(): void
}

interface Limits {
  /** Of one tensor. */
  readonly eachBytes?: number
  /** Of all that are allocated from now on. */
  readonly allBytes?: number
  readonly message?: string
}

/** Of the running WASM backend: what goes beyond the limits is refused, as the backend itself refuses. */
export function limitHeap({
  eachBytes = Infinity,
  allBytes = Infinity,
  message = 'out of memory',
}: Limits): LimitedHeap {
  const { wasm } = tf.backend() as unknown as { readonly wasm: Allocator } // its own class is not public
  // its first call puts another function in its place
  wasm._free(wasm._malloc(1))
  const { _malloc: allocate, _free: free } = wasm
  const sizes = new Map<number, number>()
  let [used, peak, refused] = [0, 0, 0]
  // addresses above 2 GB come as negative numbers, or do not
  const forget = (address: number): void => {
    used -= sizes.get(address >>> 0) ?? 0
    sizes.delete(address >>> 0)
  }
  wasm._malloc = (bytes) => {
    if (bytes > eachBytes || used + bytes > allBytes) {
      refused++
      throw new Error(message)
    }
    const address = allocate(bytes)
    sizes.set(address >>> 0, bytes)
    peak = Math.max(peak, (used += bytes))
    return address
  }
  wasm._free = (address) => {
    forget(address)
    free(address)
  }
  const lift = (): void => void Object.assign(wasm, { _malloc: allocate, _free: free })
  return { refused: () => refused, peakBytes: () => peak, lift }
}
