import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { isBackendFailure } from '#main/backends/backend-failure'
import { startBackend } from '#main/backends/ladder'

/** What kernels allocate their results with; the backend's own class is not public. */
interface Outputs {
  makeOutput(shape: readonly number[], dtype: string): tf.TensorInfo
}

beforeAll(async () => void (await startBackend('wasm', 1)))

describe('a full WebAssembly heap', () => {
  it('is an error of the backend, and what lies there stays as it is', () => {
    const kept = tf.tensor1d([1, 2, 3])
    const backend = tf.backend() as unknown as Outputs
    let failure: unknown
    try {
      // more than 4 GB together, which is all that there can be
      for (let half = 0; half < 2; half++) backend.makeOutput([6e8], 'float32')
    } catch (error) {
      failure = error
    }
    expect(failure).toMatchObject({ message: expect.stringContaining('WebAssembly is out of memory') as string })
    expect(isBackendFailure(failure)).toBe(true)
    expect([...kept.dataSync()]).toEqual([1, 2, 3])
    expect([...tf.add(kept, 1).dataSync()]).toEqual([2, 3, 4])
  })
})
