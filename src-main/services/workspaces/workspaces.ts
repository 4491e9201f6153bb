/** The workspaces service: what is done with all of a workspace, such as backing it up, restoring it and checking it. */
import path from 'node:path'
import type { Handlers } from '#main/api/handlers'
import type { RunDetail } from '#main/api/runs'
import { readOwnPackage } from '#main/machine/own-package'
import type { ServiceContext } from '../context.ts'
import { asTask } from './as-task.ts'
import { exportAll } from './export-all.ts'
import { namedPath } from './named-path.ts'
import { restoreWorkspace } from './restore-workspace.ts'

export function createWorkspaces(
  context: ServiceContext,
  getRun: (runId: string) => Promise<RunDetail>,
): Handlers['workspaces'] {
  const { workspace, now } = context
  const name = path.basename(workspace.folder)
  return {
    backUp: ({ place, taskId }, signal) =>
      asTask(context, { taskId, title: `back up ${name}`, signal }, async (stop, tell) => {
        const options = { place: namedPath(place), version: readOwnPackage().version, signal: stop, onProgress: tell }
        const { bytes, manifest, gone, place: written } = await workspace.backUp(options)
        return { place: written, bytes, files: manifest.files.length, content: manifest.content, gone }
      }),
    restore: ({ from, into, taskId }, signal) =>
      asTask(context, { taskId, title: `restore ${path.basename(from)}`, signal }, (stop, tell) =>
        restoreWorkspace({
          from: namedPath(from),
          into: namedPath(into),
          nowMs: now(),
          signal: stop,
          onProgress: tell,
        }),
      ),
    check: ({ taskId }, signal) =>
      asTask(context, { taskId, title: `check ${name}`, signal }, (stop, tell) =>
        workspace.check({ signal: stop, onProgress: tell }),
      ),
    exportAll: ({ place, taskId }, signal) =>
      asTask(context, { taskId, title: `export all of ${name}`, signal }, (stop, tell) =>
        exportAll(context, { place: namedPath(place), taskId, signal: stop, tell, getRun }),
      ),
    async places() {
      const placeOf = (what: string): string =>
        path.join(path.dirname(workspace.folder), `${name} ${what} ${stamp(now())}`)
      return { backup: placeOf('backup'), export: placeOf('export') }
    },
  }
}

/** "2026-11-30 14.05", of the place where the program runs: a name that every file system takes. */
function stamp(milliseconds: number): string {
  const at = new Date(milliseconds)
  const two = (value: number): string => String(value).padStart(2, '0')
  const day = [at.getFullYear(), two(at.getMonth() + 1), two(at.getDate())].join('-')
  return `${day} ${two(at.getHours())}.${two(at.getMinutes())}`
}
