/** The way to whoever started a worker: the port of its thread, or the channel of its process, Node's or Electron's. */
import { parentPort, type TransferListItem } from 'node:worker_threads'
import type { WorkerEvent, WorkerRequest } from './messages.ts'

export interface Port {
  onRequest(listener: (request: WorkerRequest) => void): void
  post(event: WorkerEvent, moved: readonly TransferListItem[]): void
}

/** What Electron gives a utility process. */
interface UtilityPort {
  on(type: 'message', listener: (event: { readonly data: unknown }) => void): void
  postMessage(message: unknown): void
}

export function openPort(): Port {
  if (parentPort) return threadPort(parentPort)
  const { parentPort: utilityPort } = process as { readonly parentPort?: UtilityPort } // Electron's own addition
  if (utilityPort) return electronPort(utilityPort)
  if (process.send) return processPort()
  throw new Error('worker/entry is a worker: start it through createThreadHost')
}

function threadPort(port: NonNullable<typeof parentPort>): Port {
  return {
    onRequest: (listener) => void port.on('message', listener),
    post: (event, moved) => port.postMessage(event, moved),
  }
}

/** Ends with its parent by itself. */
function electronPort(port: UtilityPort): Port {
  return {
    onRequest: (listener) => port.on('message', ({ data }) => listener(data as WorkerRequest)), // our host's
    post: (event) => port.postMessage(event),
  }
}

/** Ends with the program that started it, whatever it is doing then. */
function processPort(): Port {
  process.once('disconnect', () => process.exit())
  return {
    onRequest: (listener) => void process.on('message', (request) => listener(request as WorkerRequest)), // our host's
    post: (event) => void process.send?.(event),
  }
}
