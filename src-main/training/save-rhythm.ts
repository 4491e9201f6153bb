/** Times at which the state of an unfinished epoch is saved, without slowing training down. */
import type { SaveRhythm } from './job.ts'

/** Default interval: a killed run loses at most this much. */
const defaultRhythm: SaveRhythm = { seconds: 120 }

/**
 * Ratio of training time to saving time. Large models take long to save, so training runs at least this many times as
 * long.
 */
const shareOfTraining = 20

export interface Saving {
  /** Number of updates since the state was last saved. */
  readonly unsaved: number
  /** Counts an update, and returns whether it is time to save. */
  countUpdate(): boolean
  /** Calls `capture` and returns its result. */
  save<T>(capture: () => Promise<T>): Promise<T>
}

export function startSaving(rhythm: SaveRhythm = defaultRhythm): Saving {
  let unsaved = 0
  let savedMs = performance.now()
  let pauseMs = 'seconds' in rhythm ? rhythm.seconds * 1000 : 0
  return {
    get unsaved() {
      return unsaved
    },
    countUpdate() {
      unsaved++
      return 'steps' in rhythm ? unsaved >= rhythm.steps : performance.now() - savedMs >= pauseMs
    },
    async save(capture) {
      const startedMs = performance.now()
      const captured = await capture()
      savedMs = performance.now()
      if ('seconds' in rhythm) pauseMs = Math.max(rhythm.seconds * 1000, (savedMs - startedMs) * shareOfTraining)
      unsaved = 0
      return captured
    },
  }
}
