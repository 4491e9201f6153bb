/** A log in a private file of JSON lines, with two former files beside it when it has grown long. */
import { appendFileSync, closeSync, existsSync, openSync, readFileSync, renameSync, statSync } from 'node:fs'
import { logLevels, type Log, type LogLevel } from '#main/core/log'
import { privateFileMode } from './private.ts'

interface LogFileOptions {
  readonly file: string
  /** Entries of lower levels are left out. */
  readonly level: LogLevel
  /** Milliseconds since 1970. */
  readonly now: () => number
  /** Bytes from which the file becomes a former one. */
  readonly mostBytes?: number
}

const usualMostBytes = 1e6

/** Milliseconds that entries below a warning may wait, so that many become one write. */
const gatherMs = 500

/** A log that cannot be written is no reason not to work: what it should hold is then lost. */
export function createLogFile({ file, level, now, mostBytes = usualMostBytes }: LogFileOptions): Log {
  const most = logLevels.indexOf(level)
  let gathered = ''
  let timer: NodeJS.Timeout | null = null

  function write(): void {
    if (timer) clearTimeout(timer)
    timer = null
    const text = gathered
    gathered = ''
    if (text === '') return
    try {
      if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) >= mostBytes) rotate(file)
      if (!existsSync(file)) closeSync(openSync(file, 'a', privateFileMode))
      appendFileSync(file, text)
    } catch {
      return
    }
  }

  return {
    note(entryLevel, event, fields = {}) {
      if (logLevels.indexOf(entryLevel) > most) return
      gathered += `${JSON.stringify({ at: new Date(now()).toISOString(), level: entryLevel, event, ...fields })}\n`
      if (entryLevel === 'error' || entryLevel === 'warn') write()
      else timer ??= setTimeout(write, gatherMs).unref()
    },
    tail(lines) {
      write()
      const texts = [`${file}.1`, file].map((each) => (existsSync(each) ? readFileSync(each, 'utf8') : ''))
      return texts.join('').trimEnd().split('\n').filter(Boolean).slice(-lines)
    },
    close: write,
  }
}

function rotate(file: string): void {
  if (existsSync(`${file}.1`)) renameSync(`${file}.1`, `${file}.2`)
  renameSync(file, `${file}.1`)
}

/** The level that a word names; "info" for none. @throws RangeError that lists the levels. */
export function logLevelOf(word: string | undefined): LogLevel {
  const level = logLevels.find((known) => known === (word ?? 'info'))
  if (level) return level
  throw new RangeError(`ESPALIER_LOG is "${word}": expected ${logLevels.join(', ')}.`)
}
