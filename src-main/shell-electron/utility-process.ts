/** Electron's way to start a process for jobs: Node's would start the desktop program again, since it may not run as Node. */
import { fileURLToPath } from 'node:url'
import { utilityProcess } from 'electron'
import { createLastWords } from '#main/compute/last-words'
import type { WorkerEvent } from '#main/compute/messages'
import type { StartProcess } from '#main/compute/job-process'

export const startUtilityProcess: StartProcess = (entry, { onMessage, onExit }) => {
  const stdio = ['ignore', 'ignore', 'pipe'] as const
  const child = utilityProcess.fork(fileURLToPath(entry), [], { stdio: [...stdio], serviceName: 'Espalier compute' })
  const lastWords = createLastWords()
  child.stderr?.on('data', lastWords.hear).on('error', () => undefined) // its end is told all the same
  child.on('message', (message) => onMessage(message as WorkerEvent)) // our own entry's
  child.on('exit', (code) => onExit(lastWords.addTo(`exit code ${code}`)))
  return {
    post: (request) => child.postMessage(request),
    hold: () => undefined, // windows keep the program alive, and none of these outlives it
    kill: () => void child.kill(),
  }
}
