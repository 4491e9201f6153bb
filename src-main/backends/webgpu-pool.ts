/**
 * The pool of TensorFlow.js' WebGPU buffers, kept small: it would keep buffers of every size for ever, and since batches
 * differ in their number of words, each one leaves other sizes behind.
 */
import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu'

type BufferManager = WebGPUBackend['bufferManager']

/** Private to the package, and read here. */
interface Pool {
  readonly freeBuffers: ReadonlyMap<string, GPUBuffer[]>
  numFreeBuffers: number
  numBytesAllocated: number
  readonly numBytesUsed: number
}

/** As much is always kept: making buffers takes time. */
const leastBytes = 128e6
/** Buffers kept, in what one step of work was seen to need. */
const mostSteps = 3

export interface SmallPool {
  /** To be called between steps of work; drops what is free when it has become too much. */
  trim(): void
  /** Drops everything that is free. */
  drop(): void
}

export function keepPoolSmall(manager: BufferManager): SmallPool {
  const pool = manager as unknown as Pool
  /** What the first step after dropping everything allocates; null until it was taken. */
  let bytesOfStep: number | null = null

  function drop(): void {
    for (const buffers of pool.freeBuffers.values()) {
      // work that was submitted still finishes with them
      for (const buffer of buffers) buffer.destroy()
      buffers.length = 0 // the list itself stays: the manager puts used buffers back into it
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
