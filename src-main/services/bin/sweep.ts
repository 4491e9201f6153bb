/** Sweep: lets the eraser of the workspace work in the background, step by step, between all other work. */
import { setImmediate } from 'node:timers/promises'
import type { ServiceContext } from '../context.ts'

export interface Sweep {
  /** Resolves when nothing is left to erase, or when it has to wait for the next opening. */
  run(): Promise<void>
  /** Stops after the present step; the next opening of the workspace goes on. */
  close(): Promise<void>
}

export function createSweep({ workspace, emit }: Pick<ServiceContext, 'workspace' | 'emit'>): Sweep {
  let isClosed = false
  let working: Promise<void> | null = null

  async function work(): Promise<void> {
    try {
      while (!isClosed && workspace.eraser.step()) await setImmediate()
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error)
      const message = `What was erased could not leave the disk yet: ${reason} It is tried again when Espalier starts.`
      emit({ type: 'notice', message, runId: null })
    } finally {
      working = null
    }
  }

  const run = (): Promise<void> => (working ??= work())
  return {
    run,
    async close() {
      isClosed = true
      await working
    },
  }
}
