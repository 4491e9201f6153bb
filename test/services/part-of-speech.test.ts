/** Parts of speech from a file to a run and back: stored with the words, learnt from, asked for only where they are. */
import { describe, expect, it } from 'vitest'
import type { AppEvent } from '#main/api/events'
import type { RunRequest } from '#main/api/schemas'
import { posDimensionOf } from '#main/runs/config'
import type { Services } from '#main/services/services'
import { importTiny, openTestServices, temporaryFolder } from '../support/services.ts'

const people = ['Ada', 'Mara', 'Jon']
const companies = ['Orbix', 'Calden', 'Nordvane']

/** "Ada founded Orbix", nouns and verb told apart. */
function lines(count: number): string {
  const head = {
    ...{ espalier: 'corpus', version: 1 },
    labels: { entityTypes: [{ name: 'THING' }], relationTypes: [{ name: 'founder_of' }], signatures: [] },
  }
  const docs = Array.from({ length: count }, (_, at) => {
    const [person = '', company = ''] = [people[at % 3], companies[Math.floor(at / 3) % 3]]
    const [a, b] = [person.length, person.length + 8]
    return {
      id: `d${at}`,
      text: `${person} founded ${company}`,
      tokens: [
        [0, a, 'NNP'],
        [a + 1, b, 'VBD'],
        [b + 1, b + 1 + company.length, 'NNP'],
      ],
      sentences: [
        {
          tokens: [0, 3],
          spans: [
            { id: 's', start: 0, end: 1, label: 'THING' },
            { id: 'o', start: 2, end: 3, label: 'THING' },
          ],
          relations: [{ id: 'r', subject: 's', type: 'founder_of', object: 'o' }],
        },
      ],
    }
  })
  return [head, ...docs].map((line) => JSON.stringify(line)).join('\n')
}

async function importLines({ handlers }: Services): Promise<number> {
  for (const [split, count] of [
    ['train', 9],
    ['dev', 3],
  ] as const) {
    const files = [{ name: 'tagged.jsonl', text: lines(count) }]
    const report = await handlers.corpora.import({ corpus: 'Tagged', split, taskId: split, files })
    expect(report.problems).toEqual([])
  }
  return (await handlers.corpora.list()).find(({ name }) => name === 'Tagged')?.corpusId ?? Number.NaN
}

const request = (corpusId: number): RunRequest => ({
  ...{ corpusId, variants: ['mtl'], seeds: [1], preset: 'recommended', vectors: null, encoder: null },
  model: { wordDimension: 6, hidden: 6, casingDimension: 2, posDimension: 4 },
  training: { epochs: 2, batchSize: 3, learningRate: 0.02 },
  ...{ backend: 'wasm', threads: 1, fromRunId: null },
})

describe('a corpus that states parts of speech', () => {
  it('is trained on with them, keeps them in its export, and says so where a text has none', async () => {
    const services = await openTestServices(temporaryFolder())
    const { handlers } = services
    const corpusId = await importLines(services)
    const { text } = await handlers.corpora.export({ corpusId, split: 'train', format: 'jsonl' })
    expect(text).toContain('"tokens":[[0,3,"NNP"],[4,11,"VBD"],[12,17,"NNP"]]')
    const estimate = await handlers.runs.estimate(request(corpusId))
    expect(estimate).toMatchObject({ posShare: 1, refusals: [] })

    const events = await handlers.system.events()
    const [started] = await handlers.runs.start(request(corpusId))
    const heard: AppEvent[] = []
    for await (const event of events) {
      heard.push(event)
      if (event.type === 'run' && !['queued', 'running'].includes(event.run.status)) break
    }
    const { run } = await handlers.runs.get({ runId: started?.runId ?? '' })
    expect(run).toMatchObject({ status: 'finished', failure: null })
    expect(posDimensionOf(run.config.model)).toBe(4)
    expect((await handlers.runs.evaluate({ runId: run.runId, split: 'dev' })).triples.exact).toBeDefined()
    expect(heard.filter(({ type }) => type === 'notice')).toEqual([])

    const told = await handlers.system.events()
    await handlers.extraction.text({ runId: run.runId, text: 'Ada founded Orbix' })
    for await (const event of told)
      if (event.type === 'notice') {
        expect(event.message).toBe(
          'mtl seed 1 was trained with parts of speech, and this text has none: they are read as unknown.',
        )
        break
      }
  })

  it('is needed for that: without them a run is refused, with what would help', async () => {
    const services = await openTestServices(temporaryFolder())
    const corpusId = await importTiny(services)
    const { refusals, posShare } = await services.handlers.runs.estimate(request(corpusId))
    expect(posShare).toBe(0)
    expect(refusals.join()).toMatch(
      /^No word of the train split of ".*" has a part of speech: import a file that states them/,
    )
    await expect(services.handlers.runs.start(request(corpusId))).rejects.toThrow('has a part of speech')
  })
})
