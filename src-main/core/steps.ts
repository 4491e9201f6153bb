/** Steps: work written as a generator, which whoever runs it may interrupt after each step. */

/** Runs all steps at once. */
export function runSteps<Result>(steps: Generator<void, Result>): Result {
  for (;;) {
    const { done, value } = steps.next()
    if (done) return value
  }
}
