/** Starts a process for jobs with Electron's utilityProcess: a fork by Node would start the desktop program a second time. */
import { fileURLToPath } from 'node:url'
import { utilityProcess } from 'electron'
import { createLastWords } from '#main/compute/last-words'
import type { WorkerEvent } from '#main/compute/messages'
import type { StartProcess } from '#main/compute/job-process'

export const startUtilityProcess: StartProcess = (entry, { onMessage, onExit }) => {
  const stdio = ['ignore', 'ignore', 'pipe'] as const
  const child = utilityProcess.fork(fileURLToPath(entry), [], { stdio: [...stdio], serviceName: 'Espalier compute' })
  const lastWords = createLastWords()
  child.stderr?.on('data', lastWords.hear).on('error', () => undefined) // the end of the process is reported by its exit
  child.on('message', (message) => onMessage(message as WorkerEvent)) // only our own entry sends messages
  child.on('exit', (code) => onExit(lastWords.addTo(`exit code ${code}`)))
  return {
    post: (request) => child.postMessage(request),
    hold: () => undefined, // windows keep the program alive, and none of these outlives it
    kill: () => void child.kill(),
  }
}
