/**
 * Sums of many tensors on WebGPU. The stock kernel binds all of them at once, which cards refuse from about ten
 * tensors on, and its result is then silently zero (TensorFlow.js 4.22).
 */
import * as tf from '@tensorflow/tfjs-core'

const repaired = new WeakSet<tf.KernelFunc>()

/** Number of tensors added at once. Every card binds eight buffers: seven tensors and their sum. */
const mostAtOnce = 7

/** Replaces the kernel once. The kernels of the WebGPU backend must be registered. */
export function repairSums(): void {
  const stock = tf.getKernel(tf.AddN, 'webgpu')
  if (!stock) throw new Error('The WebGPU backend is not loaded: there is no sum to repair')
  if (repaired.has(stock.kernelFunc)) return
  const kernelFunc = inGroups(stock.kernelFunc)
  tf.unregisterKernel(tf.AddN, 'webgpu')
  tf.registerKernel({ ...stock, kernelFunc })
  repaired.add(kernelFunc)
}

interface Backend {
  disposeData(dataId: object): boolean
}

function inGroups(stock: tf.KernelFunc): tf.KernelFunc {
  return ({ inputs, backend }) => {
    const all = inputs as unknown as tf.TensorInfo[] // the inputs of this kernel have no names
    const add = (some: tf.TensorInfo[]): tf.TensorInfo =>
      stock({ inputs: some as unknown as tf.NamedTensorInfoMap, backend }) as tf.TensorInfo
    let sum = add(all.slice(0, mostAtOnce))
    for (let from = mostAtOnce; from < all.length; from += mostAtOnce - 1) {
      const before = sum
      sum = add([before, ...all.slice(from, from + mostAtOnce - 1)])
      const { disposeData } = backend as Backend
      disposeData.call(backend, before.dataId)
    }
    return sum
  }
}
