/** Measures backends one after the other, each in a process of its own that cannot take the program along. */
import type { BackendName } from '#main/runs/backend-name'
import type { ComputeHost, ProbedBackend } from '#main/compute/messages'
import type { Speed } from './measurements.ts'

/** A driver that hangs, or compiles for minutes before its first step, is none to wait for. */
const longestMs = 20_000

/** Losses of the same steps differ by rounding only; a mistake would differ by more. */
const tolerance = 1e-3

interface Measured {
  readonly speed: Speed
  /** Of the first steps; none when it failed. */
  readonly losses: readonly number[]
}

/** What is experimental counts as failed where it computes something else than the others. */
export async function measureSpeeds(compute: ComputeHost, backends: readonly ProbedBackend[]): Promise<Speed[]> {
  const found = new Map<ProbedBackend, Measured>()
  // not side by side: they would slow each other down
  for (const backend of backends) found.set(backend, await measureSpeed(compute, backend.name))
  const trusted = [...found].find(([{ isExperimental }, { losses }]) => !isExperimental && losses.length > 0)
  return [...found].map(([{ isExperimental }, { speed, losses }]) =>
    isExperimental && !isSame(losses, trusted?.[1].losses ?? []) && speed.failure === null
      ? { ...speed, stepsPerSecond: null, failure: 'it computes something else than the others here' }
      : speed,
  )
}

function isSame(losses: readonly number[], expected: readonly number[]): boolean {
  const pairs = losses.slice(0, expected.length).map((loss, at) => [loss, expected[at] ?? Number.NaN] as const)
  return pairs.length > 0 && pairs.every(([one, other]) => Math.abs(one - other) <= tolerance * Math.abs(other))
}

async function measureSpeed(compute: ComputeHost, name: BackendName): Promise<Measured> {
  const handle = compute.run({ kind: 'measure', backend: name, threads: 0 })
  const timer = setTimeout(handle.cancel, longestMs)
  const failed = (failure: string): Measured => ({ speed: { name, stepsPerSecond: null, failure }, losses: [] })
  try {
    for await (const event of handle.events)
      if (event.type === 'measured') {
        const { stepsPerSecond, losses } = event
        return { speed: { name, stepsPerSecond, failure: null }, losses }
      }
    return failed(`it took no step within ${longestMs / 1000} seconds`)
  } catch (error) {
    return failed(error instanceof Error ? error.message : String(error))
  } finally {
    clearTimeout(timer)
  }
}
