/**
 * Pool of TensorFlow.js' WebGPU buffers, kept small. TensorFlow.js would keep buffers of every size for ever, and
 * batches differ in their number of words, so that each leaves other sizes behind.
 */
import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu'

type BufferManager = WebGPUBackend['bufferManager']

/** Members of the package's pool. They are private there. */
interface Pool {
  readonly freeBuffers: ReadonlyMap<string, GPUBuffer[]>
  numFreeBuffers: number
  numBytesAllocated: number
  readonly numBytesUsed: number
}

/** Bytes that are always kept, since making buffers takes time. */
const leastBytes = 128e6
/** Largest size of the pool, as a multiple of what one step was seen to need. */
const mostSteps = 3

interface SmallPool {
  /** Drops free buffers when there are too many. Call it between steps. */
  trim(): void
  /** Drops all free buffers. */
  drop(): void
}

export function keepPoolSmall(manager: BufferManager): SmallPool {
  const pool = manager as unknown as Pool
  /** bytes that the first step after a drop allocates; null until that step is done */
  let bytesOfStep: number | null = null

  function drop(): void {
    for (const buffers of pool.freeBuffers.values()) {
      // submitted work still finishes with them
      for (const buffer of buffers) buffer.destroy()
      buffers.length = 0 // the list itself stays, since the manager puts used buffers back into it
    }
    pool.numFreeBuffers = 0
    pool.numBytesAllocated = pool.numBytesUsed
    bytesOfStep = null
  }

  return {
    trim() {
      bytesOfStep ??= pool.numBytesAllocated
      if (pool.numBytesAllocated > Math.max(leastBytes, mostSteps * bytesOfStep)) drop()
    },
    drop,
  }
}
