/** When the state of an unfinished epoch is saved: now and then, without slowing training down. */
import type { SaveRhythm } from './job.ts'

/** What a kill may cost at most. */
const defaultRhythm: SaveRhythm = { seconds: 120 }

/** Large models take their time to save: training goes on for at least this many times as long. */
const shareOfTraining = 20

export interface Saving {
  /** Updates since the state was last saved. */
  readonly unsaved: number
  /** Called after every update: is it time to save? */
  countUpdate(): boolean
  /** Saves by `capture` and answers with what it gave. */
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
