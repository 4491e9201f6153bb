/** The built kernels on the heap of TensorFlow.js' WASM backend, where they read and write its tensors in place. */
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import * as tf from '@tensorflow/tfjs-core'
import { assemblyFunctions, type AssemblyFunctions } from './assembly-functions.ts'

export interface WasmHeap {
  readonly functions: AssemblyFunctions
  /** Address of a tensor's values. */
  offsetOf(tensor: tf.TensorInfo): number
  /** A new tensor whose values are not set yet. */
  output(shape: readonly number[], dtype?: 'float32' | 'int32'): tf.TensorInfo
  /** A new float32 tensor of one number. */
  scalar(value: number): tf.TensorInfo
  /**
   * Address of memory that is kept under its name and grows with it, aligned to 64 bytes. Its content lasts until the
   * name is used again.
   */
  scratch(name: string, bytes: number): number
  /** View of floats, valid until the next allocation. */
  floats(offset: number, length: number): Float32Array
  integers(offset: number, length: number): Int32Array
}

/** Builds of the kernels; `wide` is for a compiler that joins neighbouring vectors (see wide-vectors.ts). */
export type KernelBuild = 'wide' | 'relaxed-simd' | 'simd'

/** Members of the backend's class that this room uses. They are not public, so the backend's version is pinned. */
interface WasmBackend {
  readonly wasm: {
    readonly HEAPU8: Uint8Array
    readonly asm: { readonly memory: WebAssembly.Memory }
    _malloc(bytes: number): number
    _free(address: number): void
  }
  readonly dataIdMap: { get(dataId: object): { readonly memoryOffset: number } }
  makeOutput(shape: number[], dtype: string): tf.TensorInfo
}

const alignment = 64

/**
 * WebAssembly modules with f32x4.relaxed_madd and f32x4.add alone: a machine that accepts one can run the builds that
 * need it.
 */
const relaxed = [
  0, 97, 115, 109, 1, 0, 0, 0, 1, 8, 1, 96, 3, 123, 123, 123, 1, 123, 3, 2, 1, 0, 10, 13, 1, 11, 0, 32, 0, 32, 1, 32, 2,
  253, 133, 2, 11,
]
const vectors = [
  0, 97, 115, 109, 1, 0, 0, 0, 1, 7, 1, 96, 2, 123, 123, 1, 123, 3, 2, 1, 0, 10, 11, 1, 9, 0, 32, 0, 32, 1, 253, 228, 1,
  11,
]
const proofs: Readonly<Record<KernelBuild, readonly number[]>> = {
  wide: relaxed,
  'relaxed-simd': relaxed,
  simd: vectors,
}

/** Environment variable for measurements: `simd` excludes relaxed SIMD, `plain` all our kernels. */
const choice = 'ESPALIER_KERNELS'

/** The best build that this machine can run without experimental features, or the reason why there is none. */
export function bestBuild(): { readonly build: KernelBuild } | { readonly build: null; readonly reason: string } {
  const asked = process.env[choice]
  if (asked === 'plain') return { build: null, reason: `${choice} asks for them` }
  const builds: readonly KernelBuild[] = asked === 'simd' ? ['simd'] : ['relaxed-simd', 'simd']
  const build = builds.find(canRun)
  if (!build) return { build: null, reason: 'this machine has no SIMD' }
  const missing = whyNoBuild(build)
  return missing === null ? { build } : { build: null, reason: missing }
}

/** Reason why a build cannot be used here; null when it can. */
export function whyNoBuild(build: KernelBuild): string | null {
  if (!canRun(build)) return `this machine has no ${build === 'simd' ? 'SIMD' : 'relaxed SIMD'}`
  return existsSync(kernelFile(build)) ? null : 'the fused ones are not built: npm run build:kernels'
}

function canRun(build: KernelBuild): boolean {
  return WebAssembly.validate(Uint8Array.from(proofs[build]))
}

/** File of a build: beside the bundles in a built program, else where `npm run build:kernels` writes it. */
function kernelFile(build: KernelBuild): string {
  const here = import.meta.dirname
  const out = import.meta.url.endsWith('.ts') ? path.resolve(here, '..', '..', '..', 'out') : path.resolve(here, '..')
  return path.join(out, 'kernels', `${build}.wasm`)
}

/**
 * Opens the kernels on the heap of the running WASM backend. @throws Error when the file is missing or of another
 * version.
 */
export function openWasmHeap(build: KernelBuild): WasmHeap {
  const backend = tf.backend() as unknown as WasmBackend // only called while WASM is the backend
  const { wasm } = backend
  const module = new WebAssembly.Module(readFileSync(kernelFile(build)))
  const { exports } = new WebAssembly.Instance(module, { env: { memory: wasm.asm.memory } })
  // addresses above 2 GB come as negative numbers
  const offsetOf = ({ dataId }: tf.TensorInfo): number => backend.dataIdMap.get(dataId).memoryOffset >>> 0
  const floats = (offset: number, length: number): Float32Array =>
    new Float32Array(wasm.asm.memory.buffer, offset, length)
  const kept = new Map<string, { readonly bytes: number; readonly allocated: number; readonly offset: number }>()
  return {
    functions: assemblyFunctions(exports, `${build}.wasm`),
    offsetOf,
    floats,
    output(shape, dtype = 'float32') {
      return backend.makeOutput([...shape], dtype)
    },
    scalar(value) {
      const tensor = backend.makeOutput([], 'float32')
      floats(offsetOf(tensor), 1)[0] = value
      return tensor
    },
    scratch(name, bytes) {
      const found = kept.get(name)
      if (found && found.bytes >= bytes) return found.offset
      if (found) wasm._free(found.allocated)
      kept.delete(name)
      const allocated = wasm._malloc(bytes + alignment) >>> 0
      const offset = Math.ceil(allocated / alignment) * alignment
      kept.set(name, { bytes, allocated, offset })
      return offset
    },
    integers: (offset, length) => new Int32Array(wasm.asm.memory.buffer, offset, length),
  }
}
