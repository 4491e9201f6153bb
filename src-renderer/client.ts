/** Client: calls the services and receives their events over whichever connection there is; reconnects after a loss. */
import { ref } from 'vue'
import { toAppError } from '#main/api/client-errors'
import type { AppEvent } from '#main/api/events'
import { openConnection, type Client, type Connection } from './connection.ts'

const listeners = new Set<(event: AppEvent) => void>()
const returnListeners = new Set<() => void>()
let connection: Connection | null = null

const retryMs = 1500

/** Why there is no connection; null while connected. */
export const connectionProblem = ref<string | null>(null)

/** The procedures of the contract by name; they work after `connect`. */
export const client: Client = new Proxy({} as Client, {
  get: (_, noun) => {
    if (!connection) throw new Error('There is no connection to Espalier.')
    return Reflect.get(connection.client, noun) as unknown
  },
})

/** Calls the listener with every event of the services from now on. Returns the function that stops it. */
export function onAppEvent(listener: (event: AppEvent) => void): () => void {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}

/** Calls the listener when a lost connection is back, so that it can load what changed meanwhile. Returns the function that stops it. */
export function onReconnect(listener: () => void): () => void {
  returnListeners.add(listener)
  return () => void returnListeners.delete(listener)
}

/** The message of a failure, as a sentence for the person. */
export function messageOf(error: unknown): string {
  return toAppError(error).message
}

/** @throws Error with a sentence for the person when the services do not answer; `connectionProblem` holds it too. */
export async function connect(): Promise<void> {
  const opened = await openConnection().catch((error: unknown) => {
    connectionProblem.value = messageOf(error)
    throw error
  })
  connection = opened
  connectionProblem.value = null
  void listen(opened)
  void opened.closed.then(reconnect)
}

/** Delivers events until the connection closes. A stream that ends earlier had fallen too far behind, so listeners load everything again. */
async function listen({ client: opened, closed }: Connection): Promise<void> {
  let isClosed = false
  void closed.then(() => (isClosed = true))
  for (let isFirst = true; !isClosed; isFirst = false) {
    try {
      const events = await opened.system.events()
      if (!isFirst) for (const listener of returnListeners) listener()
      for await (const event of events) for (const listener of listeners) tell(listener, event)
    } catch {
      return // the connection is lost, and `closed` starts the reconnection
    }
  }
}

/** Calls a listener and reports its error, so that the others still get the event. */
function tell(listener: (event: AppEvent) => void, event: AppEvent): void {
  try {
    listener(event)
  } catch (error) {
    reportError(error)
  }
}

async function reconnect(): Promise<void> {
  connectionProblem.value = 'The connection is lost. Trying again ...'
  for (;;) {
    await new Promise((resolve) => setTimeout(resolve, retryMs))
    const isBack = await connect().then(
      () => true,
      () => false,
    )
    if (!isBack) continue
    for (const listener of returnListeners) listener()
    return
  }
}
