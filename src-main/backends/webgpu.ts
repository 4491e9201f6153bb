/** WebGPU under Node: any graphics card with a driver, through the optional package webgpu (Dawn). */
import type { Backend, Probe } from './backend.ts'
import { findAdapter, type FoundAdapter } from './webgpu-adapter.ts'

const packageName = 'webgpu'

/** Members of the package; its own types would require the package to be installed. */
interface Dawn {
  create(options: readonly string[]): GPU
  /** Classes and constants of WebGPU that are globals in a browser, where TensorFlow.js looks for them. */
  readonly globals: object
}

export const webgpu: Backend = {
  name: 'webgpu',
  async probe() {
    return toProbe(await find())
  },
  async start() {
    const found = await find()
    if (!('adapter' in found)) throw new Error(`The backend webgpu cannot be used: ${found.reason}.`)
    const { startDevice } = await import('./webgpu-device.ts')
    await startDevice(found.adapter) // an adapter gives one device, so that each start asks for an adapter of its own
    return toProbe(found).reason
  },
}

function toProbe(found: FoundAdapter): Probe {
  return 'adapter' in found
    ? { isAvailable: true, reason: `WebGPU on ${found.name}` }
    : { isAvailable: false, reason: found.reason }
}

async function find(): Promise<FoundAdapter> {
  // a driver that crashes would end the whole desktop program, while that of a window has a process of its own
  if (process.versions['electron']) return { reason: 'no window of the desktop program reaches a graphics card' }
  try {
    return await findAdapter(await openGpu(), process.env['ESPALIER_WEBGPU_SOFTWARE'] === '1')
  } catch (error) {
    return { reason: whyNot(error) }
  }
}

/** Dawn's object, one per thread: Dawn looks for the drivers again each time, and its objects must not outlive it. */
let opened: Promise<GPU> | null = null

/** Imports the package at run time, since it is optional and loads native code. */
function openGpu(): Promise<GPU> {
  return (opened ??= (async () => {
    const { create, globals } = (await import(packageName)) as Dawn
    Object.assign(globalThis, globals)
    const gpu = create([])
    Object.defineProperty(navigator, 'gpu', { value: gpu, configurable: true })
    return gpu
  })())
}

function whyNot(error: unknown): string {
  const cause = error instanceof Error ? error : new Error(String(error))
  const isMissing = 'code' in cause && cause.code === 'ERR_MODULE_NOT_FOUND' && cause.message.includes(packageName)
  if (isMissing) return `the optional package ${packageName} is not installed: npm install ${packageName}@0.6.2`
  const [firstLine = ''] = cause.message.split('\n')
  return `the optional package ${packageName} is installed but does not load: ${firstLine}`
}
