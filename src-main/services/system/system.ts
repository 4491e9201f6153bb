/** The system service: settings, running tasks, events, and a doctor that reports what this machine has. */
import path from 'node:path'
import type { Handlers } from '#main/api/handlers'
import type { DoctorReport } from '#main/api/system'
import type { ServiceContext } from '../context.ts'
import type { EventBus } from './events.ts'
import { readOwnPackage } from '#main/machine/own-package'
import type { BackendLadder, LadderReport } from '#main/machine/backend-ladder'
import type { Finding } from '#main/core/finding'
import type { Log } from '#main/core/log'
import { writeBugReport } from './bug-report.ts'
import type { SoundnessRecord } from '../workspaces/soundness.ts'
import { remarkOnPlain } from '#main/machine/plain-note'
import type { RunningTasks } from './tasks.ts'

interface SystemParts {
  readonly bus: EventBus
  readonly tasks: RunningTasks
  readonly ladder: BackendLadder
  readonly soundness: SoundnessRecord
  readonly log: Log
}

export function createSystem(
  { workspace, reads, now }: ServiceContext,
  { bus, tasks, ladder, soundness, log }: SystemParts,
): Handlers['system'] {
  const toReport = async ({ backends, chosen, measuredMs }: LadderReport): Promise<DoctorReport> => ({
    versions: versions(),
    backends,
    chosenBackend: chosen,
    measuredMs,
    remark: remarkOnPlain({ chosen, backends }),
    workspace: await workspaceReport(),
  })

  async function workspaceReport(): Promise<DoctorReport['workspace']> {
    const found = await soundness.checkQuickly()
    const integrity = found.length === 0 ? 'ok' : found.map(({ what }) => what).join(' ')
    const health = workspace.health(integrity)
    return {
      ...health,
      findings: [...soundness.state().findings, ...(health.isPrivate ? [] : [notPrivate(health.path)])],
    }
  }

  return {
    doctor: async () => toReport(await ladder.report()),
    async report() {
      const doctor = await toReport(await ladder.report())
      return writeBugReport({ workspace, log, doctor, nowMs: now() })
    },
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

function notPrivate(database: string): Finding {
  return {
    what: `Other users of this machine can read the workspace: ${path.dirname(database)}.`,
    advice:
      'Take the permissions of others from the folder ("chmod -R go= FOLDER"), or move it below your home folder.',
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
