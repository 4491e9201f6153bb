/** Jobs as rows: what waits for the disk when they change. */
import path from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { openDatabase, type Database } from '#main/storage/database'
import { createJobRepository } from '#main/storage/jobs/job-repository'
import { migrate } from '#main/storage/migrations/migrations'
import { temporaryFolder } from '../support/temporary-workspace.ts'

it('how far a job is does not wait for the disk, what it did and how it ended does', () => {
  const database = openDatabase(path.join(temporaryFolder(), 'a.sqlite'))
  onTestFinished(() => database.close())
  migrate(database, 1)
  const kinds: string[] = []
  const told = (kind: 'transaction' | 'hastyTransaction') =>
    (<T>(work: () => T): T => {
      kinds.push(kind)
      return database[kind](work)
    }) satisfies Database['transaction']
  const jobs = createJobRepository({
    ...{ ...database, transaction: told('transaction'), hastyTransaction: told('hastyTransaction') },
  })
  const { jobId } = jobs.add({ kind: 'import', title: 'import a.json', spec: {}, createdMs: 1 })
  jobs.change(jobId, { cursor: { docs: 2 }, done: 2 })
  jobs.change(jobId, { cursor: { docs: 3 }, done: 3 }, () => undefined)
  jobs.change(jobId, { state: 'finished' })
  expect(kinds).toEqual(['hastyTransaction', 'transaction', 'transaction'])
  expect(jobs.find(jobId)).toMatchObject({ cursor: { docs: 3 }, done: 3, state: 'finished' })
})
