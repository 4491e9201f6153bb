/** What `npm run dev` keeps running: one process at a time, ended in order and started again from its source. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { keepRunning } from '#main/shell-server/restarting'
import { temporaryFolder } from '../support/temporary-workspace.ts'

/** Says its word, and that it closed in order when the other side lets go of it. Two at once would be noticed. */
const program = (word: string) => `
  import { existsSync, rmSync, writeFileSync, appendFileSync } from 'node:fs'
  const [lock, log] = process.argv.slice(2)
  if (existsSync(lock)) appendFileSync(log, 'two at once,')
  writeFileSync(lock, '')
  process.send('${word}')
  process.once('disconnect', () => {
    appendFileSync(log, '${word} closed,')
    rmSync(lock)
  })`

function keep() {
  const folder = temporaryFolder()
  const [file, lock, log] = ['program.ts', 'lock', 'log'].map((name) => path.join(folder, name)) as [
    string,
    string,
    string,
  ]
  const [heard, told]: [string[], string[]] = [[], []]
  const write = (source: string) => writeFileSync(file, source)
  write(program('first'))
  const kept = keepRunning<string>({
    ...{ program: file, words: () => [lock, log] },
    onMessage: (word) => void heard.push(word),
    log: (line) => void told.push(line),
  })
  onTestFinished(() => kept.stop())
  return { kept, heard, told, write, closed: () => (existsSync(log) ? readFileSync(log, 'utf8') : '') }
}

describe('a program that is kept running', () => {
  it('is ended in order before its changed source is started, however often it is told at once', async () => {
    const { kept, heard, told, write, closed } = keep()
    await expect.poll(() => heard, { timeout: 30_000 }).toEqual(['first'])
    write(program('second'))
    for (let time = 0; time < 5; time++) kept.restart()
    await expect.poll(() => heard, { timeout: 30_000 }).toEqual(['first', 'second'])
    expect(closed()).toBe('first closed,')
    await kept.stop()
    expect(closed()).toBe('first closed,second closed,')
    expect(told).toEqual([])
  })

  it('that fails waits, says so, and starts with the next change', async () => {
    const { kept, heard, told, write } = keep()
    await expect.poll(() => heard, { timeout: 30_000 }).toEqual(['first'])
    write('process.exit(3)')
    kept.restart()
    await expect.poll(() => told, { timeout: 30_000 }).toEqual([expect.stringContaining('status 3')])
    write(program('third'))
    kept.restart()
    await expect.poll(() => heard, { timeout: 30_000 }).toEqual(['first', 'third'])
  })
})
