/** The order in which the backends of this machine are taken, and why each other one is passed over: by what was measured. */
import type { ProbedBackend } from '#main/compute/messages'
import type { BackendName } from '#main/runs/backend-name'
import type { BackendReport } from '#main/runs/backend-report'
import { longestMs } from './measure.ts'
import type { Measurement } from './measurements.ts'

/** What is known of the backends of this machine; `backends` are listed from the fastest to `plain`, which is always there. */
export interface KnownBackends {
  readonly backends: readonly ProbedBackend[]
  readonly measurement: Measurement | null
}

/**
 * Sorts the measured backends by speed, then those without a known speed, then `plain`. A graphics card that was passed
 * over comes after the processor, since its driver may hang. The program's own kernels (`wasm`) check themselves when they
 * start, so they stand above `plain` whatever their measurement said. Other backends that failed are left out, as are
 * experimental ones that were not compared with another backend.
 */
export function orderBackends({ backends, measurement }: KnownBackends): BackendName[] {
  const speedOf = (name: BackendName): number =>
    measurement?.speeds.find((speed) => speed.name === name)?.stepsPerSecond ?? 0
  const hasFailed = (name: BackendName): boolean =>
    measurement?.speeds.some((s) => s.name === name && s.failure) ?? false
  const isTaken = ({ name, isAvailable, isExperimental }: ProbedBackend): boolean =>
    isAvailable && (name === 'wasm' || speedOf(name) > 0 || !(isExperimental || hasFailed(name)))
  const groupOf = (name: BackendName): number => {
    if (name === 'plain') return 3
    if (speedOf(name) > 0) return 0
    return name === 'wasm' ? 1 : 2
  }
  return backends
    .filter(isTaken)
    .map(({ name }) => name)
    .sort((a, b) => groupOf(a) - groupOf(b) || speedOf(b) - speedOf(a))
}

/** @param chosen the backend that computes; the first in order where it is left out. */
export function reportBackends(
  known: KnownBackends,
  chosen: BackendName = orderBackends(known)[0] ?? 'plain',
): BackendReport[] {
  const speeds = new Map(known.measurement?.speeds.map((speed) => [speed.name, speed]))
  const best = speeds.get(chosen)?.stepsPerSecond ?? null
  return known.backends.map(({ name, isAvailable, reason }): BackendReport => {
    const { stepsPerSecond = null, failure = null } = speeds.get(name) ?? {}
    const speed = stepsPerSecond && best ? { stepsPerSecond, ofChosen: stepsPerSecond / best } : null
    const whyNot = isAvailable ? (failure ?? describeUnfinished(known, name) ?? describeSlowness(speed)) : reason
    return { name, isAvailable, reason, speed, passedOver: name === chosen ? null : whyNot }
  })
}

/** Text for a run's device, "; webgpu passed over: ...", with each backend above the last of `taken` that is not in `taken`. */
export function describePassedOver(known: KnownBackends, taken: readonly BackendName[]): string {
  const chosen = taken.at(-1)
  const backends = reportBackends(known, chosen)
  const above = backends.slice(
    0,
    backends.findIndex(({ name }) => name === chosen),
  )
  return above
    .filter(({ name }) => !taken.includes(name))
    .map(({ name, passedOver }) => `; ${name} passed over: ${passedOver}`)
    .join('')
}

function describeUnfinished({ measurement }: KnownBackends, name: BackendName): string | null {
  if (!measurement?.unfinished.includes(name)) return null
  const found = `it took no step within ${longestMs / 1000} seconds when it was measured`
  return measurement.wasBusy
    ? `${found}, while the machine was busy; it is measured again when the machine is quiet`
    : `${found}; "espalier doctor --measure" measures it again`
}

function describeSlowness(speed: BackendReport['speed']): string {
  return speed ? `${speed.ofChosen.toPrecision(2)} of the chosen one's speed here` : 'slower than the chosen one'
}
