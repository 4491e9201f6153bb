/** The workspaces service: what is done with all of a workspace, such as backing it up, restoring it and checking it. */
import path from 'node:path'
import type { Handlers } from '#main/api/handlers'
import type { RunDetail } from '#main/api/runs'
import { AppError } from '#main/core/errors'
import { readOwnPackage } from '#main/machine/own-package'
import type { ServiceContext } from '../context.ts'
import type { Jobs } from '../jobs/jobs.ts'
import { asTask } from './as-task.ts'
import type { BackupKind } from './backup-kind.ts'
import { eraseForGood, lookAtWorkspace } from './erase-workspace.ts'
import { exportAll } from './export-all.ts'
import { requestPutBack } from './put-back.ts'
import { namedPath } from './named-path.ts'
import { openOtherWorkspace, type OpenOther } from './open-other.ts'
import { listRecent } from './recent-workspaces.ts'
import { restoreWorkspace } from './restore-workspace.ts'
import type { SoundnessRecord } from './soundness.ts'

interface WorkspacesParts {
  /** Folder for what belongs to the person and the machine. */
  readonly config: string
  readonly getRun: (runId: string) => Promise<RunDetail>
  readonly openOther: OpenOther | undefined
  readonly jobs: Jobs
  readonly backup: BackupKind
  readonly soundness: SoundnessRecord
  /** Folder of the workspace as the person named it; a workspace that is open for reading alone lies elsewhere. */
  readonly place: string
}

export function createWorkspaces(
  context: ServiceContext,
  { config, getRun, openOther, jobs, backup, soundness, place }: WorkspacesParts,
): Handlers['workspaces'] {
  const { workspace, now } = context
  const name = path.basename(place)
  /** This process holds its own workspace, and would not be stopped by its own lock. */
  function refuseOwn(typed: string): string {
    const folder = namedPath(typed)
    if (folder === place)
      throw new AppError('conflict', `The workspace ${folder} is open here. Open another one first.`)
    return folder
  }
  return {
    backUp: ({ place: target, taskId }) =>
      backup.ask(jobs, { title: `back up ${name}`, spec: { place: namedPath(target) }, taskId }),
    backups: async () => workspace.listKept(),
    async putBack({ name: chosen }) {
      if (!openOther)
        return { url: null, command: `espalier backup restore ${chosen} --workspace "${workspace.folder}"` }
      requestPutBack(workspace.folder, chosen)
      return { url: await openOther(workspace.folder), command: null }
    },
    soundness: async () => soundness.state(),
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
      asTask(context, { taskId, title: `check ${name}`, signal }, async (stop, tell) => {
        const report = await workspace.check({ signal: stop, onProgress: tell })
        await soundness.note(report.findings, 'whole')
        return report
      }),
    repair: ({ repair, taskId }, signal) =>
      asTask(context, { taskId, title: `repair ${name}`, signal }, async (stop, tell) => {
        const options = { reason: 'repair', version: readOwnPackage().version, isWhole: false, daily: 7 } as const
        const { backup: kept } = await workspace.keepBackup({ ...options, signal: stop })
        const changed = workspace.repair(repair, workspace.settings.get().annotator)
        const check = await workspace.check({ onProgress: tell })
        await soundness.note(check.findings, 'whole')
        for (const event of ['backups-changed', 'corpora-changed'] as const) context.emit({ type: event })
        return { changed, backup: kept, check }
      }),
    exportAll: ({ place: target, taskId }, signal) =>
      asTask(context, { taskId, title: `export all of ${name}`, signal }, (stop, tell) =>
        exportAll(context, { place: namedPath(target), taskId, signal: stop, tell, getRun }),
      ),
    recent: async () => listRecent(place, config),
    open: ({ folder, create }) => openOtherWorkspace({ current: place, folder: namedPath(folder), create }, openOther),
    erasure: ({ folder }) => lookAtWorkspace(refuseOwn(folder)),
    erase: ({ folder, name: typed }) => eraseForGood(refuseOwn(folder), typed, config),
    async places() {
      const placeOf = (what: string): string => path.join(path.dirname(place), `${name} ${what} ${stamp(now())}`)
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
