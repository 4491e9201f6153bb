/** Client: calls to the services and their events, through whichever connection is there; comes back after a loss. */
import { ref } from 'vue'
import { toAppError } from '#main/api/client-errors'
import type { AppEvent } from '#main/api/events'
import { openConnection, type Client, type Connection } from './connection.ts'

const listeners = new Set<(event: AppEvent) => void>()
const returnListeners = new Set<() => void>()
let connection: Connection | null = null

const retryMs = 1500

/** Null while connected, else why not. */
export const connectionProblem = ref<string | null>(null)

/** Every procedure of the contract by name. Usable after `connect`. */
export const client: Client = new Proxy({} as Client, {
  get: (_, noun) => {
    if (!connection) throw new Error('There is no connection to Espalier.')
    return Reflect.get(connection.client, noun) as unknown
  },
})

/** Events of the services from now on; returns the function that stops listening. */
export function onAppEvent(listener: (event: AppEvent) => void): () => void {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}

/** Called when the connection is back after a loss: what was told meanwhile has to be read anew. */
export function onReconnect(listener: () => void): () => void {
  returnListeners.add(listener)
  return () => void returnListeners.delete(listener)
}

/** The sentence that a failure has for the person. */
export function messageOf(error: unknown): string {
  return toAppError(error).message
}

export async function connect(): Promise<void> {
  const opened = await openConnection()
  connection = opened
  connectionProblem.value = null
  void listen(opened)
  void opened.closed.then(reconnect)
}

async function listen({ client: opened }: Connection): Promise<void> {
  try {
    for await (const event of await opened.system.events()) for (const listener of listeners) listener(event)
  } catch {
    // the connection is gone: `closed` says so too
  }
}

async function reconnect(): Promise<void> {
  connectionProblem.value = 'The connection to Espalier is lost. Trying again ...'
  for (;;) {
    await new Promise((resolve) => setTimeout(resolve, retryMs))
    try {
      await connect()
      for (const listener of returnListeners) listener()
      return
    } catch (error) {
      connectionProblem.value = `The connection to Espalier is lost: ${messageOf(error)}`
    }
  }
}
