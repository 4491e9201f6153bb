/** TensorFlow.js as it comes, without kernels of our own: slow, and there on every machine. */
import * as tf from '@tensorflow/tfjs-core'
import type { Backend } from './backend.ts'
import { wasm } from './wasm.ts'
import { guardMemory } from './wasm-memory.ts'

/** Named apart from `wasm`, for which our kernels are registered. Both are one and the same backend object. */
const registeredAs = 'plain'

export const plain: Backend = {
  name: 'plain',
  async probe() {
    const { isAvailable } = await wasm.probe()
    return { isAvailable: true, reason: describe(isAvailable) }
  },
  async start() {
    const { isAvailable } = await wasm.probe()
    if (isAvailable) await startStockKernels()
    else await startJavaScript()
    return describe(isAvailable)
  },
}

/** To be called before `wasm` starts and puts our kernels in the place of some. */
export async function keepStockKernels(): Promise<void> {
  const { isAvailable } = await wasm.probe()
  if (isAvailable && tf.getKernelsForBackend(registeredAs).length === 0) tf.copyRegisteredKernels('wasm', registeredAs)
}

function describe(hasWasm: boolean): string {
  return `TensorFlow.js as it comes, in ${hasWasm ? 'WebAssembly' : 'JavaScript'}`
}

async function startStockKernels(): Promise<void> {
  await keepStockKernels()
  if (!(registeredAs in tf.engine().registry)) {
    if (!(await tf.setBackend('wasm'))) throw new Error('WebAssembly did not start: install Espalier again')
    guardMemory()
    const backend = tf.backend()
    tf.registerBackend(registeredAs, () => backend)
  }
  await tf.setBackend(registeredAs)
}

async function startJavaScript(): Promise<void> {
  await import('@tensorflow/tfjs-backend-cpu')
  await tf.setBackend('cpu')
}
