/** Enter in the terminal prints a fresh link: for another browser, or after the first one was used or has expired. */
import { readFileSync } from 'node:fs'
import { createInterface } from 'node:readline'

/** How a printed link is used. */
export const aboutLinks = 'The link works once, within a minute. Enter prints a fresh one, Ctrl+C ends Espalier.'

/** Calls `print` for every line that is typed; until the returned function is called, or nobody can type any more. */
export function offerFreshLinks(print: () => void): () => void {
  const input = process.stdin
  if (!isReadable()) return () => undefined
  input.on('error', () => undefined) // the terminal is gone, and nobody types
  const lines = createInterface({ input, terminal: false })
  lines.on('line', print)
  return () => lines.close()
}

/** A program in the background of a shell is stopped by the system as soon as it reads what is typed there. */
function isReadable(): boolean {
  if (!process.stdin.isTTY || process.platform !== 'linux') return true
  try {
    // after the name in parentheses: state, parent, group, session, terminal, group in the foreground
    const fields = readFileSync('/proc/self/stat', 'latin1')
      .replace(/^.*\) /s, '')
      .split(' ')
    return fields[2] === fields[5]
  } catch {
    return true
  }
}
