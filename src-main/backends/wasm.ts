/** Backend `wasm`: WebAssembly, which runs on every machine with nothing to install. */
import { bestBuild } from '#main/kernels/wasm/module'
import { useWideVectors } from '#main/kernels/wasm/wide-vectors'
import type { Backend } from './backend.ts'
import { describeBuild, describePlain, loadWasm, startWasm, useBuild, usePlain } from './wasm-start.ts'

export const wasm: Backend = {
  name: 'wasm',
  async probe() {
    try {
      await loadWasm()
      const best = bestBuild()
      return { isAvailable: true, reason: best.build === null ? describePlain(best.reason) : describeBuild(best.build) }
    } catch (error) {
      const reason = `the WebAssembly package could not be loaded (${causeIn(error)}): install Espalier again`
      return { isAvailable: false, reason }
    }
  },
  async start() {
    await startWasm()
    useWideVectors(false)
    const best = bestBuild()
    if (best.build === null) return usePlain(best.reason)
    try {
      return useBuild(best.build)
    } catch (error) {
      return usePlain(`the fused ones could not be loaded (${causeIn(error)}): npm run build:kernels`)
    }
  },
}

const causeIn = (error: unknown): string => (error instanceof Error ? error.message : String(error))
