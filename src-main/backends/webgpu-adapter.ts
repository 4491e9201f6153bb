/** WebGPU adapters: finds the graphics card behind a `GPU` object, Dawn's or a browser's, and passes software over. */

/** Newer than the types that TensorFlow.js brings. */
declare global {
  interface GPUAdapter {
    readonly info: GPUAdapterInfo
  }
  interface GPUAdapterInfo {
    readonly isFallbackAdapter: boolean
  }
}

/** An adapter that can compute and its name in words, or why there is none. */
export type FoundAdapter = { readonly adapter: GPUAdapter; readonly name: string } | { readonly reason: string }

/** Drivers that compute on the processor: slower there than WebAssembly, and good for tests only. */
const softwareDrivers = /swiftshader|llvmpipe|lavapipe|warp|basic render/i

/** Never throws: what goes wrong is the reason. A software driver is taken only where a test asks for it. */
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

/** "NVIDIA GeForce RTX 4070", "apple common-3": browsers tell less than Dawn. */
function nameOf({ description, vendor, architecture }: GPUAdapterInfo): string {
  return description || [vendor, architecture].filter(Boolean).join(' ') || 'a graphics card that gives no name'
}

/** The device of a job that a page computes. */
export function describeInPage(card: string): string {
  return `WebGPU on ${card}, in a window`
}
