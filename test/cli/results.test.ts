/** The command that shows what an extraction found, as a process of its own. */
import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, it } from 'vitest'
import { espalier } from '../support/command-line.ts'
import { importTiny, openTestServices, temporaryFolder } from '../support/services.ts'
import { trainTiny, untilItFinds } from '../support/trained.ts'

it('lists extractions, their triples, pairs and entities, compares two, and exports as filtered', async () => {
  const folder = temporaryFolder()
  const workspace = path.join(folder, 'workspace')
  const services = await openTestServices(workspace)
  const runId = await trainTiny(services, await importTiny(services, { train: 60, dev: 12, test: 6 }), untilItFinds)
  await services.close()
  const results = (...args: string[]) => espalier(['results', ...args, '--workspace', workspace])
  expect((await results()).stdout).toBe('Nothing was extracted yet. The command "extract" does it.\n')

  const file = path.join(folder, 'news.txt')
  writeFileSync(file, 'Ada Lund led Orbisk in Hask .\nTam Okwe founded Fernhall .\n')
  for (let time = 0; time < 2; time++) await espalier(['extract', runId, file, '--workspace', workspace])
  const [first, second] = JSON.parse((await results('--json')).stdout).map(({ jobId }: { jobId: number }) => jobId)
  const all = JSON.parse((await results(String(first), '--json')).stdout) as { relation: string; document: string }[]
  expect(all.length).toBeGreaterThan(1)
  const relation = all[0]?.relation ?? ''
  const own = all.filter((row) => row.relation === relation)
  const table = (await results('news.txt', '--relation', relation)).stdout
  expect(table).toMatch(/^probability +subject +relation +object +document +sentence$/m)
  expect(table.match(/ news\.txt /g)).toHaveLength(own.length)
  expect((await results(String(first), '--limit', '1')).stdout).toContain(`\nThe first 1 of ${all.length} triples.\n`)
  expect((await results(String(first), '--group', 'pair')).stdout).toMatch(/^sentences +documents +best +mean/m)
  expect((await results(String(first), '--group', 'entity')).stdout).toMatch(/Orbisk \(\d+\)/)
  const compared = JSON.parse((await results(String(first), '--compare', String(second), '--json')).stdout)
  expect(compared).toMatchObject({ onlyHere: 0, onlyThere: 0, both: all.length })

  const output = path.join(folder, 'out.csv')
  const exported = await results(String(first), '--relation', relation, '--export', 'csv', '--output', output)
  expect(exported.stdout).toContain(`out.csv has ${own.length} triple`)
  expect(readFileSync(output, 'utf8').trimEnd().split('\r\n')).toHaveLength(own.length + 1)

  expect((await results('999')).code).toBe(1)
  expect(await results(String(first), '--min', '3')).toMatchObject({ code: 2 })
  const misused = await results(String(first), '--conflicts')
  expect(misused.stderr).toContain('--conflicts goes with --group pair.')
  const unknown = await results(String(first), '--relation', 'nonsense')
  expect(unknown).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('has the relation "nonsense". There are: '),
  })
  expect(unknown.stderr).toContain(relation)
  expect((await results(String(first), '--object-type', 'NOTHING')).stderr).toContain('has the object type "NOTHING"')
  const passedOver = await results(String(first), '--group', 'pair', '--subject-type', 'PERSON')
  expect(passedOver).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('--subject-type does not go with --group'),
  })

  const sample = (...args: string[]) => espalier(['sample', ...args, '--workspace', workspace])
  const latest = Math.max(first, second)
  expect((await sample(String(latest))).stdout).toContain('news.txt has no check sample')
  expect((await sample(String(latest), '--draw', '5000')).stdout).toMatch(
    /triples? of news\.txt, seed 1, all that there are/,
  )
  expect((await sample(String(latest))).stdout).toContain('0 of')
  expect((await sample('--seed', '5')).stderr).toContain('--seed and --by-relation go with --draw.')
  expect((await sample('999')).stderr).toContain('There is no extraction of a job 999')
}, 120_000)
