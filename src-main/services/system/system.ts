/** The system service: settings, running tasks, events, and a doctor that reports what this machine has. */
import type { Handlers } from '#main/api/handlers'
import type { DoctorReport } from '#main/api/system'
import type { ServiceContext } from '../context.ts'
import type { EventBus } from './events.ts'
import { readOwnPackage } from '#main/machine/own-package'
import type { BackendLadder, LadderReport } from '#main/machine/backend-ladder'
import { createReads } from '../reads/reads.ts'
import { remarkOnPlain } from '#main/machine/plain-note'
import type { RunningTasks } from './tasks.ts'

export function createSystem(
  { workspace, reads, now }: ServiceContext,
  bus: EventBus,
  tasks: RunningTasks,
  ladder: BackendLadder,
): Handlers['system'] {
  /** Checks in a thread of its own: such a check cannot be divided, so that other reads would wait for it. */
  async function integrity(): Promise<string> {
    const own = createReads(workspace)
    try {
      return await own.ask('integrity', {})
    } finally {
      await own.close()
    }
  }

  const toReport = async ({ backends, chosen, measuredMs }: LadderReport): Promise<DoctorReport> => ({
    versions: versions(),
    backends,
    chosenBackend: chosen,
    measuredMs,
    remark: remarkOnPlain({ chosen, backends }),
    workspace: workspace.health(await integrity()),
  })

  return {
    doctor: async () => toReport(await ladder.report()),
    measure: async () => toReport(await ladder.measure()),
    settings: async () => workspace.settings.get(),
    async updateSettings(change) {
      const known = workspace.settings.get()
      const isDrawnAnew = (['blindShare', 'blindSeed', 'suggestOnTest'] as const).some(
        (name) => change[name] !== undefined && change[name] !== known[name],
      )
      return workspace.settings.update({ ...change, ...(isDrawnAnew && { blindSinceMs: now() }) })
    },
    tasks: async () => tasks.list(),
    cancelTask: async ({ taskId }) => tasks.cancel(taskId),
    async events(_, signal) {
      reads.warm() // a window listens, which will ask for more than pages
      return bus.subscribe(signal) as never // the contract wants oRPC's own iterator class
    },
  }
}

function versions(): Record<string, string> {
  const { version } = readOwnPackage()
  const { node, electron } = process.versions
  return {
    espalier: version,
    node,
    ...(electron === undefined ? {} : { electron }),
    platform: `${process.platform} ${process.arch}`,
  }
}
