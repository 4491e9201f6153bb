/** The log: JSON lines by level, private, rotated, and no reason to stop working. */
import { mkdirSync, readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { placeOfError } from '#main/core/log'
import { createLogFile, logLevelOf } from '#main/files/log-file'
import { temporaryFolder } from '../support/temporary-workspace.ts'

const now = () => 0

describe('a log file', () => {
  it('holds entries of its level and above, each a line of JSON', () => {
    const file = path.join(temporaryFolder(), 'espalier.log')
    const log = createLogFile({ file, level: 'info', now })
    log.note('debug', 'left out')
    log.note('info', 'opened', { schema: 3 })
    log.note('warn', 'slow')
    const lines = [
      '{"at":"1970-01-01T00:00:00.000Z","level":"info","event":"opened","schema":3}',
      '{"at":"1970-01-01T00:00:00.000Z","level":"warn","event":"slow"}',
    ]
    expect(readFileSync(file, 'utf8')).toBe(`${lines.join('\n')}\n`) // a warning does not wait
    expect(log.tail(1)).toEqual(lines.slice(1))
    expect(statSync(file).mode & 0o777).toBe(0o600)
  })

  it('becomes a former one when it has grown long, and two of those are kept', () => {
    const file = path.join(temporaryFolder(), 'espalier.log')
    const log = createLogFile({ file, level: 'info', now, mostBytes: 100 })
    for (let number = 1; number <= 9; number++) log.note('warn', 'entry', { number })
    const numbersIn = (ending: string) =>
      readFileSync(`${file}${ending}`, 'utf8')
        .match(/(?<="number":)\d+/g)
        ?.map(Number)
    expect([numbersIn('.2'), numbersIn('.1'), numbersIn('')]).toEqual([[5, 6], [7, 8], [9]])
    expect(log.tail(3).map((line) => Number(/\d+(?=}$)/.exec(line)?.[0]))).toEqual([7, 8, 9])
  })

  it('that cannot be written stops nothing', () => {
    const file = path.join(temporaryFolder(), 'espalier.log')
    mkdirSync(file)
    const log = createLogFile({ file, level: 'info', now })
    expect(() => log.note('error', 'lost')).not.toThrow()
  })

  it('has four levels by name', () => {
    expect(logLevelOf(undefined)).toBe('info')
    expect(logLevelOf('debug')).toBe('debug')
    expect(() => logLevelOf('loud')).toThrow('expected error, warn, info, debug')
  })
})

it('where an error comes from is told without its message, however many lines that has', () => {
  const place = JSON.stringify(placeOfError(new RangeError('Mara Velt\nled Orbisk\n    in Tarnow')))
  expect(place).toMatch(/^\{"error":"RangeError","frames":\["at .*log-file\.test\.ts:\d+/)
  expect(place).not.toMatch(/Mara|Orbisk|Tarnow/)
})
