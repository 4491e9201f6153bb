/** Replacement of a kernel of TensorFlow.js on the WASM backend. */
import * as tf from '@tensorflow/tfjs-core'

/** Replaces the kernel; `make` gets the stock kernel for the cases that ours leaves to it. */
export function replaceKernel(name: string, make: (stock: tf.KernelFunc) => tf.KernelFunc): void {
  const stock = tf.getKernel(name, 'wasm')
  if (!stock) throw new Error(`The WASM backend is not loaded: it has no kernel ${name} to replace`)
  tf.unregisterKernel(name, 'wasm')
  tf.registerKernel({ ...stock, kernelFunc: make(stock.kernelFunc) })
}
