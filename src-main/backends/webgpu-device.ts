/** A WebGPU device as a TensorFlow.js backend, wherever a `GPU` object comes from: Dawn under Node, a browser's page. */
import * as tf from '@tensorflow/tfjs-core'
import { WatchedBackend } from './webgpu-watched.ts'

/** Newer than the types that TensorFlow.js brings. */
declare global {
  interface GPUAdapter {
    readonly info: GPUAdapterInfo
  }
  interface GPUAdapterInfo {
    readonly isFallbackAdapter: boolean
  }
}

/** An adapter that can compute, or why there is none. */
export type FoundAdapter = { readonly adapter: GPUAdapter } | { readonly reason: string }

/** Drivers that compute on the processor: slower there than WebAssembly, and good for tests only. */
const softwareDrivers = /swiftshader|llvmpipe|lavapipe|warp|basic render/i

/** Never throws: what goes wrong is the reason. A software driver is taken only where a test asks for it. */
export async function findAdapter(gpu: GPU, takesSoftware: boolean): Promise<FoundAdapter> {
  const adapter = await gpu.requestAdapter({ powerPreference: 'high-performance' }).catch(() => null)
  if (!adapter)
    return { reason: 'no graphics driver answers: install that of the graphics card (under Linux the one for Vulkan)' }
  if (isSoftware(adapter.info) && !takesSoftware)
    return { reason: `only a driver without a graphics card answers (${nameOf(adapter)}): WebAssembly is faster` }
  return { adapter }
}

function isSoftware({ isFallbackAdapter, vendor, architecture, description, device }: GPUAdapterInfo): boolean {
  return isFallbackAdapter || softwareDrivers.test([vendor, architecture, description, device].join(' '))
}

/** The card in words ("NVIDIA GeForce RTX 4070", "apple common-3"); browsers tell less of it than Dawn. */
export function nameOf({ info }: GPUAdapter): string {
  const { description, vendor, architecture } = info
  return description || [vendor, architecture].filter(Boolean).join(' ') || 'a graphics card that gives no name'
}

/** Makes the adapter's device the backend `webgpu` of this thread; one that runs already goes on, tensors and all. */
export async function startDevice(adapter: GPUAdapter): Promise<void> {
  if (!isRunning()) await registerDevice(adapter)
  if (!(await tf.setBackend('webgpu'))) throw new Error('The WebGPU backend did not start: choose another backend')
}

function isRunning(): boolean {
  const backend = tf.engine().registry['webgpu']
  return backend instanceof WatchedBackend && !backend.hasFailed
}

async function registerDevice(adapter: GPUAdapter): Promise<void> {
  const device = await adapter.requestDevice({
    requiredFeatures: usefulFeatures.filter((feature) => adapter.features.has(feature)),
    requiredLimits: Object.fromEntries(raisedLimits.map((limit) => [limit, adapter.limits[limit]])),
  })
  // the package registers one of its own, which asks for a device that nobody watches
  if (tf.engine().registryFactory['webgpu']) tf.removeBackend('webgpu')
  tf.registerBackend('webgpu', () => new WatchedBackend(device, adapter.info))
}

const usefulFeatures = ['subgroups'] as readonly string[] as readonly GPUFeatureName[]

/** Without being asked a device gives the least that every card has. */
const raisedLimits = [
  'maxBufferSize',
  'maxComputeInvocationsPerWorkgroup',
  'maxComputeWorkgroupSizeX',
  'maxComputeWorkgroupStorageSize',
  'maxComputeWorkgroupsPerDimension',
  'maxStorageBufferBindingSize',
  'maxStorageBuffersPerShaderStage',
] as const satisfies (keyof GPUSupportedLimits)[]
