/** A connection to the services, over the desktop shell's port or over a WebSocket that the session's key opens. */
import type { ContractRouterClient } from '@orpc/contract'
import { createORPCClient } from '@orpc/client'
import { RPCLink as PortLink } from '@orpc/client/message-port'
import { RPCLink as SocketLink } from '@orpc/client/websocket'
import { refuseTooLong } from '#main/api/call-limit'
import type { Contract } from '#main/api/handlers'
import { shakeHands, StrangerAnswers, type Greeting } from '#main/api/handshake'

export type Client = ContractRouterClient<Contract>

export interface Connection {
  readonly client: Client
  /** Resolves when the connection closes. */
  readonly closed: Promise<void>
}

/** Of this address alone, port included: pages of other programs on this machine have storage of their own. */
const sessionKey = 'espalier-session'

const silence = 'Espalier does not answer. Start it again: this page keeps trying, and goes on by itself.'
const freshLink = 'Press Enter in the terminal where Espalier runs for a fresh link.'

/** Calls the listener when another tab was given the key, by a fresh link. */
export function onKeyFound(listener: () => void): void {
  window.addEventListener('storage', ({ key }) => {
    if (key === sessionKey) listener()
  })
}

/** @throws Error with a sentence for the person when the services do not answer. */
export function openConnection(): Promise<Connection> {
  return window.espalier ? openPort() : openSocket()
}

async function openPort(): Promise<Connection> {
  const { port1, port2 } = new MessageChannel()
  const closed = new Promise<void>((resolve) => port1.addEventListener('close', () => resolve()))
  window.postMessage({ type: 'espalier-connect' }, location.origin, [port2])
  port1.start()
  return { client: createORPCClient(new PortLink({ port: port1 })), closed }
}

/** The protocols that open a WebSocket: the name of ours, and the answer to a challenge, good for a minute. */
async function answerChallenge(): Promise<string[]> {
  return shakeHands(await findKey(), askForGreeting).catch((error: unknown) => {
    if (error instanceof StrangerAnswers) throw new Error(`This page is not known to Espalier any more. ${freshLink}`)
    throw error
  })
}

/** The Authorization header of a request, good for a minute. */
export async function authorize(): Promise<string> {
  const [, answer = ''] = await answerChallenge()
  return `Espalier ${answer}`
}

async function openSocket(): Promise<Connection> {
  const protocols = await answerChallenge()
  const socket = new WebSocket(`ws://${location.host}/rpc`, protocols)
  const closed = new Promise<void>((resolve) => socket.addEventListener('close', () => resolve()))
  await new Promise<void>((resolve, reject) => {
    socket.addEventListener('open', () => resolve(), { once: true })
    socket.addEventListener('error', () => reject(new Error(silence)), { once: true })
    void closed.then(() => reject(new Error(silence)))
  })
  const send = socket.send.bind(socket)
  socket.send = (message: string | Uint8Array<ArrayBuffer>) => {
    refuseTooLong(message)
    send(message)
  }
  // the compute code is loaded only where the browser may reach a graphics card
  if ('gpu' in navigator)
    void import('#window/compute/browser.ts').then(({ offerToServer }) => offerToServer(protocols))
  return { client: createORPCClient(new SocketLink({ websocket: socket })), closed }
}

/** The session's key. The code in the address works once and is removed from it; the key is shared by all tabs and survives restarts. */
async function findKey(): Promise<string> {
  const known = localStorage.getItem(sessionKey)
  const address = new URL(location.href)
  const code = address.searchParams.get('code')
  if (code === null) {
    if (known === null) throw new Error(`To connect, open the link that Espalier prints when it starts. ${freshLink}`)
    return known
  }
  address.searchParams.delete('code')
  history.replaceState(history.state, '', address)
  const response = await post('/session', { code })
  if (response.ok) {
    const { key } = (await response.json()) as { key: string } // the server's only answer to a good code
    localStorage.setItem(sessionKey, key)
    return key
  }
  if (known === null) throw new Error(await response.text())
  return known
}

async function askForGreeting(nonce: string): Promise<Greeting> {
  const response = await post('/greeting', { nonce })
  if (!response.ok) throw new Error(silence)
  return (await response.json()) as Greeting // its proof is looked at
}

function post(path: string, body: Readonly<Record<string, string>>): Promise<Response> {
  return fetch(path, { method: 'POST', body: JSON.stringify(body) }).catch(() => {
    throw new Error(silence)
  })
}
