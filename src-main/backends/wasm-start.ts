/** Start of WebAssembly with one build of our kernels, or with the stock ones. */
import { createRequire } from 'node:module'
import path from 'node:path'
import * as tf from '@tensorflow/tfjs-core'
import type { KernelBuild } from '#main/kernels/wasm/module'
import { registerWasmKernels } from '#main/kernels/wasm/register'
import { repairWasmProducts } from '#main/kernels/wasm-products'
import { guardMemory } from './wasm-memory.ts'

/** Build in use in this thread. */
let used: KernelBuild | 'plain' | null = null

const names: Readonly<Record<KernelBuild, string>> = {
  wide: 'wide vectors',
  'relaxed-simd': 'relaxed SIMD',
  simd: 'SIMD',
}

export const describeBuild = (build: KernelBuild): string => `WebAssembly, fused kernels with ${names[build]}`
export const describePlain = (reason: string): string => `WebAssembly, plain kernels, since ${reason}`

/**
 * Registers the backend and sets the location of its binaries. Its threads need a browser; under Node it computes on
 * one.
 */
export async function loadWasm(): Promise<void> {
  const { setWasmPaths } = await import('@tensorflow/tfjs-backend-wasm')
  // the paths may no longer be set once the backend exists
  if (tf.engine().registry['wasm'] === undefined) setWasmPaths(`${binariesFolder()}${path.sep}`)
}

export async function startWasm(): Promise<void> {
  await loadWasm()
  if (!(await tf.setBackend('wasm'))) throw new Error('The WebAssembly backend did not start: install Espalier again')
  guardMemory()
}

/**
 * Registers a build, replacing the one before, and returns a description of the device. @throws Error when the build
 * cannot be loaded.
 */
export function useBuild(build: KernelBuild): string {
  if (used !== build) registerWasmKernels(build)
  used = build
  return describeBuild(build)
}

/** Description of the device without kernels of our own, for this reason. */
export function usePlain(reason: string): string {
  if (used !== 'plain') repairWasmProducts()
  used = 'plain'
  return describePlain(reason)
}

function binariesFolder(): string {
  return path.dirname(createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm'))
}
