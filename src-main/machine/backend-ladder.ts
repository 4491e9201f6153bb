/** BackendLadder: what `auto` computes with on this machine, measured once and remembered. */
import type { ComputeHost, ProbedBackend } from '#main/compute/messages'
import type { BackendChoice, BackendName } from '#main/runs/backend-name'
import type { BackendReport } from '#main/runs/backend-report'
import { describePassedOver, orderBackends, reportBackends, type KnownBackends } from './backend-order.ts'
import { measureSpeeds } from './measure.ts'
import { describeMachine, readMeasurement, writeMeasurement, type Measurement } from './measurements.ts'
import { isQuiet as isMachineQuiet } from './quiet.ts'

/** A backend of the ladder, with what a run notes about it. */
export interface LadderBackend {
  readonly backend: BackendName
  /** Text to put behind the name of the device: "; webgpu passed over: ..." for every faster backend that was not tried. */
  readonly passedOver: string
}

export interface LadderReport {
  readonly backends: readonly BackendReport[]
  readonly chosen: BackendName
  /** When the speeds were measured, in milliseconds since 1970; null when there was nothing to choose between. */
  readonly measuredMs: number | null
}

export interface BackendLadder {
  /**
   * Backends from the fastest to the last resort; an explicit choice is the only one. Long work looks for backends
   * again, since graphics cards come and go; short work takes what was found last.
   */
  of(choice: BackendChoice, work: { readonly isLong: boolean }): Promise<readonly LadderBackend[]>
  /** Notes that a backend failed: short work does not use it until backends are looked for again. */
  distrust(backend: BackendName): void
  report(): Promise<LadderReport>
  /** Measures every available backend again. Resolves to the ladder as it is then. */
  measure(): Promise<LadderReport>
}

interface LadderOptions {
  readonly compute: ComputeHost
  /** File that keeps the measurements. */
  readonly file: string
  readonly now: () => number
  /** Resolves to whether the processors have little to do. */
  readonly isQuiet?: () => Promise<boolean>
}

export function createBackendLadder({ compute, file, now, isQuiet = isMachineQuiet }: LadderOptions): BackendLadder {
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
    const wasBusy = !(await isQuiet())
    const measured = await measureSpeeds(compute, measurable(backends))
    const measurement = { machine: describeMachine(backends), measuredMs: now(), wasBusy, ...measured }
    await writeMeasurement(file, measurement)
    return measurement
  }

  /** The measurement under way, for which every further caller waits. */
  const measureOnce = (backends: readonly ProbedBackend[]): Promise<Measurement> =>
    (measuring ??= measure(backends).finally(() => (measuring = null)))

  /** A backend that had no time to take a step on a busy machine gets another chance once the machine is quiet. */
  const isDue = async ({ unfinished, wasBusy }: Measurement): Promise<boolean> =>
    unfinished.length > 0 && wasBusy && (await isQuiet())

  async function know(backends: readonly ProbedBackend[]): Promise<KnownBackends> {
    const remembered = readMeasurement(file, describeMachine(backends))
    const isKnown = remembered ? !(await isDue(remembered)) : measurable(backends).length < 2
    return { backends, measurement: isKnown ? remembered : await measureOnce(backends) }
  }

  return {
    async of(choice, { isLong }) {
      if (choice !== 'auto') return [{ backend: choice, passedOver: '' }]
      const known = await know(await (isLong ? probeAnew() : (probed ?? probeAnew())))
      const ordered = orderBackends(known).filter((backend) => !distrusted.has(backend))
      return ordered.map((backend, at) => ({
        backend,
        passedOver: describePassedOver(known, ordered.slice(0, at + 1)),
      }))
    },
    distrust: (backend) => void distrusted.add(backend),
    report: async () => toReport(await know(await probeAnew())),
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

/** Backends whose speed is measured. `plain` is known to be the slowest and is left out. */
function measurable(backends: readonly ProbedBackend[]): ProbedBackend[] {
  return backends.filter(({ name, isAvailable }) => isAvailable && name !== 'plain')
}

function toReport(known: KnownBackends): LadderReport {
  const chosen = orderBackends(known)[0] ?? 'plain'
  return { backends: reportBackends(known, chosen), chosen, measuredMs: known.measurement?.measuredMs ?? null }
}
