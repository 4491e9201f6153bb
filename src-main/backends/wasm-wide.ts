/**
 * Backend `wasm-wide`: V8, the engine of Node and Electron, joins neighbouring vectors of 128 bits into the 256 bits
 * that most x86 processors have. V8 calls this experimental, and so does this backend.
 */
import { arch } from 'node:process'
import { whyNoBuild } from '#main/kernels/wasm/module'
import { isProven, useWideVectors } from '#main/kernels/wasm/wide-vectors'
import { BackendFailure } from './backend-failure.ts'
import type { Backend } from './backend.ts'
import { describeBuild, startWasm, useBuild } from './wasm-start.ts'

/** Whether the kernels are correct with wide vectors; checked once per thread, before V8 has optimised anything. */
let isTrusted: boolean | null = null

export const wasmWide: Backend = {
  name: 'wasm-wide',
  isExperimental: true,
  async probe() {
    const reason = arch === 'x64' ? whyNoBuild('wide') : 'only x86 processors have vectors that V8 can join'
    return { isAvailable: reason === null, reason: reason ?? describeBuild('wide') }
  },
  async start() {
    await startWasm()
    useWideVectors(true)
    const device = useBuild('wide')
    isTrusted ??= isProven()
    if (!isTrusted) throw new BackendFailure('wide vectors compute something else on this machine')
    return device
  },
}
