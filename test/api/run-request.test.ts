/** What is asked for twice in one request: one run per variant and seed, in the order they were named first. */
import { expect, it } from 'vitest'
import { createLocalClient } from '#main/api/router'
import { importTiny, openTestServices, temporaryFolder } from '../support/services.ts'

it('makes one run of each variant and seed, however often a request names it', async () => {
  const services = await openTestServices(temporaryFolder())
  const { runs } = createLocalClient(services.handlers)
  const corpusId = await importTiny(services, { train: 6, dev: 3 })
  const once = {
    ...{ corpusId, variants: ['pmei', 'mtl'], seeds: [2, 1], backend: 'wasm', threads: 1 },
    model: { wordDimension: 4, hidden: 4, casingDimension: 2 },
    training: { epochs: 1, batchSize: 3 },
  } satisfies Parameters<typeof runs.start>[0]
  const often = { ...once, variants: ['pmei', 'mtl', 'pmei'], seeds: [2, 1, 1, 2] } satisfies typeof once
  const { weights, refusals } = await runs.estimate(often)
  expect({ weights, refusals }).toEqual({ weights: (await runs.estimate(once)).weights, refusals: [] })
  const started = await runs.start(often)
  const names = started.map(({ name }) => name)
  expect(names).toEqual(['pmei seed 2', 'mtl seed 2', 'pmei seed 1', 'mtl seed 1'])
  expect(await runs.list()).toHaveLength(4)
})
