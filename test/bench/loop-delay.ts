/** The event loop's delay: how long a timer waits beyond its time, which is how long the thread answers nobody. */
import { quantile } from './figures.ts'

export interface Delay {
  readonly p50Ms: number
  readonly p99Ms: number
  readonly maxMs: number
}

const intervalMs = 5

/** Watches until the answered function is called. */
export function watchLoop(): () => Delay {
  const delays: number[] = []
  let planned = performance.now() + intervalMs
  const note = (): void => {
    const now = performance.now()
    delays.push(Math.max(0, now - planned))
    planned = now + intervalMs
  }
  const timer = setInterval(note, intervalMs)
  return () => {
    clearInterval(timer)
    note()
    return { p50Ms: quantile(delays, 0.5), p99Ms: quantile(delays, 0.99), maxMs: Math.max(...delays) }
  }
}
