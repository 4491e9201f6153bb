/** The log beside a database: a thread moves it, whoever writes much waits for it, and nobody waits for a long read. */
import { statSync } from 'node:fs'
import path from 'node:path'
import Sqlite from 'better-sqlite3'
import { expect, it, onTestFinished, vi } from 'vitest'
import { createLogMover, type LogState } from '#main/storage/log-mover'
import { temporaryFolder } from '../support/temporary-workspace.ts'

const limits = { many: 20, most: 100, farTooMany: 400 }
const pageBytes = 4096

function open() {
  const file = path.join(temporaryFolder(), 'a.sqlite')
  const [own, other] = [new Sqlite(file), new Sqlite(file)]
  own.pragma('journal_mode = WAL')
  own.pragma('wal_autocheckpoint = 0')
  own.exec('CREATE TABLE item (content TEXT)')
  const look = (): LogState => {
    const [state] = own.pragma('wal_checkpoint(NOOP)') as [{ log: number; checkpointed: number }]
    return { written: state.log, moved: state.checkpointed }
  }
  const moveHere = vi.fn(() => own.pragma('wal_checkpoint(PASSIVE)'))
  const mover = createLogMover({ path: file, look, moveHere, limits })
  onTestFinished(async () => {
    await mover.end()
    for (const one of [own, other]) one.close()
  })
  let ms = performance.now()
  const leaping = vi.spyOn(performance, 'now').mockImplementation(() => (ms += 100))
  onTestFinished(() => leaping.mockRestore())
  /** Ten pages in a transaction. */
  const write = (): void => {
    own.exec(`INSERT INTO item VALUES ('${'x'.repeat(9 * pageBytes)}')`)
    mover.noteCommit()
  }
  return { mover, write, look, moveHere, other, logPages: () => statSync(`${file}-wal`).size / pageBytes }
}

it('a thread keeps the log short however much is written, where the writer waits between its transactions', async () => {
  const { mover, write, look, moveHere, logPages, other } = open()
  for (let time = 0; time < 100; time++) {
    write()
    await mover.makeRoom()
  }
  expect(logPages()).toBeLessThan(limits.most + 20)
  expect(moveHere).not.toHaveBeenCalled()
  expect(other.prepare('SELECT count(*) FROM item').pluck().get()).toBe(100)
  await mover.end()
  write()
  expect(look().written).toBeLessThan(limits.most + 20)
})

it('a long read lets the log grow, whoever writes goes on, and the log is short again after the read', async () => {
  const { mover, write, look, moveHere, other } = open()
  other.exec('BEGIN')
  other.prepare('SELECT count(*) FROM item').get()
  // after these the writer waits before the log is far too long, however seldom the thread gets a processor
  for (let time = 0; time < 15; time++) {
    write()
    await mover.makeRoom()
  }
  expect(look().written).toBeGreaterThan(limits.most)
  other.exec('COMMIT')
  for (let time = 0; time < 30; time++) {
    write()
    await mover.makeRoom()
  }
  expect(look().written).toBeLessThan(limits.most + 20)
  expect(moveHere).not.toHaveBeenCalled()
})

it('what is written without waiting once is moved where it is written', () => {
  const { write, moveHere, logPages } = open()
  for (let time = 0; time < 100; time++) write()
  expect(moveHere).toHaveBeenCalled()
  expect(logPages()).toBeLessThan(limits.farTooMany + 20)
})
