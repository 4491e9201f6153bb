/** Puts a kernel that TensorFlow.js does not have on the WASM backend, in the place of its reference if that was used before. */
import * as tf from '@tensorflow/tfjs-core'

export type RunKernel = (inputs: tf.NamedTensorInfoMap, attributes: tf.NamedAttrMap) => tf.TensorInfo[]

export function registerOwnKernel(kernelName: string, run: RunKernel): void {
  if (tf.getKernel(kernelName, 'wasm')) tf.unregisterKernel(kernelName, 'wasm')
  tf.registerKernel({ kernelName, backendName: 'wasm', kernelFunc: ({ inputs, attrs }) => run(inputs, attrs ?? {}) })
}
