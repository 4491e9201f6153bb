/** Rungs: the backends of this machine in the order in which they are taken, and why others were passed over. */
import type { BackendReport } from '#main/runs/backend-report'
import type { BackendChoice, BackendName } from '#main/runs/backend-name'
import type { ComputeHost, ProbedBackend } from '#main/compute/messages'
import { measureSpeeds } from './measure.ts'
import { describeMachine, readMeasurement, writeMeasurement, type Measurement, type Speed } from './measurements.ts'

/** A rung to compute on. */
export interface Rung {
  readonly backend: BackendName
  /** "; webgpu passed over: ..." for everything the ladder has above it; to be put behind the device. */
  readonly passedOver: string
}

export interface RungReport {
  readonly backends: readonly BackendReport[]
  readonly chosen: BackendName
  /** When the speeds were measured, in milliseconds since 1970; null when there was nothing to choose between. */
  readonly measuredMs: number | null
}

export interface Rungs {
  /**
   * The fastest first, then where to go on when one fails; an explicit choice is the only one. Long work looks for
   * backends anew, since cards come and go; short work takes what was found last.
   */
  of(choice: BackendChoice, work: { readonly isLong: boolean }): Promise<readonly Rung[]>
  /** It failed: short work leaves it alone until backends are looked for anew. */
  distrust(backend: BackendName): void
  report(): Promise<RungReport>
  /** The same after measuring every available rung anew. */
  measure(): Promise<RungReport>
}

interface RungOptions {
  readonly compute: ComputeHost
  /** Where measurements are remembered. */
  readonly file: string
  readonly now: () => number
}

interface State {
  readonly backends: readonly ProbedBackend[]
  readonly measurement: Measurement | null
}

export function createRungs({ compute, file, now }: RungOptions): Rungs {
  let probed: Promise<readonly ProbedBackend[]> | null = null
  let measuring: Promise<Measurement> | null = null

  const distrusted = new Set<BackendName>()

  function probeAnew(): Promise<readonly ProbedBackend[]> {
    distrusted.clear()
    const asked = probe(compute)
    asked.catch(() => (probed = null))
    return (probed = asked)
  }

  async function measure(backends: readonly ProbedBackend[]): Promise<Measurement> {
    const speeds = await measureSpeeds(compute, measurable(backends))
    const measurement = { machine: describeMachine(backends), measuredMs: now(), speeds }
    await writeMeasurement(file, measurement)
    return measurement
  }

  /** Whoever asks meanwhile waits for the same measurement. */
  const measureOnce = (backends: readonly ProbedBackend[]): Promise<Measurement> =>
    (measuring ??= measure(backends).finally(() => (measuring = null)))

  const remembered = (backends: readonly ProbedBackend[]): State => ({
    backends,
    measurement: readMeasurement(file, describeMachine(backends)),
  })

  async function chooseFrom(backends: readonly ProbedBackend[]): Promise<State> {
    const state = remembered(backends)
    if (state.measurement || measurable(backends).length < 2) return state
    return { backends, measurement: await measureOnce(backends) }
  }

  return {
    async of(choice, { isLong }) {
      if (choice !== 'auto') return [{ backend: choice, passedOver: '' }]
      const state = await chooseFrom(await (isLong ? probeAnew() : (probed ?? probeAnew())))
      const ordered = order(state).filter((backend) => !distrusted.has(backend))
      return ordered.map((backend, at) => ({
        backend,
        passedOver: describePassedOver(state, ordered.slice(0, at + 1)),
      }))
    },
    distrust: (backend) => void distrusted.add(backend),
    report: async () => toReport(await chooseFrom(await probeAnew())),
    async measure() {
      const backends = await probeAnew()
      return toReport({ backends, measurement: await measureOnce(backends) })
    },
  }
}

async function probe(compute: ComputeHost): Promise<readonly ProbedBackend[]> {
  for await (const event of compute.run({ kind: 'probe' }).events) if (event.type === 'probed') return event.backends
  throw new Error('The compute worker does not say which backends there are: restart Espalier.')
}

/** `plain` is known to be the slowest and is measured nowhere. */
function measurable(backends: readonly ProbedBackend[]): ProbedBackend[] {
  return backends.filter(({ name, isAvailable }) => isAvailable && name !== 'plain')
}

/** Measured ones by speed, then those that nobody has measured in the ladder's order; none that failed, or is to be measured first. */
function order({ backends, measurement }: State): BackendName[] {
  const speedOf = (name: BackendName): Speed | undefined => measurement?.speeds.find((speed) => speed.name === name)
  const available = backends.filter(({ name, isAvailable, isExperimental }) => {
    const speed = speedOf(name)
    return isAvailable && !speed?.failure && (speed || !isExperimental)
  })
  const stepsOf = ({ name }: ProbedBackend): number => speedOf(name)?.stepsPerSecond ?? 0
  return available.toSorted((a, b) => stepsOf(b) - stepsOf(a)).map(({ name }) => name)
}

/** Of those above the last one taken, why each was not taken before it. */
function describePassedOver(state: State, taken: readonly BackendName[]): string {
  const chosen = taken.at(-1)
  const { backends } = toReport(state, chosen)
  return backends
    .slice(
      0,
      backends.findIndex(({ name }) => name === chosen),
    )
    .filter(({ name }) => !taken.includes(name))
    .map(({ name, passedOver }) => `; ${name} passed over: ${passedOver}`)
    .join('')
}

function toReport(state: State, chosen: BackendName = order(state)[0] ?? 'plain'): RungReport {
  const speeds = new Map(state.measurement?.speeds.map((speed) => [speed.name, speed]))
  const best = speeds.get(chosen)?.stepsPerSecond ?? null
  const backends = state.backends.map(({ name, isAvailable, reason }): BackendReport => {
    const { stepsPerSecond = null, failure = null } = speeds.get(name) ?? {}
    const speed = stepsPerSecond && best ? { stepsPerSecond, ofChosen: stepsPerSecond / best } : null
    const whyNot = isAvailable ? (failure ?? describeSlowness(speed)) : reason
    return { name, isAvailable, reason, speed, passedOver: name === chosen ? null : whyNot }
  })
  return { backends, chosen, measuredMs: state.measurement?.measuredMs ?? null }
}

function describeSlowness(speed: BackendReport['speed']): string {
  return speed ? `${speed.ofChosen.toPrecision(2)} of the chosen one's speed here` : 'slower than the chosen one'
}
