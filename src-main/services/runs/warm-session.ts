/** WarmSession: the model of the run that was asked last stays loaded for a while, for the sentences that a person opens one after the other. */
import type { Run } from '#main/runs/run'
import type { PredictionSession } from './prediction-session.ts'

type Weights = Pick<Run, 'runId' | 'bestEpoch' | 'epoch'>

export interface WarmSession<Of extends Weights> {
  /** The session of these weights: the one that is open, or a new one in its place. */
  take(run: Of): Promise<PredictionSession>
  /** Closes what is open. */
  close(): void
}

/** Milliseconds for which a session waits for the next sentence: somebody reads and marks one meanwhile. */
const usualIdleMs = 120_000

/** @param open opens a session of a run; it is closed after `idleMs` without a call of `take`, and when another run is asked. */
export function createWarmSession<Of extends Weights>(
  open: (run: Of) => Promise<PredictionSession>,
  idleMs: number = usualIdleMs,
): WarmSession<Of> {
  let kept: { readonly key: string; readonly session: Promise<PredictionSession> } | null = null
  let timer: NodeJS.Timeout | undefined

  function close(): void {
    clearTimeout(timer)
    const session = kept?.session
    kept = null
    void session?.then(
      (opened) => opened.close(),
      () => undefined, // whoever asked for it got the error
    )
  }

  return {
    async take(run) {
      const key = `${run.runId} ${run.bestEpoch ?? run.epoch}`
      if (kept?.key !== key) {
        close()
        kept = { key, session: open(run) }
      }
      clearTimeout(timer)
      timer = setTimeout(close, idleMs).unref()
      const { session } = kept
      return session.catch((error: unknown) => {
        if (kept?.session === session) kept = null
        throw error
      })
    },
    close,
  }
}
