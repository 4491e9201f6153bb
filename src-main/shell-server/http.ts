/** The services over HTTP and WebSocket on the loopback interface, for browsers that hold a token. */
import { createReadStream } from 'node:fs'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { pipeline } from 'node:stream/promises'
import { RPCHandler } from '@orpc/server/ws'
import type { Handlers } from '#main/api/handlers'
import { createRouter } from '#main/api/router'
import type { PageHost } from '#main/compute/page-host'
import { createAccess, type Access } from './access.ts'
import { headersMs, largestCall, largestFrame, mostConnections, requestMs } from './limits.ts'
import { toChannel } from './page-compute.ts'
import { createSocketServer, protocol, refuse } from './sockets.ts'
import { findWindowFile, securityHeaders, type Headers } from './window-files.ts'

interface ServerOptions {
  readonly handlers: Handlers
  /** Takes in pages that compute; without it none may. */
  readonly pages?: PageHost
  /** 0 takes a free one. */
  readonly port: number
  /** The built window. */
  readonly windowFolder: string
  readonly log?: (message: string) => void
}

export interface RunningServer {
  /** Where a browser opens the workbench, with a code that works once. */
  createUrl(): string
  readonly origin: string
  /** Called with the number of open windows whenever it changes. */
  onWindows(listener: (count: number) => void): void
  close(): Promise<void>
}

export class PortInUse extends Error {
  constructor(port: number) {
    super(`Port ${port} is in use by another program. Choose another with --port, or 0 for a free one.`)
  }
}

const rpcPath = '/rpc'
const computePath = '/compute'
const loopback = '127.0.0.1'
const largestCode = 1024

export async function startServer({
  handlers,
  pages,
  port,
  windowFolder,
  log = () => undefined,
}: ServerOptions): Promise<RunningServer> {
  const access = createAccess()
  const server = createServer({
    headersTimeout: headersMs,
    requestTimeout: requestMs,
    connectionsCheckingInterval: headersMs / 2,
  })
  server.maxConnections = mostConnections
  await listen(server, port)
  // whoever takes no more connections, for lack of descriptors say, serves those that are open
  server.on('error', ({ message }) => log(`A connection could not be taken: ${message}`))
  const host = `${loopback}:${(server.address() as AddressInfo).port}` // a TCP server's address
  const origin = `http://${host}`
  const rpc = new RPCHandler(createRouter(handlers, log))
  const windows = createSocketServer(largestCall)
  const computing = createSocketServer(largestFrame)
  const listeners = new Set<(count: number) => void>()
  const tell = (): void => listeners.forEach((listener) => listener(windows.count()))

  server.on('request', (request, response) => {
    response.on('error', () => response.destroy())
    void answer(request, response, { host, origin, access, windowFolder }).catch(() => response.destroy())
  })
  server.on('upgrade', (request, socket, head) => {
    socket.on('error', () => socket.destroy()) // whoever is refused may break off before it is told
    if (!mayConnect(request, host, origin, access)) return refuse(socket, '401 Unauthorized')
    if (request.url !== computePath)
      return windows.take(request, socket, head, (client) => {
        void rpc.upgrade(client)
        client.once('close', tell)
        tell()
      })
    if (!pages) return refuse(socket, '401 Unauthorized')
    computing.take(request, socket, head, (client) => pages.connect(toChannel(client)))
  })
  return {
    origin,
    createUrl: () => `${origin}/?code=${access.createCode()}`,
    onWindows: (listener) => void listeners.add(listener),
    async close() {
      windows.close()
      computing.close()
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

async function listen(server: Server, port: number): Promise<void> {
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

interface Site {
  readonly host: string
  readonly origin: string
  readonly access: Access
  readonly windowFolder: string
}

/** A foreign Host means that a name was bound to this address to get around the browser's rules. */
async function answer(request: IncomingMessage, response: ServerResponse, site: Site): Promise<void> {
  const { host, origin, access } = site
  if (request.headers.host !== host) return end(response, host, 421, 'This server answers to its own address only.')
  const isRead = request.method === 'GET' || request.method === 'HEAD'
  if (isRead) return sendFile(request, response, site)
  if (request.method !== 'POST' || request.url !== '/session') return end(response, host, 405, 'Not allowed')
  if (request.headers.origin !== origin) return end(response, host, 403, 'Another site may not open a session.')
  const token = access.redeem(await readCode(request))
  if (token === null) return end(response, host, 401, 'The link was used already. Start Espalier again for a new one.')
  response.writeHead(200, { ...headersFor(host), 'Content-Type': 'application/json', 'Cache-Control': 'no-store' })
  response.end(JSON.stringify({ token }))
}

function end(response: ServerResponse, host: string, status: number, sentence: string): void {
  response.writeHead(status, { ...headersFor(host), 'Content-Type': 'text/plain' }).end(sentence)
}

const headersFor = (host: string): Headers => securityHeaders(`ws://${host}`)

async function sendFile(request: IncomingMessage, response: ServerResponse, site: Site): Promise<void> {
  const found = await findWindowFile(site.windowFolder, `${site.origin}${request.url ?? '/'}`)
  if (!found) return end(response, site.host, 404, 'Not found')
  response.writeHead(200, { ...headersFor(site.host), ...found.headers })
  if (request.method === 'HEAD') response.end()
  else await pipeline(createReadStream(found.file), response)
}

async function readCode(request: IncomingMessage): Promise<string> {
  let body = ''
  for await (const chunk of request as AsyncIterable<Buffer>) {
    body += chunk.toString()
    if (body.length > largestCode) return ''
  }
  try {
    const { code } = JSON.parse(body) as { code?: unknown }
    return typeof code === 'string' ? code : ''
  } catch {
    return ''
  }
}

/** Browsers cannot send headers with a WebSocket, but they can name protocols: the token is the second. */
function mayConnect({ headers, url }: IncomingMessage, host: string, origin: string, access: Access): boolean {
  const [name, token = ''] = (headers['sec-websocket-protocol'] ?? '').split(',').map((part) => part.trim())
  const isOurs = headers.host === host && headers.origin === origin && (url === rpcPath || url === computePath)
  return isOurs && name === protocol && access.isToken(token)
}
