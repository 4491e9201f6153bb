/**
 * Matrix products on WASM without our kernels. The stock kernel is fast only where nothing is transposed, and every
 * gradient transposes (measured 1 against 17 GFLOP/s). Transposing first and then multiplying makes a training step 3
 * to 4 times faster. An empty sum is 0 here; the stock kernel leaves what was in memory.
 */
import * as tf from '@tensorflow/tfjs-core'

const repaired = new WeakSet<tf.KernelFunc>()

/** Replaces the kernel once. The kernels of the WASM backend must be registered. */
export function repairWasmProducts(): void {
  const product = tf.getKernel(tf.BatchMatMul, 'wasm')
  const transpose = tf.getKernel(tf.Transpose, 'wasm')
  const fill = tf.getKernel(tf.Fill, 'wasm')
  if (!product || !transpose || !fill) throw new Error('The WASM backend is not loaded: there is no product to repair')
  if (repaired.has(product.kernelFunc)) return
  const kernelFunc = transposeFirst(product.kernelFunc, transpose.kernelFunc, fill.kernelFunc)
  tf.unregisterKernel(tf.BatchMatMul, 'wasm')
  tf.registerKernel({ ...product, kernelFunc })
  repaired.add(kernelFunc)
}

interface Backend {
  disposeData(dataId: object): boolean
}

function transposeFirst(product: tf.KernelFunc, transpose: tf.KernelFunc, fill: tf.KernelFunc): tf.KernelFunc {
  return ({ inputs, backend, attrs }) => {
    const { a, b } = inputs as Record<'a' | 'b', tf.TensorInfo> // inputs of BatchMatMul
    const { transposeA, transposeB } = attrs as unknown as tf.BatchMatMulAttrs
    const flip = (x: tf.TensorInfo): tf.TensorInfo =>
      transpose({ inputs: { x }, backend, attrs: { perm: lastTwoSwapped(x.shape.length) } }) as tf.TensorInfo
    const left = transposeA ? flip(a) : a
    const right = transposeB ? flip(b) : b
    const result =
      left.shape.at(-1) === 0
        ? fill({ inputs: {}, backend, attrs: { shape: outputShape(left.shape, right.shape), value: 0 } })
        : product({ inputs: { a: left, b: right }, backend, attrs: { transposeA: false, transposeB: false } })
    const { disposeData } = backend as Backend
    if (left !== a) disposeData.call(backend, left.dataId)
    if (right !== b) disposeData.call(backend, right.dataId)
    return result
  }
}

function outputShape(left: number[], right: number[]): number[] {
  const outer = tf.broadcast_util.assertAndGetBroadcastShape(left.slice(0, -2), right.slice(0, -2))
  return [...outer, left.at(-2) ?? 0, right.at(-1) ?? 0]
}

function lastTwoSwapped(rank: number): number[] {
  const axes = Array.from({ length: rank }, (_, axis) => axis)
  return [...axes.slice(0, -2), rank - 1, rank - 2]
}
