/** WebAssembly: the backend that runs on every machine with nothing to install. */
import { createRequire } from 'node:module'
import path from 'node:path'
import * as tf from '@tensorflow/tfjs-core'
import { bestBuild, type KernelBuild } from '#main/kernels/wasm/module'
import { registerWasmKernels } from '#main/kernels/wasm/register'
import { isProven, useWideVectors } from '#main/kernels/wasm/wide-vectors'
import { repairWasmProducts } from '#main/kernels/wasm-products'
import type { Backend, Probe } from './backend.ts'
import { guardMemory } from './wasm-memory.ts'

export const wasm: Backend = {
  name: 'wasm',
  async probe() {
    try {
      await load()
      return { isAvailable: true, reason: await describe() }
    } catch (error) {
      return unavailable(error)
    }
  },
  async start() {
    await load()
    if (!(await tf.setBackend('wasm'))) throw new Error('The WebAssembly backend did not start: install Espalier again')
    guardMemory()
    kernels ??= startKernels()
    return describe()
  },
}

/** What computes, in words; once per thread, since kernels can be replaced only once. */
let kernels: string | null = null

const names: Readonly<Record<KernelBuild, string>> = {
  wide: 'wide vectors',
  'relaxed-simd': 'relaxed SIMD',
  simd: 'SIMD',
}

/** Our own kernels in the best build that the machine runs, or the stock ones with the reason. */
function startKernels(): string {
  const best = bestBuild()
  if (best.build === null) return plain(best.reason)
  const { build } = best
  try {
    if (build === 'wide') return startWide()
    registerWasmKernels(build)
    return describeBuild(build)
  } catch (error) {
    const cause = error instanceof Error ? error.message : String(error)
    return plain(`the fused ones could not be loaded (${cause}): npm run build:kernels`)
  }
}

function startWide(): string {
  useWideVectors(true)
  registerWasmKernels('wide')
  if (isProven()) return describeBuild('wide')
  useWideVectors(false)
  registerWasmKernels('relaxed-simd')
  return `${describeBuild('relaxed-simd')}, since wide vectors compute something else here`
}

function plain(reason: string): string {
  repairWasmProducts()
  return describePlain(reason)
}

/** Registers the backend and tells it where its binaries lie. Its threads need a browser: under Node it has one. */
async function load(): Promise<void> {
  const { setWasmPaths } = await import('@tensorflow/tfjs-backend-wasm')
  if (!isStarted()) setWasmPaths(`${binariesFolder()}${path.sep}`)
}

/** The paths may no longer be set once the backend is there. */
function isStarted(): boolean {
  return tf.engine().registry['wasm'] !== undefined
}

function binariesFolder(): string {
  return path.dirname(createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm'))
}

async function describe(): Promise<string> {
  return `WebAssembly, ${kernels ?? describeBest()}`
}

/** Before it is started: what it would compute with. */
function describeBest(): string {
  const best = bestBuild()
  return best.build === null ? describePlain(best.reason) : describeBuild(best.build)
}

const describeBuild = (build: KernelBuild): string => `fused kernels with ${names[build]}`
const describePlain = (reason: string): string => `plain kernels, since ${reason}`

function unavailable(error: unknown): Probe {
  const cause = error instanceof Error ? error.message : String(error)
  return {
    isAvailable: false,
    reason: `the WebAssembly package could not be loaded (${cause}): install Espalier again`,
  }
}
