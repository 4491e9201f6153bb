/** Identity on WASM without a copy. The stock kernel copies every tensor that is kept for a gradient. */
import type * as tf from '@tensorflow/tfjs-core'
import { replaceKernel } from './replace-kernel.ts'

interface CountingBackend {
  incRef(dataId: object): void
}

export function registerIdentity(): void {
  replaceKernel('Identity', () => ({ inputs, backend }) => {
    const { dataId, shape, dtype } = inputs['x'] as tf.TensorInfo // its only input
    ;(backend as CountingBackend).incRef(dataId) // the data is freed with the last tensor that shares it
    return { dataId, shape, dtype }
  })
}
