/** Backend `plain`: TensorFlow.js without kernels of our own. It is slow, and works on every machine. */
import * as tf from '@tensorflow/tfjs-core'
import type { Backend } from './backend.ts'
import { wasm } from './wasm.ts'
import { guardMemory } from './wasm-memory.ts'

/** Name of its registration. `wasm`, for which our kernels are registered, is the same backend object. */
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

/** Registers the stock kernels under that name. Call it before `wasm` starts and replaces some of them. */
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
