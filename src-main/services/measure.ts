/** Measures backends one after the other, each in a process of its own that cannot take the program along. */
import type { BackendName } from '#main/runs/config'
import type { ComputeHost } from '#main/worker/messages'
import type { Speed } from './measurements.ts'

/** A driver that hangs, or compiles for minutes before its first step, is none to wait for. */
const longestMs = 20_000

export async function measureSpeeds(compute: ComputeHost, names: readonly BackendName[]): Promise<Speed[]> {
  const speeds: Speed[] = []
  // not side by side: they would slow each other down
  for (const name of names) speeds.push(await measureSpeed(compute, name))
  return speeds
}

async function measureSpeed(compute: ComputeHost, name: BackendName): Promise<Speed> {
  const handle = compute.run({ kind: 'measure', backend: name, threads: 0 })
  const timer = setTimeout(handle.cancel, longestMs)
  try {
    for await (const event of handle.events)
      if (event.type === 'measured') return { name, stepsPerSecond: event.stepsPerSecond, failure: null }
    return { name, stepsPerSecond: null, failure: `it took no step within ${longestMs / 1000} seconds` }
  } catch (error) {
    return { name, stepsPerSecond: null, failure: error instanceof Error ? error.message : String(error) }
  } finally {
    clearTimeout(timer)
  }
}
