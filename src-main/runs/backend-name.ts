/** BackendName: name of a backend, which is what tensors are computed with. */

/** Names in the order of the backend ladder: from the backend that is fastest where it works to the one that works everywhere. */
export const backendNames = ['tensorflow-gpu', 'webgpu', 'wasm-wide', 'wasm', 'tensorflow', 'plain'] as const
export type BackendName = (typeof backendNames)[number]
/** What a run asks for: `auto` takes the fastest backend that works. */
export type BackendChoice = 'auto' | BackendName
