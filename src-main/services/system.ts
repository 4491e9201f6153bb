/** System: settings, running tasks, events, and a doctor that says what this machine has. */
import { readFileSync } from 'node:fs'
import type { Handlers } from '#main/api/handlers'
import type { BackendReport } from '#main/api/views'
import type { ServiceContext } from './context.ts'
import type { EventBus } from './events.ts'
import type { RunningTasks } from './tasks.ts'

type Probe = () => Promise<{ readonly backends: readonly BackendReport[]; readonly chosen: string }>

export function createSystem(
  { workspace }: ServiceContext,
  bus: EventBus,
  tasks: RunningTasks,
  probe: Probe,
): Handlers['system'] {
  return {
    async doctor() {
      const { backends, chosen } = await probe()
      return { versions: versions(), backends, chosenBackend: chosen, workspace: workspace.health() }
    },
    settings: async () => workspace.settings.get(),
    updateSettings: async (change) => workspace.settings.update(change),
    tasks: async () => tasks.list(),
    events: async (_, signal) => bus.subscribe(signal) as never, // the contract wants oRPC's own iterator class
  }
}

function versions(): Record<string, string> {
  const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
    version: string
  }
  const { node, electron } = process.versions
  return {
    espalier: version,
    node,
    ...(electron === undefined ? {} : { electron }),
    platform: `${process.platform} ${process.arch}`,
  }
}
