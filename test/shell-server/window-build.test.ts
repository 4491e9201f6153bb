/** What is built from source: by one program at a time, and never waited for in vain. */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, utimesSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { oneAtATime } from '#main/shell-server/one-at-a-time'
import { bringUpToDate } from '#main/shell-server/window-build'
import { temporaryFolder } from '../support/services.ts'

describe('one at a time', () => {
  it('the second waits until the first is done, and says what for', async () => {
    const lock = path.join(temporaryFolder(), 'window.building')
    const order: string[] = []
    const told: string[] = []
    const { promise: mayEnd, resolve: end } = Promise.withResolvers<void>()
    const first = oneAtATime(
      lock,
      () => mayEnd.then(() => void order.push('first')),
      () => undefined,
    )
    const second = oneAtATime(
      lock,
      async () => void order.push('second'),
      (line) => {
        told.push(line)
        end()
      },
    )
    await Promise.all([first, second])
    expect(order).toEqual(['first', 'second'])
    expect(told).toEqual([expect.stringContaining(`Waiting for another program`)])
    expect(existsSync(lock)).toBe(false)
  })

  it('what a killed program left behind holds nobody up', async () => {
    const lock = path.join(temporaryFolder(), 'window.building')
    const { pid } = spawnSync(process.execPath, ['--version'])
    writeFileSync(lock, String(pid))
    let times = 0
    await oneAtATime(lock, async () => void times++, expect.fail)
    mkdirSync(lock) // as earlier versions did it
    utimesSync(lock, 0, 0)
    await oneAtATime(lock, async () => void times++, expect.fail)
    expect(times).toBe(2)
  })

  it('where the lock cannot be written, that is the answer', async () => {
    const file = path.join(temporaryFolder(), 'file')
    writeFileSync(file, '')
    await expect(oneAtATime(path.join(file, 'lock'), expect.fail, expect.fail)).rejects.toThrow('ENOTDIR')
  })

  it('work that fails lets go of the lock', async () => {
    const lock = path.join(temporaryFolder(), 'lock')
    const failing = oneAtATime(lock, () => Promise.reject(new Error('no')), expect.fail)
    await expect(failing).rejects.toThrow('no')
    expect(existsSync(lock)).toBe(false)
  })
})

describe('a folder that cannot be written', () => {
  const product = { title: 'The window', sources: 'package.json', build: expect.fail }

  it('is told where nothing is built yet, with the way out', async () => {
    const file = path.join(temporaryFolder(), 'file')
    writeFileSync(file, '')
    await expect(
      bringUpToDate({ ...product, built: path.join(file, 'out', 'window', 'index.html') }, expect.fail),
    ).rejects.toThrow(
      `The window has to be built, and ${path.join(file, 'out')} cannot be written (ENOTDIR). Build it once`,
    )
  })

  it('is told where what is built is old, which is shown all the same', async () => {
    const folder = path.join(temporaryFolder(), 'w'.repeat(250)) // too long a name for a lock beside it
    mkdirSync(folder)
    const built = path.join(folder, 'index.html')
    writeFileSync(built, '')
    utimesSync(built, 0, 0)
    const told: string[] = []
    await bringUpToDate({ ...product, built }, (line) => told.push(line))
    expect(told).toEqual([
      expect.stringMatching(/^The window is older than its source .* cannot be written \(ENAMETOOLONG\)/),
    ])
  })

  it('is no matter where what is built is new', async () => {
    const folder = path.join(temporaryFolder(), 'w'.repeat(250))
    mkdirSync(folder)
    writeFileSync(path.join(folder, 'index.html'), '')
    await bringUpToDate({ ...product, built: path.join(folder, 'index.html') }, expect.fail)
  })
})
