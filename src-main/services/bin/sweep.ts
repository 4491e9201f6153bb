/** Sweep: lets the eraser of the workspace work in the background, step by step, between all other work. */
import { setImmediate } from 'node:timers/promises'
import type { ServiceContext } from '../context.ts'

export interface Sweep {
  /** Resolves when nothing is left to erase, or when it has to wait for the next opening. */
  run(): Promise<void>
  /** Stops after a last few steps; the next opening of the workspace goes on. */
  close(): Promise<void>
}

/** Number of steps, some milliseconds each, that are still done on closing: commands that end at once come to an end with it too. */
const lastSteps = 500

export function createSweep({ workspace, emit }: Pick<ServiceContext, 'workspace' | 'emit'>): Sweep {
  let stepsLeft = Infinity
  let working: Promise<void> | null = null

  async function work(): Promise<void> {
    try {
      while (stepsLeft-- > 0 && workspace.eraser.step()) {
        await workspace.eraser.makeRoom()
        await setImmediate()
      }
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error)
      const message = `What was erased could not leave the disk yet: ${reason} It is tried again when Espalier starts.`
      emit({ type: 'notice', message, runId: null })
    }
  }

  // a sweep with nothing to do ends before its promise is kept here, so the promise itself forgets it
  const run = (): Promise<void> => (working ??= work().finally(() => (working = null)))
  return {
    run,
    async close() {
      stepsLeft = lastSteps
      await working
    },
  }
}
