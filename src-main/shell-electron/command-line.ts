/** The command line of the packaged program: `espalier --cli train ...` does what `espalier train ...` does from the sources. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { app } from 'electron'
import { startProcessesBy } from '#main/compute/host'
import { startUtilityProcess } from './utility-process.ts'

/** Runs a command and ends the program with its exit status. It opens no window, and keeps nothing of Chromium's. */
export function runCommandLine(words: readonly string[]): void {
  const memory = mkdtempSync(path.join(tmpdir(), 'espalier-cli-'))
  app.setPath('userData', memory)
  app.disableHardwareAcceleration()
  if (process.platform === 'darwin') app.setActivationPolicy('prohibited')
  process.once('exit', () => rmSync(memory, { recursive: true, force: true }))
  process.argv.splice(1, process.argv.length, 'espalier', ...words)
  startProcessesBy(startUtilityProcess)
  void app
    .whenReady()
    .then(() => import('#main/cli/program'))
    .then(() => process.stdout.write('', () => app.exit(Number(process.exitCode ?? 0))))
}
