/** The workspaces service: backups of the open workspace, and their return as workspaces of their own. */
import path from 'node:path'
import type { Handlers } from '#main/api/handlers'
import { readOwnPackage } from '#main/machine/own-package'
import type { ServiceContext } from '../context.ts'
import { asTask } from './as-task.ts'
import { namedPath } from './named-path.ts'
import { restoreWorkspace } from './restore-workspace.ts'

export function createWorkspaces(context: ServiceContext): Handlers['workspaces'] {
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
    backupPlace: async () => ({ place: path.join(path.dirname(workspace.folder), `${name} backup ${stamp(now())}`) }),
  }
}

/** "2026-11-30 14.05", of the place where the program runs: a name that every file system takes. */
function stamp(milliseconds: number): string {
  const at = new Date(milliseconds)
  const two = (value: number): string => String(value).padStart(2, '0')
  const day = [at.getFullYear(), two(at.getMonth() + 1), two(at.getDate())].join('-')
  return `${day} ${two(at.getHours())}.${two(at.getMinutes())}`
}
