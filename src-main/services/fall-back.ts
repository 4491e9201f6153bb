/** Fall-back: work whose backend failed goes on with the next rung; any other failure is the work's own. */
import { isBackendFailure } from '#main/backends/backend-failure'
import type { BackendChoice, BackendName } from '#main/runs/config'
import type { Rung, Rungs } from './rungs.ts'

export interface Work<T> {
  readonly choice: BackendChoice
  readonly isLong: boolean
  /** Begins, or goes on from where the rung before has come to. */
  begin(rung: Rung): Promise<T>
  /** Called before it goes on with the next rung. */
  onFall(reason: string, next: BackendName): void
  /** Whether nobody waits for it any more. */
  isStopped(): boolean
}

/** Takes every rung at most once. @throws what the last rung threw. */
export async function workOnRungs<T>(rungs: Rungs, { choice, isLong, begin, onFall, isStopped }: Work<T>): Promise<T> {
  const ladder = await rungs.of(choice, { isLong })
  for (const [at, rung] of ladder.entries()) {
    try {
      return await begin(rung)
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

function toSentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`
}
