/** Channel to the program that started a compute process: Node's IPC channel or Electron's port. */
import type { WorkerEvent, WorkerRequest } from '#main/compute/messages'

interface Port {
  onRequest(listener: (request: WorkerRequest) => void): void
  post(event: WorkerEvent): void
}

/** Port of an Electron utility process. */
interface UtilityPort {
  on(type: 'message', listener: (event: { readonly data: unknown }) => void): void
  postMessage(message: unknown): void
}

export function openPort(): Port {
  const { parentPort: utilityPort } = process as { readonly parentPort?: UtilityPort } // a member that Electron adds
  if (utilityPort) return electronPort(utilityPort)
  if (process.send) return processPort()
  throw new Error('worker/entry is a worker: start it through createProcessHost')
}

/** Electron's port; the process ends with its parent by itself. */
function electronPort(port: UtilityPort): Port {
  return {
    onRequest: (listener) => port.on('message', ({ data }) => listener(data as WorkerRequest)), // our host's
    post: (event) => port.postMessage(event),
  }
}

/** Node's channel; the process ends with the program that started it, whatever it is doing then. */
function processPort(): Port {
  process.once('disconnect', () => process.exit())
  return {
    onRequest: (listener) => void process.on('message', (request) => listener(request as WorkerRequest)), // our host's
    post: (event) => void process.send?.(event),
  }
}
