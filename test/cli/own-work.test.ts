/** Which tasks a command shows: those that its own calls are about, whatever else goes on in a program that is shared. */
import { expect, it } from 'vitest'
import type { Task } from '#main/api/events'
import { createLocalClient } from '#main/api/router'
import { noteOwnWork } from '#main/cli/own-work'
import { importTiny, openTestServices, temporaryFolder } from '../support/services.ts'
import { onDisk } from '../support/files-on-disk.ts'

const task = (part: Partial<Task>): Task => ({
  ...{ taskId: 'other', kind: 'training', title: '', detail: '', fraction: null, secondsLeft: null, state: 'running' },
  ...part,
})

it('work is a command’s own by the ids that its calls name, and by the runs that they start', async () => {
  const services = await openTestServices(temporaryFolder())
  const corpusId = await importTiny(services, { train: 6, dev: 3 })
  const local = createLocalClient(services.handlers)
  const { client, has } = noteOwnWork(local)
  const file = { name: 'a.txt', text: 'Ada Hall leads Norvik Labs.' }
  await client.corpora.import({ corpus: 'Other', split: 'train', files: onDisk(file), taskId: 'mine' })
  expect([has(task({ taskId: 'mine' })), has(task({}))]).toEqual([true, false])

  const small = {
    model: { hidden: 4, wordDimension: 4 },
    training: { epochs: 1 },
    backend: 'wasm',
    threads: 1,
  } as const
  const [theirs] = await local.runs.start({ corpusId, variants: ['mtl'], seeds: [1], ...small })
  const [own] = await client.runs.start({ corpusId, variants: ['mtl'], seeds: [2], ...small })
  expect(theirs && has(task({ runId: theirs.runId }))).toBe(false)
  expect(own && has(task({ runId: own.runId }))).toBe(true)
  await client.runs.list() // names all, starts none
  expect(theirs && has(task({ runId: theirs.runId }))).toBe(false)
  await client.runs.get({ runId: theirs?.runId ?? '' })
  expect(theirs && has(task({ runId: theirs.runId }))).toBe(true)
})

it('passes on answers, failures and streams as they are', async () => {
  const services = await openTestServices(temporaryFolder())
  const { client } = noteOwnWork(createLocalClient(services.handlers))
  expect(await client.corpora.list()).toEqual([])
  await expect(client.runs.get({ runId: 'nowhere' })).rejects.toThrow('There is no run nowhere')
  const events = await client.system.events()
  await client.system.updateSettings({ annotator: 'Ada' })
  await importTiny(services, { train: 3 })
  expect((await events.next()).value).toMatchObject({ type: 'job' })
  await events.return?.()
})
