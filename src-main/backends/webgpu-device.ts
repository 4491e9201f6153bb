/** A WebGPU device as the TensorFlow.js backend of this thread, whatever its adapter comes from. */
import * as tf from '@tensorflow/tfjs-core'
import { registerWebgpuKernels } from '#main/kernels/webgpu/register'
import { WatchedBackend } from './webgpu-watched.ts'

/** Starts the device. A device that already runs is kept, with its tensors; a lost one is replaced. */
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
  // the package registers a backend of its own, whose device nobody watches
  if (tf.engine().registryFactory['webgpu']) tf.removeBackend('webgpu')
  tf.registerBackend('webgpu', () => new WatchedBackend(device, adapter.info))
}

const usefulFeatures = ['subgroups'] as readonly string[] as readonly GPUFeatureName[]

/** Limits that are raised to those of the card; by default a device has the least that every card has. */
const raisedLimits = [
  'maxBufferSize',
  'maxComputeInvocationsPerWorkgroup',
  'maxComputeWorkgroupSizeX',
  'maxComputeWorkgroupStorageSize',
  'maxComputeWorkgroupsPerDimension',
  'maxStorageBufferBindingSize',
  'maxStorageBuffersPerShaderStage',
] as const satisfies (keyof GPUSupportedLimits)[]
