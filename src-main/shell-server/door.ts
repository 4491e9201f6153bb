/** The door of an open workspace: a server where browsers like to find it, and a note of it for commands that come later. */
import { ensureSession, writeSession } from './session-file.ts'
import { whyReadOnly } from '#main/services/workspaces/why-read-only'
import { PortInUse, startServer, type RunningServer, type ServerOptions } from './http.ts'

export interface DoorOptions extends Omit<ServerOptions, 'port' | 'secret'> {
  readonly workspace: string
  /** The port that somebody asked for, and no other; 0 takes a free one, null the one that browsers know. */
  readonly port: number | null
}

/** One port from start to start, so that tabs come back and what the window remembers is found again. */
const usualPort = 41_527

/** @throws PortInUse when the port that was asked for is taken; Error when nothing can be written into the workspace. */
export async function openDoor({ workspace, port, ...options }: DoorOptions): Promise<RunningServer> {
  const { secret, browserPort } = ensureSession(workspace)
  const isForBrowsers = options.windowFolder !== null
  const usual = isForBrowsers ? [browserPort ?? usualPort, usualPort, 0] : [0]
  const server = await startOnFirst(port === null ? usual : [port], { ...options, secret })
  const known = isForBrowsers ? server.port : browserPort
  try {
    await writeSession(workspace, { secret, browserPort: known, openPort: server.port })
  } catch (error) {
    if (whyReadOnly(workspace) === null) {
      await server.close()
      throw error
    }
    // a workspace that is open for reading alone: commands open it themselves
  }
  return {
    ...server,
    async close() {
      try {
        // first: whoever comes from now on opens the workspace itself, as soon as it is free
        await writeSession(workspace, { secret, browserPort: known, openPort: null })
      } catch {
        // whoever calls there finds nobody
      }
      await server.close()
    },
  }
}

async function startOnFirst(ports: readonly number[], options: Omit<ServerOptions, 'port'>): Promise<RunningServer> {
  const [port = 0, ...others] = ports
  try {
    return await startServer({ ...options, port })
  } catch (error) {
    if (error instanceof PortInUse && others.length > 0) return startOnFirst(others, options)
    throw error
  }
}
