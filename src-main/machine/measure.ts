/** Measures backends one after the other, each in a process of its own that cannot take the program along. */
import { ProcessFailure } from '#main/backends/backend-failure'
import type { ComputeHost, ProbedBackend } from '#main/compute/messages'
import type { BackendName } from '#main/runs/backend-name'
import type { Speed } from './measurements.ts'

/** Milliseconds that a backend may take for its first steps. Some drivers hang for ever. */
export const longestMs = 20_000

/** Largest relative difference between the losses of two backends. Rounding stays far below it, a mistake does not. */
const tolerance = 1e-3

interface MeasuredSpeeds {
  readonly speeds: readonly Speed[]
  /** Backends that took no step in time, perhaps because the machine was busy: their speed is unknown. */
  readonly unfinished: readonly BackendName[]
}

/** Result of measuring one backend; null where it took no step in time. */
interface Measured {
  readonly speed: Speed
  /** Losses of the first steps; empty when the backend failed. */
  readonly losses: readonly number[]
}

/**
 * An experimental backend counts as failed where its losses differ from those of another backend, and as unfinished where
 * there is no other backend to compare it with.
 */
export async function measureSpeeds(compute: ComputeHost, backends: readonly ProbedBackend[]): Promise<MeasuredSpeeds> {
  const found = new Map<ProbedBackend, Measured | null>()
  // one after the other: side by side they would slow each other down
  for (const backend of backends) found.set(backend, await measureSpeed(compute, backend.name))
  const trusted = [...found].find(([{ isExperimental }, measured]) => !isExperimental && measured?.losses.length)
  const expected = trusted?.[1]?.losses ?? null
  const compared = [...found].map(([{ name, isExperimental }, measured]) => ({
    name,
    speed: measured && isExperimental ? compare(measured, expected) : (measured?.speed ?? null),
  }))
  return {
    speeds: compared.flatMap(({ speed }) => speed ?? []),
    unfinished: compared.filter(({ speed }) => speed === null).map(({ name }) => name),
  }
}

function compare({ speed, losses }: Measured, expected: readonly number[] | null): Speed | null {
  if (speed.failure !== null) return speed
  if (expected === null) return null
  if (isSame(losses, expected)) return speed
  return { ...speed, stepsPerSecond: null, failure: 'it computes something else than the others here' }
}

function isSame(losses: readonly number[], expected: readonly number[]): boolean {
  const pairs = losses.slice(0, expected.length).map((loss, at) => [loss, expected[at] ?? Number.NaN] as const)
  return pairs.length > 0 && pairs.every(([one, other]) => Math.abs(one - other) <= tolerance * Math.abs(other))
}

/** Measures a backend again after a crash, once: V8 itself crashes too, rarely and at random. */
async function measureSpeed(compute: ComputeHost, name: BackendName): Promise<Measured | null> {
  const failed = (error: unknown): Measured => {
    const failure = error instanceof Error ? error.message : String(error)
    return { speed: { name, stepsPerSecond: null, failure }, losses: [] }
  }
  try {
    return await tryMeasuring(compute, name)
  } catch (error) {
    return error instanceof ProcessFailure ? tryMeasuring(compute, name).catch(failed) : failed(error)
  }
}

/** Resolves to null where the backend took no step in time. @throws the error with which the backend failed. */
async function tryMeasuring(compute: ComputeHost, name: BackendName): Promise<Measured | null> {
  const handle = compute.run({ kind: 'measure', backend: name, threads: 0 })
  const timer = setTimeout(handle.cancel, longestMs)
  try {
    for await (const event of handle.events)
      if (event.type === 'measured') {
        const { stepsPerSecond, losses } = event
        return { speed: { name, stepsPerSecond, failure: null }, losses }
      }
    return null
  } finally {
    clearTimeout(timer)
  }
}
