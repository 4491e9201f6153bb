/** A prediction session with the model of a folder, for a command that opens no workspace. */
import path from 'node:path'
import { createBackendLadder } from '#main/machine/backend-ladder'
import { configFolder } from '#main/machine/config-folder'
import type { ModelFolder } from '#main/model-folder/model-folder'
import type { ModelSource } from '../runs/model-source.ts'
import { openSession, type PredictionSession, type SessionOptions } from '../runs/prediction-session.ts'
import { sourceOf } from './folder-source.ts'

/**
 * `wasm` is there at once on every machine; `auto` measures the machine first, where nobody did yet.
 * `threads` is 0 for as many as the machine has processors.
 */
export type StandaloneOptions = Omit<SessionOptions, 'ladder'> & Pick<ModelSource, 'backend' | 'threads'>

export function openStandalone(folder: ModelFolder, options: StandaloneOptions): PredictionSession {
  const { compute, tell } = options
  return openSession(sourceOf(folder, options), { compute, tell, ladder: ladderFor(options) })
}

/** Backend ladder of a model by itself: where the kernels of `wasm` cannot start, plain JavaScript computes. */
function ladderFor({ compute }: StandaloneOptions): SessionOptions['ladder'] {
  const measured = createBackendLadder({ compute, file: path.join(configFolder(), 'machine.json'), now: Date.now })
  return {
    distrust: measured.distrust,
    of: (choice, work) =>
      choice === 'wasm'
        ? Promise.resolve((['wasm', 'plain'] as const).map((backend) => ({ backend, passedOver: '' })))
        : measured.of(choice, work),
  }
}
