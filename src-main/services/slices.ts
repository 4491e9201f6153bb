/** Long reads on the thread that answers the window: they run in slices of some milliseconds between which other work goes on. */
import { setImmediate } from 'node:timers/promises'

/** Milliseconds of work before other work gets its turn. */
const sliceMs = 8

/** Runs all steps; `pause` is called after every slice and may throw to stop the work. */
export async function runInSlices<Result>(steps: Generator<void, Result>, pause?: () => void): Promise<Result> {
  let sliceEnd = performance.now() + sliceMs
  for (;;) {
    const { done, value } = steps.next()
    if (done) return value
    if (performance.now() < sliceEnd) continue
    pause?.()
    await setImmediate()
    sliceEnd = performance.now() + sliceMs
  }
}
