/** The TensorFlow.js backends that are there on every machine, ready to compute. */
import path from 'node:path'
import { createRequire } from 'node:module'
import * as tf from '@tensorflow/tfjs-core'
import '@tensorflow/tfjs-backend-cpu'
import { setThreadsCount, setWasmPaths } from '@tensorflow/tfjs-backend-wasm'
import { repairWasmProducts } from '#main/kernels/wasm-products'

export const tensorBackends = ['cpu', 'wasm'] as const

export async function useBackend(name: (typeof tensorBackends)[number]): Promise<void> {
  const folder = path.dirname(createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm'))
  setWasmPaths(`${folder}${path.sep}`)
  setThreadsCount(1)
  await tf.setBackend(name)
  await tf.ready()
  if (name === 'wasm') repairWasmProducts()
}
