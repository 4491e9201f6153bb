/** Models of one task: tuned by what they find, and what they leave out is said. */
import { extractAll } from '../../support/extracted.ts'
import { expect, it } from 'vitest'
import { runRequest } from '#main/api/runs'
import { importTiny, openTestServices, temporaryFolder } from '../../support/services.ts'

it('are drawn by their own score too, and measured with other things in place of their early predictions', async () => {
  const { handlers, ...services } = await openTestServices(temporaryFolder())
  const corpusId = await importTiny({ handlers, ...services })
  const runs = await handlers.runs.start(
    runRequest.parse({
      ...{ corpusId, variants: ['entity-c', 'relation-c'], seeds: [1], backend: 'wasm' },
      model: { wordDimension: 12, hidden: 12, casingDimension: 4 },
      training: { epochs: 20, batchSize: 10, learningRate: 0.02, dropout: 0, wordDropout: 0 },
    }),
  )
  const statuses = async () => (await handlers.runs.list()).map(({ status }) => status)
  await expect.poll(statuses, { timeout: 60_000 }).toEqual(['finished', 'finished'])
  const spreads = await Promise.all(runs.map(({ runId }) => handlers.runs.spread({ runId, split: 'test', draws: 2 })))
  expect(spreads.map(({ of }) => of)).toEqual(['entities', 'partial'])
  for (const { f1 } of spreads) expect(f1.mean).toBeGreaterThan(0.3)
  for (const [at, { runId }] of runs.entries()) {
    const effects = await handlers.runs.effects({ runId, split: 'test' })
    expect([effects.of, effects.rows.map(({ input }) => input)]).toEqual([
      ...[spreads[at]?.of, ['predicted', 'gold', 'noise', 'nothing']],
    ])
    expect((await handlers.runs.evaluation({ runId, split: 'test' })).stored).toBeNull() // nothing is kept of it
    const { triples, entities } = await handlers.runs.evaluate({ runId, split: 'test' })
    expect(effects.rows[0]?.entities).toEqual(entities.all)
    expect(effects.rows[0]?.triples).toEqual(triples[effects.of === 'partial' ? 'partial' : 'exact'])
  }
})

it('are tuned by their own score or told why not, and extract what they can with a note', async () => {
  const services = await openTestServices(temporaryFolder())
  const { handlers } = services
  const corpusId = await importTiny(services)
  const [entities, relations] = await handlers.runs.start(
    runRequest.parse({
      corpusId,
      variants: ['entity-a', 'relation-a'],
      seeds: [1],
      model: { wordDimension: 12, hidden: 12, casingDimension: 4 },
      training: { epochs: 25, batchSize: 10, learningRate: 0.02, dropout: 0, wordDropout: 0 },
      backend: 'wasm',
    }),
  )
  const [entityId, relationId] = [entities?.runId ?? '', relations?.runId ?? '']
  const statuses = async () => (await handlers.runs.list()).map(({ status }) => status)
  await expect.poll(statuses, { timeout: 60_000 }).toEqual(['finished', 'finished'])

  await expect(handlers.runs.tune({ runId: entityId })).rejects.toThrow(
    'entity-a seed 1 finds entities and no relations: it has no threshold to tune.',
  )
  const { thresholds } = await handlers.runs.tune({ runId: relationId })
  expect(thresholds?.before.f1).toBeGreaterThan(0.5)

  const text = 'Ilse Dorn founded Fernhall .'
  const found = await handlers.extraction.text({ runId: entityId, text })
  expect(found.notes).toEqual(['entity-a seed 1 finds entities and no relations: it gives no triples.'])
  expect(found.sentences[0]?.spans.length).toBeGreaterThan(0)

  const related = await handlers.extraction.text({ runId: relationId, text })
  expect(related.notes).toEqual([
    'relation-a seed 1 finds relations and no entities: each end of a triple is one word, the last of its name, without a type.',
  ])
  expect(related.sentences[0]?.triples).toMatchObject([
    {
      subject: { text: 'Dorn', start: 5, end: 9, type: '', probability: 1 },
      relation: 'founded',
      object: { text: 'Fernhall', type: '' },
    },
  ])
  const { triples, found: all } = await extractAll(services, { runId: relationId, files: [{ name: 'note.txt', text }] })
  expect(triples).toBe(1)
  expect(all[0]?.notes).toEqual(related.notes)
})
