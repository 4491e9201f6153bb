/** Workspaces from the menu: made, opened, and moved, each in the system's own dialogs. */
import path from 'node:path'
import { dialog, type BrowserWindow } from 'electron'
import type { Task } from '#main/api/events'
import type { Handlers } from '#main/api/handlers'
import { assertMovable } from '#main/services/workspaces/move-workspace'
import { ask, choosePlace } from './dialogs.ts'
import { mayInterrupt } from './interrupting.ts'

interface Parts {
  readonly window: BrowserWindow
  /** Folder of the open workspace. */
  readonly workspace: string
  readonly handlers: Pick<Handlers, 'workspaces'>
  readonly tasks: () => Promise<readonly Task[]>
  /** Closes the program, which starts again with these words. */
  readonly startAgain: (words: readonly string[]) => void
}

export type WorkspaceActs = ReturnType<typeof createWorkspaceActs>

export function createWorkspaceActs({ window, workspace, handlers, tasks, startAgain }: Parts) {
  async function open(folder: string, create: boolean): Promise<void> {
    if (await mayInterrupt(window, tasks)) await handlers.workspaces.open({ folder, create })
  }

  /** Runs an act, and tells why it failed. */
  const attempt = (what: string, work: () => Promise<void>) => (): void =>
    void work().catch((error: unknown) =>
      dialog.showErrorBox(what, error instanceof Error ? error.message : String(error)),
    )

  return {
    create: attempt('The workspace was not made', async () => {
      const near = path.join(path.dirname(workspace), 'New workspace')
      const folder = await choosePlace(window, { kind: 'new', title: 'Name the folder of the new workspace', near })
      if (folder !== null) await open(folder, true)
    }),
    open: attempt('The workspace was not opened', async () => {
      const near = path.dirname(workspace)
      const folder = await choosePlace(window, { kind: 'folder', title: 'Choose the folder of a workspace', near })
      if (folder !== null) await open(folder, false)
    }),
    openFolder: (folder: string) => attempt('The workspace was not opened', () => open(folder, false))(),
    move: attempt('The workspace was not moved', async () => {
      const title = `Choose the folder into which ${path.basename(workspace)} moves`
      const parent = await choosePlace(window, { kind: 'folder', title, near: path.dirname(workspace) })
      if (parent === null) return
      const target = path.join(parent, path.basename(workspace))
      assertMovable(workspace, target)
      const isSure = await ask(window, {
        message: `Move the workspace to ${target}?`,
        detail:
          'Espalier closes, moves the workspace, and starts again with it. Other files in its folder stay where they are.',
        ...{ yes: 'Move', no: 'Cancel' },
      })
      if (!isSure || !(await mayInterrupt(window, tasks))) return
      startAgain([`--workspace=${target}`, `--moved-from=${workspace}`])
    }),
  }
}
