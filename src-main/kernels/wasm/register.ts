/** Registration of all our kernels on the WASM backend. */
import { registerAdam } from './adam.ts'
import { registerDivergence } from './divergence.ts'
import { registerGatedCell } from './gated-cell.ts'
import { registerGather } from './gather.ts'
import { registerIdentity } from './identity.ts'
import { registerLstm } from './lstm.ts'
import { openWasmHeap, type KernelBuild } from './module.ts'
import { registerPairLoss } from './pair-loss.ts'
import { registerPairPrediction } from './pair-prediction.ts'
import { registerProducts } from './products.ts'
import { registerSlice } from './slice.ts'
import { registerSum } from './sum.ts'
import { registerTanh } from './tanh.ts'

/**
 * Registers the kernels. Call it once per thread, after the WASM backend was started. @throws Error when the build is
 * missing.
 */
export function registerWasmKernels(build: KernelBuild): void {
  const heap = openWasmHeap(build)
  registerProducts(heap)
  registerLstm(heap)
  registerGatedCell(heap)
  registerGather(heap)
  registerTanh(heap)
  registerSum(heap)
  registerSlice(heap)
  registerIdentity()
  registerDivergence(heap)
  registerPairLoss(heap)
  registerAdam(heap)
  registerPairPrediction(heap)
}
