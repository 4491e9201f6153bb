/** A connection to the services, over the desktop shell's port or over a WebSocket with a token. */
import type { ContractRouterClient } from '@orpc/contract'
import { createORPCClient } from '@orpc/client'
import { RPCLink as PortLink } from '@orpc/client/message-port'
import { RPCLink as SocketLink } from '@orpc/client/websocket'
import type { Contract } from '#main/api/handlers'

export type Client = ContractRouterClient<Contract>

export interface Connection {
  readonly client: Client
  /** Resolves when the connection closes. */
  readonly closed: Promise<void>
}

const tokenKey = 'espalier-token'

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

async function openSocket(): Promise<Connection> {
  const token = await findToken()
  const socket = new WebSocket(`ws://${location.host}/rpc`, ['espalier', token])
  const closed = new Promise<void>((resolve) => socket.addEventListener('close', () => resolve()))
  await new Promise<void>((resolve, reject) => {
    socket.addEventListener('open', () => resolve(), { once: true })
    socket.addEventListener(
      'error',
      () => reject(new Error('Espalier does not answer. Start it again and open the link that it prints.')),
      {
        once: true,
      },
    )
  })
  // the compute code is loaded only where the browser may reach a graphics card
  if ('gpu' in navigator) void import('#window/compute/browser.ts').then(({ offerToServer }) => offerToServer(token))
  return { client: createORPCClient(new SocketLink({ websocket: socket })), closed }
}

/** The token of this tab. The code in the address works once and is removed from it; the token survives a reload of the tab. */
async function findToken(): Promise<string> {
  const address = new URL(location.href)
  const code = address.searchParams.get('code')
  if (code === null) {
    const known = sessionStorage.getItem(tokenKey)
    if (known === null) throw new Error('To connect, open the link that Espalier prints when it starts.')
    return known
  }
  address.searchParams.delete('code')
  history.replaceState(history.state, '', address)
  const response = await fetch('/session', { method: 'POST', body: JSON.stringify({ code }) })
  if (!response.ok) {
    const known = sessionStorage.getItem(tokenKey)
    if (known === null) throw new Error(await response.text())
    return known
  }
  const { token } = (await response.json()) as { token: string } // the server answers a valid code with just this
  sessionStorage.setItem(tokenKey, token)
  return token
}
