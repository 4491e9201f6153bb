/** Backend: one way to compute tensors; it says whether this machine can use it and starts it. */
import type { BackendName } from '#main/runs/backend-name'

export interface Backend {
  readonly name: BackendName
  /** Rests on something experimental: only taken unasked where it was measured in a process apart and computed right. */
  readonly isExperimental?: boolean
  /** Loads what it needs. Never throws: what goes wrong is the reason. */
  probe(): Promise<Probe>
  /**
   * Makes it the backend of this thread and answers with the device in words ("WebAssembly, fused kernels with relaxed SIMD").
   * Only after a probe that found it available.
   */
  start(threads: number): Promise<string>
}

export interface Probe {
  readonly isAvailable: boolean
  /** Device and version when available, else why not and what would help. */
  readonly reason: string
}
