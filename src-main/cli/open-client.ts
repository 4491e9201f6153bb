/** The services a command calls: those of the program that has the workspace open, or else its own on the workspace. */
import { setTimeout as wait } from 'node:timers/promises'
import { createLocalClient, type Client } from '#main/api/router'
import { createProcessHost } from '#main/compute/host'
import { AppError } from '#main/core/errors'
import { openServices } from '#main/services/services'
import { openDoor } from '#main/shell-server/door'
import { closeAtWorst } from '#main/shell-server/last-resort'
import { connectToOpen } from '#main/shell-server/open-program'

export interface OpenClient {
  readonly client: Client
  /** Rejects when the program that answers ends meanwhile. */
  readonly lost: Promise<never>
  /** Lets go of everything; first waits for other commands that came in through this one, which `tell` is told of. */
  close(tell: (line: string) => void): Promise<void>
}

/** A program that is starting or ending has the workspace and does not listen, for seconds at most; each try takes most of one. */
const mostTries = 10
const pauseMs = 250

/** Exit status of a program that was asked to end by SIGTERM, as shells count it. */
const terminatedStatus = 143

/**
 * Waits for a program that is just starting or ending, of which `tell` is told.
 * @throws AppError 'conflict' when the workspace is open in a program that does not listen; 'storage' when it cannot be opened.
 */
export async function openClient(workspace: string, tell: (line: string) => void): Promise<OpenClient> {
  for (let tries = 1; ; tries++) {
    const open = await connectToOpen(workspace)
    if (open) return { ...open, close: async () => open.close() }
    try {
      return await openOwn(workspace, tell)
    } catch (error) {
      if (!(error instanceof AppError && error.code === 'conflict') || tries === mostTries) throw error
      if (tries === 2) tell('The workspace is open in another program. Waiting until that listens, or has ended.')
      await wait(pauseMs)
    }
  }
}

/** While this command works, others on the same workspace come to it. */
async function openOwn(workspace: string, tellOpening: (line: string) => void): Promise<OpenClient> {
  const { handlers, close } = await openServices({ workspace, compute: createProcessHost(), tell: tellOpening })
  const takeBack = closeAtWorst(close)
  // jobs keep what they have and can be resumed, as when the window is closed
  const onTerminated = (): void => void close().finally(() => process.exit(terminatedStatus))
  process.once('SIGTERM', onTerminated)
  const door = await openDoor({ workspace, port: null, handlers, windowFolder: null }).catch(() => null) // one works without
  let others = 0
  let onOthers = (): void => undefined
  door?.onCommands((count) => {
    others = count
    onOthers()
  })
  return {
    client: createLocalClient(handlers),
    lost: new Promise<never>(() => undefined),
    async close(tell) {
      if (others > 0) {
        tell('Waiting for another command that uses the same workspace through this one. Ctrl+C ends both.')
        await new Promise<void>((resolve) => (onOthers = () => others === 0 && resolve()))
      }
      process.off('SIGTERM', onTerminated)
      await door?.close()
      await close()
      takeBack()
    },
  }
}
