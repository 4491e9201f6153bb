/**
 * Browser mode: opens the workspace, brings the sample in on the first start, and serves until told to stop. Another workspace
 * is opened in its place when the window asks for it, at an address of its own.
 */
import path from 'node:path'
import type { OpenOther } from '#main/services/workspaces/open-other'
import { openServices } from '#main/services/services'
import { ensureSample } from '#main/services/system/sample'
import { rememberOpened } from '#main/services/workspaces/recent-workspaces'
import { createProcessHost } from '#main/compute/host'
import { createPageHost } from '#main/compute/page-host'
import { closeAtWorst } from './last-resort.ts'
import { openDoor } from './door.ts'
import type { RunningServer } from './http.ts'
import { linkToOpen } from './open-program.ts'
import { buildWindow, windowFolder } from './window-build.ts'

interface ServeOptions {
  readonly workspace: string
  /** 0 takes a free one, null the one that browsers know from before. */
  readonly port: number | null
  readonly log?: (line: string) => void
}

export interface ServedWorkbench {
  /** That of the workspace which is open now. */
  readonly server: Pick<RunningServer, 'createUrl' | 'onWindows'>
  /** Resolves when everything is closed: by `stop`, Ctrl+C or a polite end. */
  readonly stopped: Promise<void>
  stop(): Promise<void>
}

interface Served {
  /** Absolute path of the workspace. */
  readonly folder: string
  readonly server: RunningServer
  close(): Promise<void>
}

/** Milliseconds in which a window gets its answer and goes to the new address. */
const answerMs = 1000

const toStderr = (line: string): void => void process.stderr.write(`${line}\n`)

/** @throws Error when the window cannot be built, the workspace not opened or the port not taken. */
export async function runServer({ workspace, port, log = toStderr }: ServeOptions): Promise<ServedWorkbench> {
  await buildWindow(log)
  const listeners: ((count: number) => void)[] = []
  let current = await serve({ workspace, port, log }, openOther)
  let leaving: Promise<unknown> = Promise.resolve()

  /** Counts of windows are those of the workspace that is open now: those of the former one go away. */
  function follow(served: Served, listener: (count: number) => void): void {
    served.server.onWindows((count) => void (served === current && listener(count)))
  }
  /** Closes the workspace and opens it again at the same address, where its windows come back by themselves. */
  async function openAgain(): Promise<void> {
    const { port: former } = current.server
    await new Promise((resolve) => setTimeout(resolve, answerMs))
    await current.close()
    current = await serve({ workspace: current.folder, port: former, log }, openOther)
    for (const listener of listeners) follow(current, listener)
  }
  async function openOther(folder: string): Promise<string | null> {
    if (folder === current.folder) {
      leaving = Promise.all([leaving, openAgain()])
      leaving.catch((error: unknown) => {
        log(error instanceof Error ? error.message : String(error))
        void stop()
      })
      return null
    }
    const link = await linkToOpen(folder)
    if (link !== null) return link // another program has it, and goes on
    const [former, next] = [current, await serve({ workspace: folder, port: null, log }, openOther)]
    current = next
    for (const listener of listeners) follow(next, listener)
    const left = new Promise((resolve) => setTimeout(resolve, answerMs)).then(former.close)
    leaving = Promise.allSettled([leaving, left])
    log(`The workspace ${folder} is open now, in place of the former one.`)
    return next.server.createUrl()
  }

  const { promise: stopped, resolve, reject } = Promise.withResolvers<void>()
  const takeBack = closeAtWorst(() => current.close())
  let stopping: Promise<void> | null = null
  const stop = (): Promise<void> => {
    stopping ??= Promise.all([current.close(), leaving])
      .finally(takeBack)
      .then(() => resolve(), reject)
    return stopping
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => void stop())
  return {
    server: {
      createUrl: () => current.server.createUrl(),
      onWindows(listener) {
        listeners.push(listener)
        follow(current, listener)
      },
    },
    ...{ stopped, stop },
  }
}

async function serve({ workspace, port, log = toStderr }: ServeOptions, openOther: OpenOther): Promise<Served> {
  const pages = createPageHost(createProcessHost())
  const { handlers, uploads, close } = await openServices({ workspace, compute: pages, openOther, tell: log })
  try {
    await ensureSample(handlers)
    const server = await openDoor({ workspace, port, handlers, pages, uploads, windowFolder, log })
    await rememberOpened(workspace)
    return { folder: path.resolve(workspace), server, close: () => server.close().then(close) }
  } catch (error) {
    await close()
    throw error
  }
}
