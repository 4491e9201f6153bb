/** Registers every kernel of ours that the WebGPU backend has. */
import { repairSums } from './sums.ts'
import { registerLstm } from './lstm.ts'
import { registerPairs } from './pairs.ts'

/** Needs a running WebGPU backend. */
export function registerWebgpuKernels(): void {
  repairSums()
  registerLstm()
  registerPairs()
}
