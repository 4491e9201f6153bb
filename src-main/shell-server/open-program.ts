/** The program that has a workspace open, as a command beside it sees it: found through the session's file, called like services of one's own. */
import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/websocket'
import WebSocket from 'ws'
import { refuseTooLong } from '#main/api/call-limit'
import { shakeHands, StrangerAnswers, type Greeting } from '#main/api/handshake'
import type { Client } from '#main/api/router'
import { AppError } from '#main/core/errors'
import { readOwnPackage } from '#main/machine/own-package'
import { commandPath, loopback } from './http.ts'
import { keyFor, readSession } from './session-file.ts'

export interface OpenProgram {
  readonly client: Client
  /** Rejects with a sentence when the program ends while it is needed. */
  readonly lost: Promise<never>
  close(): void
}

/** A program that is busy answers within this, or is taken for none. */
const patienceMs = 10_000

/**
 * null when no program listens for this workspace.
 * @throws AppError 'conflict' when one of another version does.
 */
export async function connectToOpen(workspace: string): Promise<OpenProgram | null> {
  const found = await knock(workspace)
  if (!found) return null
  const socket = new WebSocket(`ws://${found.host}${commandPath}`, found.protocols, { maxPayload: 0 })
  await new Promise<void>((resolve, reject) => socket.once('open', resolve).once('error', reject))
  const lost = Promise.withResolvers<never>()
  lost.promise.catch(() => undefined) // nobody may be waiting for it
  const fail = (): void =>
    lost.reject(new AppError('internal', 'The program that has the workspace open has ended before it answered.'))
  socket.on('close', fail).on('error', fail)
  return {
    client: createORPCClient(new RPCLink({ websocket: bounded(socket) })),
    lost: lost.promise,
    close: () => socket.close(),
  }
}

/** A link that opens the window of the program that has the workspace open; null when there is none to show. */
export async function linkToOpen(workspace: string): Promise<string | null> {
  const found = await knock(workspace)
  if (!found) return null
  const { url } = await post<{ url: string | null }>(found.host, '/link', { answer: found.protocols[1] })
  return url
}

/** Where it listens, and the protocols that open a WebSocket there once. */
async function knock(workspace: string): Promise<{ host: string; protocols: string[] } | null> {
  const session = readSession(workspace)
  if (session?.openPort == null) return null
  const host = `${loopback}:${session.openPort}`
  const key = await keyFor(session.secret, `http://${host}`)
  let version = ''
  try {
    const protocols = await shakeHands(key, async (nonce) => {
      const greeting = await post<Greeting>(host, '/greeting', { nonce })
      version = greeting.version
      return greeting
    })
    refuseOther(workspace, version)
    return { host, protocols }
  } catch (error) {
    if (error instanceof StrangerAnswers || error instanceof Unanswered) return null
    throw error
  }
}

class Unanswered extends Error {}

async function post<Answer>(host: string, path: string, body: unknown): Promise<Answer> {
  const request = { method: 'POST', body: JSON.stringify(body), signal: AbortSignal.timeout(patienceMs) }
  const response = await fetch(`http://${host}${path}`, request).catch((error: Error) => {
    throw new Unanswered(error.message)
  })
  if (!response.ok) throw new Unanswered(await response.text())
  return response.json().catch((error: Error) => {
    throw new Unanswered(error.message) // whatever listens there is no Espalier
  }) as Promise<Answer>
}

function refuseOther(workspace: string, version: string): void {
  const own = readOwnPackage().version
  if (version !== own)
    throw new AppError(
      'conflict',
      `The workspace ${workspace} is open in Espalier ${version}, and this is Espalier ${own}. Close it there, or use the same version.`,
    )
}

/** What oRPC uses of a WebSocket; a message that is too long is refused here, in a sentence. */
function bounded(socket: WebSocket): ConstructorParameters<typeof RPCLink>[0]['websocket'] {
  return {
    get readyState() {
      return socket.readyState
    },
    addEventListener: socket.addEventListener.bind(socket),
    removeEventListener: socket.removeEventListener.bind(socket),
    send(message: string | Uint8Array) {
      refuseTooLong(message)
      socket.send(message)
    },
  } as ConstructorParameters<typeof RPCLink>[0]['websocket'] // ws has the events of a browser's socket
}
