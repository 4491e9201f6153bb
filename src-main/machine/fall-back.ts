/** Fall-back: work whose backend failed goes on with the next rung; any other failure is the work's own. */
import { isBackendFailure, ProcessFailure } from '#main/backends/backend-failure'
import type { BackendChoice, BackendName } from '#main/runs/backend-name'
import type { Rung, Rungs } from './rungs.ts'

export interface Work<T> {
  readonly choice: BackendChoice
  readonly isLong: boolean
  /** Begins, or goes on from where it has come to. */
  begin(rung: Rung): Promise<T>
  /** Where it has come to: larger whenever less is left to do. */
  position(): number
  /** Called before it goes on with the same rung in another process. */
  onRestart(reason: string): void
  /** Called before it goes on with the next rung. */
  onFall(reason: string, next: BackendName): void
  /** Whether nobody waits for it any more. */
  isStopped(): boolean
}

/** On one rung. Work that gets further each time would otherwise be begun anew for ever. */
const mostRestarts = 5

/** @throws what the last rung threw. */
export async function workOnRungs<T>(rungs: Rungs, work: Work<T>): Promise<T> {
  const { choice, isLong, onFall, isStopped } = work
  const ladder = await rungs.of(choice, { isLong })
  for (const [at, rung] of ladder.entries()) {
    try {
      return await workOnRung(rung, work)
    } catch (error) {
      const next = ladder[at + 1]
      if (!next || isStopped() || !isBackendFailure(error)) throw error
      rungs.distrust(rung.backend)
      onFall(
        toSentence(`${rung.backend} failed: ${error instanceof Error ? error.message : String(error)}`),
        next.backend,
      )
    }
  }
  throw new Error('There is no backend to compute with: install Espalier again.')
}

/** A crash is no proof against the backend: only a second one at the same place is. */
async function workOnRung<T>(rung: Rung, { begin, position, onRestart, isStopped }: Work<T>): Promise<T> {
  let crashedAt: number | null = null
  for (let restarts = 0; ; restarts++) {
    try {
      return await begin(rung)
    } catch (error) {
      const isSamePlace = crashedAt === position()
      if (!(error instanceof ProcessFailure) || isStopped() || isSamePlace || restarts === mostRestarts) throw error
      crashedAt = position()
      onRestart(error.message)
    }
  }
}

function toSentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`
}
