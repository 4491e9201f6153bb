/** Names and notes of runs in the services: told to every window, kept, and shown where a run is spoken of. */
import path from 'node:path'
import { extractAll } from '../support/extracted.ts'
import { expect, it } from 'vitest'
import { createLocalClient } from '#main/api/router'
import { importTiny, openTestServices, temporaryFolder } from '../support/services.ts'

it('a run is renamed and noted on, which is told and kept', { timeout: 60_000 }, async () => {
  const workspace = path.join(temporaryFolder(), 'workspace')
  const services = await openTestServices(workspace)
  const client = createLocalClient(services.handlers)
  const corpusId = await importTiny(services, { train: 6, dev: 3 })
  const [run] = await client.runs.start({
    ...{ corpusId, variants: ['mtl'], seeds: [1], backend: 'wasm', threads: 1 },
    model: { wordDimension: 4, hidden: 4 },
    training: { epochs: 1 },
  })
  const runId = run?.runId ?? ''
  await expect.poll(async () => (await client.runs.get({ runId })).run.status, { timeout: 30_000 }).toBe('finished')
  await extractAll(services, { runId, files: [{ name: 'a.txt', text: 'Ilse Dorn led Hask.' }] })

  const over = new AbortController()
  const events = await client.system.events(undefined, { signal: over.signal })
  const told = (async () => {
    for await (const event of events) if (event.type === 'run') return event.run
    return null
  })()
  expect(await client.runs.rename({ runId, name: '  small steps ' })).toMatchObject({ name: 'small steps', note: '' })
  expect(await told).toMatchObject({ runId, name: 'small steps' })
  over.abort()
  await client.runs.setNote({ runId, note: 'as in the draft of May\n' })
  await client.runs.setTags({ runId, tags: ['paper', 'table 6', 'paper'] })
  await expect(client.runs.setTags({ runId, tags: ['a, b'] })).rejects.toThrow()
  for (const name of [' ', 'two\nlines', 'x'.repeat(121)])
    await expect(client.runs.rename({ runId, name })).rejects.toThrow()
  const [extraction] = await client.extraction.list()
  expect(extraction?.runName).toBe('small steps')

  await services.close()
  const again = createLocalClient((await openTestServices(workspace)).handlers)
  expect((await again.runs.get({ runId })).run).toMatchObject({
    name: 'small steps',
    note: 'as in the draft of May',
    tags: ['paper', 'table 6'],
    status: 'finished',
  })
})
