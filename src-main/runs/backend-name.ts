/** BackendName: what tensors can be computed with, by name. */

/** In the order of the backend ladder: from the one that is fastest where it works to the one that works everywhere. */
export const backendNames = ['tensorflow-gpu', 'webgpu', 'wasm-wide', 'wasm', 'tensorflow', 'plain'] as const
export type BackendName = (typeof backendNames)[number]
/** `auto` takes the fastest that works. */
export type BackendChoice = 'auto' | BackendName
