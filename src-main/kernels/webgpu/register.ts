/** Registration of all our kernels on the WebGPU backend. */
import { repairSums } from './sums.ts'
import { registerLstm } from './lstm.ts'
import { registerPairs } from './pairs.ts'

/** Registers the kernels. The WebGPU backend must be running. */
export function registerWebgpuKernels(): void {
  repairSums()
  registerLstm()
  registerPairs()
}
