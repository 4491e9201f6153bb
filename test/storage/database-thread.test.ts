/** Threads with connections of their own, ended while they begin: the program goes on. */
import path from 'node:path'
import { expect, it } from 'vitest'
import { startDatabaseThread } from '#main/storage/database-thread'
import { openDatabase } from '#main/storage/database'
import { temporaryFolder } from '../support/services.ts'

/** It says when it is about to open its first connection. */
const loading = new URL('../support/loading-entry.ts', import.meta.url)
const listing = new URL('../../src-main/storage/extractions/list-thread.ts', import.meta.url)

it('a thread that is ended while it loads ends, and nothing else does', async () => {
  const file = path.join(temporaryFolder(), 'espalier.sqlite')
  openDatabase(file).close()
  let ended = 0
  for (let attempt = 0; attempt < 12; attempt++) {
    const isLoading = new Int32Array(new SharedArrayBuffer(4))
    const { worker, end } = startDatabaseThread(loading, { path: file, isLoading })
    worker.once('exit', () => ended++)
    await new Promise((resolve) => worker.once('online', resolve))
    // a message would come when all is over
    while (Atomics.load(isLoading, 0) === 0);
    const until = performance.now() + attempt / 6
    while (performance.now() < until);
    await end()
  }
  expect(ended).toBe(12)
})

it('a thread that cannot even begin is ended all the same', async () => {
  const { worker, end } = startDatabaseThread(listing, { path: '/nowhere/at/all.sqlite' })
  const failure = new Promise((resolve) => worker.once('error', resolve))
  await end()
  expect(String(await failure)).toContain('Cannot open database')
})
