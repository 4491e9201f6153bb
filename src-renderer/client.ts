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

/** @throws Error with a sentence for the person when nobody answers; it is in `connectionProblem` too. */
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

/** A stream that ends while the connection holds had fallen too far behind: what was missed is read anew. */
async function listen({ client: opened, closed }: Connection): Promise<void> {
  let isClosed = false
  void closed.then(() => (isClosed = true))
  for (let isFirst = true; !isClosed; isFirst = false) {
    try {
      const events = await opened.system.events()
      if (!isFirst) for (const listener of returnListeners) listener()
      for await (const event of events) for (const listener of listeners) tell(listener, event)
    } catch {
      return // the connection is gone: `closed` says so too
    }
  }
}

/** One listener that fails must not cost the others their events. */
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
