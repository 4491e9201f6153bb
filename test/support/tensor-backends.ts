/** The TensorFlow.js backends that are there on every machine, and the builds of our own kernels, ready to compute. */
import path from 'node:path'
import { createRequire } from 'node:module'
import * as tf from '@tensorflow/tfjs-core'
import '@tensorflow/tfjs-backend-cpu'
import { setThreadsCount, setWasmPaths } from '@tensorflow/tfjs-backend-wasm'
import { describe } from 'vitest'
import { registerWasmKernels } from '#main/kernels/wasm/register'
import { isProven, useWideVectors } from '#main/kernels/wasm/wide-vectors'
import { repairWasmProducts } from '#main/kernels/wasm-products'
import { hasSoftwareWebgpu, useSoftwareWebgpu } from './software-webgpu.ts'

/**
 * `wasm` has the kernels that this machine runs by default; those before it stand for machines that have less,
 * `wasm-wide` for what has to be asked for. It comes last: it changes how the process compiles.
 */
export const tensorBackends = ['cpu', 'wasm-plain', 'wasm-simd', 'wasm', 'wasm-wide'] as const

/** Is this `npm run test:gpu`? There the specs of the kernels and of the model run again, on WebGPU alone. */
export const isOnCard = process.env['ESPALIER_TEST_CARD'] === '1'

/** What this run tests: `backends`, or WebGPU. */
export const underTest = (backends: readonly TensorBackend[]): readonly TensorBackend[] =>
  isOnCard ? ['webgpu'] : backends

/** An emulated card takes seconds for what WebAssembly does in milliseconds: it gets one case for each kind of fault. */
export const onCard = <Cases>(few: Cases, all: Cases): Cases => (isOnCard ? few : all)

/** Skips, by name, what this machine cannot run: a card without a driver. */
export const describeBackends = describe.skipIf(isOnCard && !hasSoftwareWebgpu)

export type TensorBackend = (typeof tensorBackends)[number] | 'webgpu'

const builds = { wasm: 'relaxed-simd', 'wasm-simd': 'simd', 'wasm-wide': 'wide' } as const

export async function useBackend(name: TensorBackend): Promise<void> {
  if (name === 'webgpu') return useSoftwareWebgpu()
  if (name === 'cpu') return void (await tf.setBackend('cpu'))
  const folder = path.dirname(createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm'))
  if (tf.engine().registry['wasm'] === undefined) {
    setWasmPaths(`${folder}${path.sep}`)
    setThreadsCount(1)
  }
  await tf.setBackend('wasm')
  await tf.ready()
  if (name === 'wasm-plain') return repairWasmProducts()
  useWideVectors(name === 'wasm-wide')
  registerWasmKernels(builds[name])
  if (name === 'wasm-wide' && !isProven()) throw new Error('Wide vectors compute something else')
}
