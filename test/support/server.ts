/** A server on the loopback interface, and what a browser or somebody worse would send to it. */
import { request, type IncomingHttpHeaders } from 'node:http'
import { onTestFinished } from 'vitest'
import WebSocket from 'ws'
import type { Handlers } from '#main/api/handlers'
import { shakeHands, type Greeting } from '#main/api/handshake'
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

/** As the window does it: the code of the link for the session's key. */
export async function openSession(server: RunningServer, url = server.createUrl()): Promise<Answer> {
  const code = new URL(url).searchParams.get('code')
  return send(server, {
    method: 'POST',
    path: '/session',
    headers: { origin: server.origin },
    body: JSON.stringify({ code }),
  })
}

export async function keyOf(server: RunningServer): Promise<string> {
  const { key } = JSON.parse((await openSession(server)).body) as { key: string } // the server's answer to a good code
  return key
}

/** A greeting as a page asks for it. */
export async function greetingOf(server: RunningServer, nonce: string): Promise<Greeting> {
  const asked = {
    method: 'POST',
    path: '/greeting',
    headers: { origin: server.origin },
    body: JSON.stringify({ nonce }),
  }
  return JSON.parse((await send(server, asked)).body) as Greeting // the server's answer to a nonce
}

/** The protocols that open a WebSocket of a page with this key. */
export async function protocolsOf(server: RunningServer, key?: string): Promise<string[]> {
  return shakeHands(key ?? (await keyOf(server)), (nonce) => greetingOf(server, nonce))
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
