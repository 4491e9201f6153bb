/** A report of this program for whoever maintains it: versions and the machine, the failure, and the last lines of its log. No text of a corpus. */
import { arch, cpus, release, totalmem, type } from 'node:os'
import { app } from 'electron'
import { readStamp } from '#main/services/books/about'

/** Lines that are kept. */
const mostLines = 100
const lines: string[] = []

/** Writes to standard error, and keeps the last lines for a report. */
export function log(message: string): void {
  lines.push(`${new Date().toISOString()} ${message}`)
  if (lines.length > mostLines) lines.shift()
  process.stderr.write(`${message}\n`)
}

/** @param failure what went wrong, in a sentence; null for a report on request. */
export function reportOf(failure: string | null): string {
  const { version, commit } = readStamp()
  const { electron = 'none', chrome = 'none', node } = process.versions
  return [
    `Espalier ${version}${commit === null ? '' : ` (${commit.slice(0, 12)})`}${app.isPackaged ? '' : ', from the sources'}`,
    `Electron ${electron}, Chromium ${chrome}, Node ${node}`,
    `${type()} ${release()} ${arch()}, ${cpus().length} processors, ${Math.round(totalmem() / 2 ** 30)} GiB`,
    ...(failure === null ? [] : ['', failure]),
    '',
    ...(lines.length === 0 ? ['The log is empty.'] : lines),
  ].join('\n')
}
