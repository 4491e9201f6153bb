/** A WebGPU device as the TensorFlow.js backend of this thread, wherever its adapter comes from. */
import * as tf from '@tensorflow/tfjs-core'
import { registerWebgpuKernels } from '#main/kernels/webgpu/register'
import { WatchedBackend } from './webgpu-watched.ts'

/** A device that runs already goes on, tensors and all; a lost one is replaced. */
export async function startDevice(adapter: GPUAdapter): Promise<void> {
  if (!isRunning()) await registerDevice(adapter)
  if (!(await tf.setBackend('webgpu'))) throw new Error('The WebGPU backend did not start: choose another backend')
  registerWebgpuKernels()
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
