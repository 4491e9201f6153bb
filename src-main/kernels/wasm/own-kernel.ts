/** Registers kernels that TensorFlow.js does not have on the WASM backend; each takes the place of its reference. */
import * as tf from '@tensorflow/tfjs-core'
import { inOrder, type Kernel, type TensorInfos } from '../kernel.ts'

export function registerOwnKernel<Inputs, Outputs, Attributes extends object>(
  { kernelName, outputNames }: Kernel<Inputs, Outputs, Attributes>,
  run: (inputs: TensorInfos<Inputs>, attributes: Attributes) => TensorInfos<Outputs>,
): void {
  if (tf.getKernel(kernelName, 'wasm')) tf.unregisterKernel(kernelName, 'wasm')
  tf.registerKernel({
    kernelName,
    backendName: 'wasm',
    kernelFunc: ({ inputs, attrs }) =>
      inOrder(outputNames, run(inputs as unknown as TensorInfos<Inputs>, attrs as unknown as Attributes)),
  })
}
