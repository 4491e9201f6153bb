/** BreakClock: tells when somebody has worked long enough to be reminded of a break. A pause of five minutes is one. */

const pauseMs = 5 * 60_000

export interface BreakClock {
  /** Notes an act; true when it is time for a reminder, which begins the count anew. */
  act(nowMs: number): boolean
}

/** @param workMs milliseconds of work; 0 for no reminder. */
export function createBreakClock(workMs: number): BreakClock {
  let begun: number | null = null
  let last = 0
  return {
    act(nowMs) {
      if (begun === null || nowMs - last >= pauseMs) begun = nowMs
      last = nowMs
      if (workMs === 0 || nowMs - begun < workMs) return false
      begun = nowMs
      return true
    },
  }
}
