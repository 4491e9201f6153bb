/** Threads with connections of their own, ended while they begin: the program goes on. */
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { startDatabaseThread } from '#main/storage/database-thread'
import { openDatabase } from '#main/storage/database'
import { temporaryFolder } from '../support/services.ts'

const entry = new URL('../../src-main/storage/extractions/list-thread.ts', import.meta.url)

it('a thread that is ended at any moment of its beginning ends, and nothing else does', async () => {
  const file = path.join(temporaryFolder(), 'espalier.sqlite')
  openDatabase(file).close()
  let ended = 0
  for (let milliseconds = 0; milliseconds < 120; milliseconds += 6) {
    const { worker, end } = startDatabaseThread(entry, { path: file })
    worker.once('exit', () => ended++)
    await delay(milliseconds)
    await end()
  }
  expect(ended).toBe(20)
})

it('a thread that cannot even begin is ended all the same', async () => {
  const { worker, end } = startDatabaseThread(entry, { path: '/nowhere/at/all.sqlite' })
  const failure = new Promise((resolve) => worker.once('error', resolve))
  await end()
  expect(String(await failure)).toContain('Cannot open database')
})
