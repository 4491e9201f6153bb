/** A file that is read while it is written: what is there comes at once, and its end when its writer says so. */
import { spawnSync } from 'node:child_process'
import { appendFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { growingSource, markWhole } from '#main/files/growing-source'
import { temporaryFolder } from '../support/services.ts'

function grown(writerId = process.pid) {
  const file = path.join(temporaryFolder(), 'input')
  writeFileSync(file, '')
  return { file, source: growingSource(file, 'stdin.txt', writerId) }
}

/** A process that has ended. */
const gone = (): number => spawnSync(process.execPath, ['-e', '']).pid

describe('a growing file', () => {
  it('gives what is written as it comes, an empty piece when nothing is there, and ends when it is whole', async () => {
    const { file, source } = grown()
    const pieces = source.open()[Symbol.asyncIterator]()
    const next = async () => Buffer.from((await pieces.next()).value ?? '!').toString()
    expect(await next()).toBe('')
    appendFileSync(file, 'one')
    expect(await next()).toBe('one')
    expect(await next()).toBe('')
    appendFileSync(file, 'two')
    await markWhole(file)
    expect(await next()).toBe('two')
    expect((await pieces.next()).done).toBe(true)
  })

  it('that is a folder is refused in a sentence', async () => {
    const source = growingSource(temporaryFolder(), 'stdin.txt', process.pid)
    await expect(source.head()).rejects.toThrow(/^stdin\.txt cannot be read: .*EISDIR/)
  })

  it('can be read again, and tells its first bytes once they are there', async () => {
    const { file, source } = grown()
    const head = source.head()
    appendFileSync(file, 'ab')
    appendFileSync(file, 'cde')
    expect(Buffer.from(await head).toString()).toMatch(/^abcd/)
    await markWhole(file)
    for (let time = 0; time < 2; time++) {
      const all: Uint8Array[] = []
      for await (const piece of source.open()) all.push(piece)
      expect(Buffer.concat(all).toString()).toBe('abcde')
    }
  })

  it('that is never finished fails when its writer is gone, after what was written', async () => {
    const { file, source } = grown(gone())
    appendFileSync(file, 'half')
    const reading = (async () => {
      for await (const piece of source.open()) expect(Buffer.from(piece).toString()).toBe('half')
    })()
    await expect(reading).rejects.toThrow('stdin.txt ended in the middle: the command that passed it on was stopped.')
    await expect(source.whole()).rejects.toThrow('ended in the middle')
  })

  it('is left at once when its signal is aborted', async () => {
    const { source } = grown()
    const stop = new AbortController()
    const pieces = source.open(stop.signal)[Symbol.asyncIterator]()
    await pieces.next()
    const waiting = pieces.next()
    stop.abort()
    await expect(waiting).rejects.toThrow('aborted')
  })
})
