/** Puts a kernel of ours in the place of TensorFlow.js' own on the WASM backend. */
import * as tf from '@tensorflow/tfjs-core'

/** `make` gets the stock kernel, for what ours leaves to it. */
export function replaceKernel(name: string, make: (stock: tf.KernelFunc) => tf.KernelFunc): void {
  const stock = tf.getKernel(name, 'wasm')
  if (!stock) throw new Error(`The WASM backend is not loaded: it has no kernel ${name} to replace`)
  tf.unregisterKernel(name, 'wasm')
  tf.registerKernel({ ...stock, kernelFunc: make(stock.kernelFunc) })
}
