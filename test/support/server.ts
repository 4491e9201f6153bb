/** A server on the loopback interface, and what a browser or somebody worse would send to it. */
import { request, type IncomingHttpHeaders } from 'node:http'
import { onTestFinished } from 'vitest'
import WebSocket from 'ws'
import type { Handlers } from '#main/api/handlers'
import { startServer, type RunningServer } from '#main/shell-server/http'

/** Closed at the end of the test. */
export async function openTestServer(handlers: Handlers, windowFolder: string): Promise<RunningServer> {
  const server = await startServer({ handlers, port: 0, windowFolder })
  onTestFinished(() => server.close())
  return server
}

export interface Sent {
  readonly method?: string
  /** Sent as it stands: nothing is normalised on the way. */
  readonly path?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
}

export interface Answer {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

export async function send(server: RunningServer, { method, path = '/', headers, body }: Sent): Promise<Answer> {
  const { hostname, port } = new URL(server.origin)
  return new Promise((resolve, reject) => {
    const sent = request(
      { hostname, port, path, method: method ?? 'GET', headers: { ...headers }, agent: false },
      (response) => {
        let text = ''
        response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk))
        response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text }))
      },
    )
    sent.once('error', reject).end(body)
  })
}

/** As the window does it: the code of the address for a token. */
export async function openSession(server: RunningServer, url = server.createUrl()): Promise<Answer> {
  const code = new URL(url).searchParams.get('code')
  return send(server, {
    method: 'POST',
    path: '/session',
    headers: { origin: server.origin },
    body: JSON.stringify({ code }),
  })
}

export async function tokenOf(server: RunningServer): Promise<string> {
  const { token } = JSON.parse((await openSession(server)).body) as { token: string } // the server's answer to a good code
  return token
}

export interface Handshake {
  readonly protocols?: readonly string[]
  readonly origin?: string
  readonly host?: string
  readonly path?: string
}

/** Resolves when it is open; rejects with the server's refusal. Closed at the end of the test. */
export async function openSocket(server: RunningServer, handshake: Handshake): Promise<WebSocket> {
  const { protocols = [], origin, host, path = '/rpc' } = handshake
  const socket = new WebSocket(`${server.origin.replace('http', 'ws')}${path}`, [...protocols], {
    ...(origin === undefined ? {} : { origin }),
    ...(host === undefined ? {} : { headers: { host } }),
  })
  onTestFinished(() => socket.terminate())
  await new Promise<void>((resolve, reject) => socket.once('open', resolve).once('error', reject))
  return socket
}
