/** Calls that are made one after the other, each when the one before has ended, well or not. */
export interface CallOrder {
  /** Number of calls that have not ended. */
  readonly pending: () => number
  /** Resolves when all calls so far have ended; never rejects. */
  readonly settled: () => Promise<unknown>
  /** Makes a call after those before it. */
  readonly enqueue: <T>(call: () => Promise<T>) => Promise<T>
}

export function createCallOrder(): CallOrder {
  let pending = 0
  let last: Promise<unknown> = Promise.resolve()
  return {
    pending: () => pending,
    settled: () => last,
    enqueue(call) {
      pending += 1
      const done = last.then(call).finally(() => (pending -= 1))
      last = done.catch(() => undefined)
      return done
    },
  }
}
