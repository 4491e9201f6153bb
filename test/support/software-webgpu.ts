/** WebGPU without a graphics card: Dawn on the software driver that Chromium brings. Slow, and right to the last bit. */
import { existsSync, globSync } from 'node:fs'
import { webgpu } from '#main/backends/webgpu'

const driver = '/usr/lib/chromium/vk_swiftshader_icd.json'

/** Debian's Chromium brings it, its package libvulkan1 what finds it; where either is missing these tests are skipped. */
export const hasSoftwareWebgpu = existsSync(driver) && globSync('/usr/lib/*/libvulkan.so.1').length > 0

/** Makes it the backend of this process. TensorFlow.js would compute small tensors on the processor: here none. */
export async function useSoftwareWebgpu(): Promise<void> {
  allowSoftwareWebgpu()
  await webgpu.start(1)
  const tf = await import('@tensorflow/tfjs-core')
  tf.env().set('WEBGPU_CPU_FORWARD', false)
}

/** From here on, and in whatever is started from here. Before the first probe: drivers are looked for once. */
export function allowSoftwareWebgpu(): void {
  process.env['VK_ICD_FILENAMES'] = driver
  process.env['ESPALIER_WEBGPU_SOFTWARE'] = '1'
}
