/** How many threads a job may have, and how many are worth their start. Pages use it too, so it does without Node. */

export interface PoolPlan {
  /** Number of threads. */
  readonly size: number
  /** Reason why there are fewer threads than asked for, shown behind the device; null otherwise. */
  readonly remark: string | null
}

/** Number of sentences that can be predicted in the time that a helper takes to start. */
const sentencesPerHelper = 256

/** Number of threads that are worth their start when a prediction job has been asked for so many sentences. */
export function threadsWorth(sentences: number): number {
  const threads = Math.floor(sentences / sentencesPerHelper)
  return threads < 2 ? 1 : 2 ** Math.floor(Math.log2(threads))
}
