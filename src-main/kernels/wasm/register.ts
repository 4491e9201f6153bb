/** Registers every kernel of ours that the WASM backend has. */
import { openWasmHeap, type KernelBuild } from './module.ts'
import { registerProducts } from './products.ts'

/** Once per thread, after the WASM backend was started. Throws when the build is missing. */
export function registerWasmKernels(build: KernelBuild): void {
  const heap = openWasmHeap(build)
  registerProducts(heap)
}
