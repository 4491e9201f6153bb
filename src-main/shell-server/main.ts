/** Browser mode: opens the workspace, brings the sample in on the first start, and serves until told to stop. */
import { openServices } from '#main/services/services'
import { ensureSample } from '#main/services/sample'
import { createThreadHost } from '#main/worker/host'
import { startServer, type RunningServer } from './http.ts'
import { buildWindow, windowFolder } from './window-build.ts'

export interface ServeOptions {
  readonly workspace: string
  readonly port: number
  readonly log?: (line: string) => void
}

export interface ServedWorkbench {
  /** Works once. */
  readonly url: string
  readonly server: RunningServer
  /** Resolves when everything is closed: by `stop`, Ctrl+C or a polite end. */
  readonly stopped: Promise<void>
  stop(): Promise<void>
}

const toStderr = (line: string): void => void process.stderr.write(`${line}\n`)

export async function runServer({ workspace, port, log = toStderr }: ServeOptions): Promise<ServedWorkbench> {
  await buildWindow(log)
  const { handlers, close } = await openServices({ workspace, compute: createThreadHost() })
  await ensureSample(handlers)
  const server = await startServer({ handlers, port, windowFolder, log }).catch(async (error: unknown) => {
    await close()
    throw error
  })
  const { promise: stopped, resolve } = Promise.withResolvers<void>()
  let stopping: Promise<void> | null = null
  const stop = (): Promise<void> => {
    stopping ??= (async () => {
      await server.close()
      await close()
      resolve()
    })()
    return stopping
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => void stop())
  return { url: server.createUrl(), server, stopped, stop }
}
