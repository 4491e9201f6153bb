/** Backend: one way to compute tensors. It says whether this machine can use it, and starts it. */
import type { BackendName } from '#main/runs/backend-name'

export interface Backend {
  readonly name: BackendName
  /**
   * Whether it relies on something experimental, so that `auto` takes it only where it was measured in a process of
   * its own and computed correctly.
   */
  readonly isExperimental?: boolean
  /** Loads what the backend needs. It never throws: an error becomes the reason. */
  probe(): Promise<Probe>
  /**
   * Makes it the backend of this thread and returns a description of the device ("WebAssembly, fused kernels with
   * relaxed SIMD"). Call it only after a probe that found it available.
   */
  start(threads: number): Promise<string>
}

export interface Probe {
  readonly isAvailable: boolean
  /** Device and version when available, otherwise why not, and what would help. */
  readonly reason: string
}
