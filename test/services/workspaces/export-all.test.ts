/** Everything of a workspace in files that other programs read, and that Espalier reads back. */
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, it } from 'vitest'
import { runRequest } from '#main/api/runs'
import { importTiny, openTestServices, temporaryFolder } from '../../support/services.ts'
import { zipMembers } from '#main/files/zip'

it('holds every corpus as JSON lines, every run with its scores, and the settings', async () => {
  const home = temporaryFolder()
  const services = await openTestServices(path.join(home, 'workspace'))
  const corpusId = await importTiny(services, { train: 12, dev: 6, test: 6 })
  const { handlers } = services
  await handlers.corpora.rename({ corpusId, name: 'Tiny/../a: "b"' })
  const events = await handlers.system.events()
  const training = { epochs: 1, batchSize: 10 }
  const asked = { corpusId, variants: ['mtl'], seeds: [1], training, backend: 'wasm', threads: 1 }
  const [run] = await handlers.runs.start(runRequest.parse(asked))
  for await (const event of events) if (event.type === 'run' && event.run.status === 'finished') break
  const runId = run?.runId ?? ''
  await handlers.runs.evaluate({ runId, split: 'test' })
  const place = path.join(home, 'all')
  const report = await handlers.workspaces.exportAll({ place, taskId: 'all' })
  expect(report).toMatchObject({ place, corpora: 1, sentences: 24, runs: 1 })
  const read = (name: string) => JSON.parse(readFileSync(path.join(place, name), 'utf8')) as never
  const { corpora, runs } = read('export.json') as { corpora: { file: string }[]; runs: { file: string }[] }
  expect(corpora).toEqual([{ name: 'Tiny/../a: "b"', file: 'corpora/Tiny-..-a-b-.jsonl', sentences: 24 }])
  expect(read(runs[0]?.file ?? '')).toMatchObject({
    run: { runId, status: 'finished' },
    points: [{ epoch: 1 }],
    evaluations: [{ split: 'test', evaluation: { sentences: 6 } }],
  })
  expect(read('settings.json')).toEqual(await handlers.system.settings())
  const file = { path: path.join(place, corpora[0]?.file ?? '') }
  await handlers.corpora.import({ corpus: 'Back', split: 'train', files: [{ file }], taskId: 'back' })
  const [first, second] = (await handlers.corpora.list()).map(({ splits }) => splits)
  expect(first).toEqual(second) // the splits are in the file
  const zipped = await handlers.workspaces.exportAll({ place: `${place}.zip`, taskId: 'zip' })
  const names = [...(await zipMembers(zipped.place)).keys()]
  expect(names).toEqual(expect.arrayContaining(['corpora/Back.jsonl', 'export.json', 'settings.json']))
  expect(readdirSync(home).sort()).toEqual(['all', 'all.zip', 'workspace'])
})

it('leaves nothing when it is cancelled', async () => {
  const home = temporaryFolder()
  const services = await openTestServices(path.join(home, 'workspace'))
  await importTiny(services)
  const exporting = services.handlers.workspaces.exportAll({ place: path.join(home, 'all'), taskId: 'all' })
  await services.handlers.system.cancelTask({ taskId: 'all' })
  await expect(exporting).rejects.toThrow('Cancelled')
  expect(readdirSync(home)).toEqual(['workspace'])
})
