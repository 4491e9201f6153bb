/** What the log holds of a start and of a fault that nothing caught. */
import { placeOfError, type Log } from '#main/core/log'
import { readOwnPackage } from '#main/machine/own-package'
import type { Workspace } from '#main/storage/workspace'

export function noteOpening(log: Log, { wasLeftOpen, health }: Workspace): void {
  const { platform, arch, versions } = process
  const { schemaVersion, sizeMb } = health('unknown')
  log.note('info', 'opened', {
    ...{ espalier: readOwnPackage().version, node: versions.node, electron: versions.electron ?? null, platform, arch },
    ...{ schema: schemaVersion, mb: Math.round(sizeMb), wasLeftOpen },
  })
}

/** Notes errors that end the program, before it ends; whoever answers them does so as before. Returns the function that stops it. */
export function noteFaults(log: Log): () => void {
  const note = (error: unknown): void => log.note('error', 'fault', placeOfError(error))
  process.on('uncaughtExceptionMonitor', note)
  return () => void process.off('uncaughtExceptionMonitor', note)
}
