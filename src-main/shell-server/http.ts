/** The services over HTTP and WebSocket on the loopback interface, for browsers and commands that hold the session's key. */
import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'
import { RPCHandler } from '@orpc/server/ws'
import type { WebSocket } from 'ws'
import { largestCall } from '#main/api/call-limit'
import type { Handlers } from '#main/api/handlers'
import { randomText } from '#main/api/handshake'
import { createRouter } from '#main/api/router'
import type { PageHost } from '#main/compute/page-host'
import type { Uploads } from '#main/files/uploads'
import { readOwnPackage } from '#main/machine/own-package'
import { createAccess } from './access.ts'
import { headersMs, largestFrame, mostConnections, requestMs } from './limits.ts'
import { toChannel } from './page-compute.ts'
import { answer } from './requests.ts'
import { keyFor } from './session-file.ts'
import { createSocketServer, refuse, type SocketServer } from './sockets.ts'

export interface ServerOptions {
  readonly handlers: Handlers
  /** Takes in pages that compute; without it none may. */
  readonly pages?: PageHost
  /** Takes in files from the window; without it none are. */
  readonly uploads?: Uploads
  /** 0 takes a free one. */
  readonly port: number
  /** The built window; null shows none, and serves commands alone. */
  readonly windowFolder: string | null
  /** What every key is made from: the same one lets tabs come back after a restart. A new one when it is left out. */
  readonly secret?: string
  /** What commands are told; this program's own when it is left out. */
  readonly version?: string
  readonly log?: (message: string) => void
}

export interface RunningServer {
  /** Where a browser opens the workbench, with a code that works once, within a minute. */
  createUrl(): string
  readonly origin: string
  readonly port: number
  /** Called with the number of open windows whenever it changes. */
  onWindows(listener: (count: number) => void): void
  /** Called with the number of connected commands whenever it changes. */
  onCommands(listener: (count: number) => void): void
  close(): Promise<void>
}

export class PortInUse extends Error {
  constructor(port: number) {
    super(`Port ${port} is in use by another program. Choose another with --port, or 0 for a free one.`)
  }
}

/** Where a WebSocket may be opened: by pages, by commands, and by pages that compute. */
export const rpcPath = '/rpc'
export const commandPath = '/command'
export const computePath = '/compute'
export const loopback = '127.0.0.1'

export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const {
    handlers,
    pages,
    uploads = null,
    windowFolder,
    secret = randomText(),
    version = readOwnPackage().version,
    log = () => undefined,
  } = options
  const server = createServer({
    headersTimeout: headersMs,
    requestTimeout: requestMs,
    connectionsCheckingInterval: headersMs / 2,
  })
  server.maxConnections = mostConnections
  await listen(server, options.port)
  // whoever takes no more connections, for lack of descriptors say, serves those that are open
  server.on('error', ({ message }) => log(`A connection could not be taken: ${message}`))
  const { port } = server.address() as AddressInfo // a TCP server's address
  const host = `${loopback}:${port}`
  const origin = `http://${host}`
  const access = createAccess({ key: await keyFor(secret, origin), version })
  const rpc = new RPCHandler(createRouter(handlers, log))
  const windows = createSocketServer(largestCall)
  const commands = createSocketServer(largestCall)
  const computing = createSocketServer(largestFrame)
  const answerCalls = (client: WebSocket): void => void rpc.upgrade(client)

  server.on('request', (request, response) => {
    response.on('error', () => response.destroy())
    void answer(request, response, { host, origin, access, windowFolder, uploads }).catch(() => response.destroy())
  })
  async function connect(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    const door = doorOf(request, host, origin)
    if (!door || !(await access.isGuest(protocolsOf(request)))) return refuse(socket, '401 Unauthorized')
    if (door === commandPath) return commands.take(request, socket, head, answerCalls)
    if (door === rpcPath) return windows.take(request, socket, head, answerCalls)
    if (!pages) return refuse(socket, '401 Unauthorized')
    computing.take(request, socket, head, (client) => pages.connect(toChannel(client)))
  }
  server.on('upgrade', (request, socket, head) => {
    socket.on('error', () => socket.destroy()) // whoever is refused may break off before it is told
    void connect(request, socket, head).catch(() => socket.destroy())
  })
  return {
    ...{ origin, port },
    createUrl: () => `${origin}/?code=${access.createCode()}`,
    onWindows: windows.onCount,
    onCommands: commands.onCount,
    async close() {
      for (const sockets of [windows, commands, computing] satisfies SocketServer[]) sockets.close()
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

/** @throws PortInUse */
export async function listen(server: Server, port: number): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const onError = (error: NodeJS.ErrnoException): void =>
      reject(error.code === 'EADDRINUSE' ? new PortInUse(port) : error)
    server.once('error', onError)
    server.listen(port, loopback, () => {
      server.off('error', onError)
      resolve()
    })
  })
}

/** The door that a request may knock at: a page must come from this very address, port included, and a command from no page. */
function doorOf({ headers, url }: IncomingMessage, host: string, origin: string): string | null {
  if (headers.host !== host) return null
  const isPage = headers.origin === origin && (url === rpcPath || url === computePath)
  const isCommand = headers.origin === undefined && url === commandPath
  return isPage || isCommand ? url : null
}

function protocolsOf({ headers }: IncomingMessage): string[] {
  return (headers['sec-websocket-protocol'] ?? '').split(',').map((part) => part.trim())
}
