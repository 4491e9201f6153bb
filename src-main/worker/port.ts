/** The way to whoever started a worker: the port of its thread, or the channel of its process. */
import { parentPort, type TransferListItem } from 'node:worker_threads'
import type { WorkerEvent, WorkerRequest } from './messages.ts'

export interface Port {
  onRequest(listener: (request: WorkerRequest) => void): void
  post(event: WorkerEvent, moved: readonly TransferListItem[]): void
}

export function openPort(): Port {
  if (parentPort) return threadPort(parentPort)
  if (process.send) return processPort()
  throw new Error('worker/entry is a worker: start it through createThreadHost')
}

function threadPort(port: NonNullable<typeof parentPort>): Port {
  return {
    onRequest: (listener) => void port.on('message', listener),
    post: (event, moved) => port.postMessage(event, moved),
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
