/**
 * WebGPU adapters: finds the graphics card behind a `GPU` object, Dawn's or a browser's, and passes over software
 * drivers.
 */

/** Declarations that are newer than the types of TensorFlow.js. */
declare global {
  interface GPUAdapter {
    readonly info: GPUAdapterInfo
  }
  interface GPUAdapterInfo {
    readonly isFallbackAdapter: boolean
  }
}

/** An adapter that can compute with its name, or the reason why there is none. */
export type FoundAdapter = { readonly adapter: GPUAdapter; readonly name: string } | { readonly reason: string }

/** Names of drivers that compute on the processor. They are slower there than WebAssembly, and for tests only. */
const softwareDrivers = /swiftshader|llvmpipe|lavapipe|warp|basic render/i

/** Finds an adapter. It never throws: an error becomes the reason. Software drivers are taken only for tests. */
export async function findAdapter(gpu: GPU, takesSoftware: boolean): Promise<FoundAdapter> {
  const adapter = await gpu.requestAdapter({ powerPreference: 'high-performance' }).catch(() => null)
  if (!adapter)
    return {
      reason: 'no graphics driver answers: install that of the graphics card (under Linux the one for Vulkan)',
    }
  const name = nameOf(adapter.info)
  return isSoftware(adapter.info) && !takesSoftware
    ? { reason: `only a driver without a graphics card answers (${name}): WebAssembly is faster` }
    : { adapter, name }
}

function isSoftware({ isFallbackAdapter, vendor, architecture, description, device }: GPUAdapterInfo): boolean {
  return isFallbackAdapter || softwareDrivers.test([vendor, architecture, description, device].join(' '))
}

/** Name of a card, for example "NVIDIA GeForce RTX 4070" or "apple common-3": browsers tell less than Dawn. */
function nameOf({ description, vendor, architecture }: GPUAdapterInfo): string {
  return description || [vendor, architecture].filter(Boolean).join(' ') || 'a graphics card that gives no name'
}

/** Description of the device of a job that runs in a page. */
export function describeInPage(card: string): string {
  return `WebGPU on ${card}, in a window`
}
