/** A process for one job: Node's way to start one would start the desktop program again, since it may not run as Node. */
import { fileURLToPath } from 'node:url'
import { utilityProcess } from 'electron'
import type { WorkerEvent } from '#main/worker/messages'
import type { StartProcess } from '#main/worker/process-host'

export const startUtilityProcess: StartProcess = (entry, { onMessage, onExit }) => {
  const child = utilityProcess.fork(fileURLToPath(entry), [], { stdio: 'ignore', serviceName: 'Espalier measurement' })
  child.on('message', (message) => onMessage(message as WorkerEvent)) // our own entry's
  child.on('exit', (code) => onExit(`exit code ${code}`))
  return { post: (request) => child.postMessage(request), kill: () => void child.kill() }
}
