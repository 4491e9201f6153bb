/** WebGPU in a page's worker: the browser's own, with nothing to install. */
import { BackendFailure } from './backend-failure.ts'
import { describeInPage, findAdapter } from './webgpu-adapter.ts'
import { startDevice } from './webgpu-device.ts'

/**
 * Makes it the backend of this worker and returns a description of the device. The page has excluded software drivers
 * before.
 */
export async function startPageBackend(): Promise<string> {
  const found = await findAdapter(navigator.gpu, true)
  if (!('adapter' in found)) throw new BackendFailure(`The window has lost its graphics card: ${found.reason}.`)
  await startDevice(found.adapter)
  return describeInPage(found.name)
}
