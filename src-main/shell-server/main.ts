/** Browser mode: opens the workspace, brings the sample in on the first start, and serves until told to stop. */
import { openServices } from '#main/services/services'
import { ensureSample } from '#main/services/system/sample'
import { createProcessHost } from '#main/compute/host'
import { createPageHost } from '#main/compute/page-host'
import { closeAtWorst } from './last-resort.ts'
import { openDoor } from './door.ts'
import type { RunningServer } from './http.ts'
import { buildWindow, windowFolder } from './window-build.ts'

interface ServeOptions {
  readonly workspace: string
  /** 0 takes a free one, null the one that browsers know from before. */
  readonly port: number | null
  readonly log?: (line: string) => void
}

export interface ServedWorkbench {
  readonly server: RunningServer
  /** Resolves when everything is closed: by `stop`, Ctrl+C or a polite end. */
  readonly stopped: Promise<void>
  stop(): Promise<void>
}

const toStderr = (line: string): void => void process.stderr.write(`${line}\n`)

/** @throws Error when the window cannot be built, the workspace not opened or the port not taken. */
export async function runServer({ workspace, port, log = toStderr }: ServeOptions): Promise<ServedWorkbench> {
  await buildWindow(log)
  const pages = createPageHost(createProcessHost())
  const { handlers, uploads, close } = await openServices({ workspace, compute: pages })
  const server = await ensureSample(handlers)
    .then(() => openDoor({ workspace, port, handlers, pages, uploads, windowFolder, log }))
    .catch(async (error: unknown) => {
      await close()
      throw error
    })
  const { promise: stopped, resolve, reject } = Promise.withResolvers<void>()
  const takeBack = closeAtWorst(() => server.close().then(close))
  let stopping: Promise<void> | null = null
  const stop = (): Promise<void> => {
    stopping ??= server.close().then(close).finally(takeBack).then(resolve, reject)
    return stopping
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => void stop())
  return { server, stopped, stop }
}
