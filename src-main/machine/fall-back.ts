/** Fall-back: work whose backend failed goes on with the next one of the backend ladder; any other failure is the work's own. */
import { isBackendFailure, ProcessFailure } from '#main/backends/backend-failure'
import type { BackendChoice, BackendName } from '#main/runs/backend-name'
import type { LadderBackend, BackendLadder } from './backend-ladder.ts'

interface Work<T> {
  readonly choice: BackendChoice
  readonly isLong: boolean
  /** Begins the work on a backend, or continues it from its last saved state. */
  begin(backend: LadderBackend): Promise<T>
  /** A number that grows with the work that is done. */
  position(): number
  /** Called before the work goes on with the same backend in another process. */
  onRestart(reason: string): void
  /** Called before the work goes on with the next backend. */
  onFall(reason: string, next: BackendName): void
  /** Whether the work was stopped, so that no further backend is tried. */
  isStopped(): boolean
}

/** Number of restarts on one backend. Without a limit, work that gets a little further each time would restart for ever. */
const mostRestarts = 5

/** Does the work on the first backend that finishes it. @throws what the last backend threw. */
export async function workOnLadder<T>(ladder: Pick<BackendLadder, 'of' | 'distrust'>, work: Work<T>): Promise<T> {
  const { choice, isLong, onFall, isStopped } = work
  const candidates = await ladder.of(choice, { isLong })
  for (const [at, candidate] of candidates.entries()) {
    try {
      return await workOnBackend(candidate, work)
    } catch (error) {
      const next = candidates[at + 1]
      if (!next || isStopped() || !isBackendFailure(error)) throw error
      ladder.distrust(candidate.backend)
      onFall(
        toSentence(`${candidate.backend} failed: ${error instanceof Error ? error.message : String(error)}`),
        next.backend,
      )
    }
  }
  throw new Error('There is no backend to compute with: install Espalier again.')
}

/** Does the work on one backend. A crash alone is no reason to leave the backend; a second one at the same position is. */
async function workOnBackend<T>(
  backend: LadderBackend,
  { begin, position, onRestart, isStopped }: Work<T>,
): Promise<T> {
  let crashedAt: number | null = null
  for (let restarts = 0; ; restarts++) {
    try {
      return await begin(backend)
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
