/** Parts of speech from a file to a run and back: stored with the words, learnt from, asked for only where they are. */
import { extractAll } from '../support/extracted.ts'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { AppEvent } from '#main/api/events'
import type { RunRequest } from '#main/api/runs'
import { posDimensionOf } from '#main/runs/config'
import type { Run } from '#main/runs/run'
import type { Services } from '#main/services/services'
import { importTiny, openTestServices, temporaryFolder } from '../support/services.ts'
import { onDisk } from '../support/files-on-disk.ts'

const people = ['Ada', 'Mara', 'Jon']
const companies = ['Orbix', 'Calden', 'Nordvane']

type Tags = readonly [subject: string | null, verb: string | null, object: string | null]

/** "Ada founded Orbix", nouns and verb told apart; the sentences take turns with `tags`. */
function lines(count: number, tags: readonly Tags[] = [['NNP', 'VBD', 'NNP']]): string {
  const head = {
    ...{ espalier: 'corpus', version: 1 },
    labels: { entityTypes: [{ name: 'THING' }], relationTypes: [{ name: 'founder_of' }], signatures: [] },
  }
  const docs = Array.from({ length: count }, (_, at) => {
    const [person = '', company = ''] = [people[at % 3], companies[Math.floor(at / 3) % 3]]
    const [a, b] = [person.length, person.length + 8]
    const [subject, verb, object] = tags[at % tags.length] ?? [null, null, null]
    const token = (start: number, end: number, pos: string | null) => (pos === null ? [start, end] : [start, end, pos])
    return {
      id: `d${at}`,
      text: `${person} founded ${company}`,
      tokens: [token(0, a, subject), token(a + 1, b, verb), token(b + 1, b + 1 + company.length, object)],
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

async function importLines({ handlers }: Services, tags?: readonly Tags[]): Promise<number> {
  for (const [split, count] of [
    ['train', 9],
    ['dev', 3],
  ] as const) {
    const files = [{ name: 'tagged.jsonl', text: lines(count, tags) }]
    const report = await handlers.corpora.import({ corpus: 'Tagged', split, taskId: split, files: onDisk(...files) })
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

async function trained({ handlers }: Services, corpusId: number): Promise<Run> {
  const [started] = await handlers.runs.start(request(corpusId))
  const runId = started?.runId ?? ''
  const isOver = async () => !['queued', 'running'].includes((await handlers.runs.get({ runId })).run.status)
  await expect.poll(isOver, { timeout: 30_000 }).toBe(true)
  const { run } = await handlers.runs.get({ runId })
  expect(run).toMatchObject({ status: 'finished', failure: null })
  return run
}

async function extracted(services: Services, runId: string, text: string) {
  const files = [{ name: 'texts.txt', text }] // JSON lines are known by their content
  return (await extractAll(services, { runId, files })).found
}

const plain = 'Mara founded Calden'

/** All that was told, up to now. */
async function noticesUntilEnd(services: Services, events: AsyncIterable<AppEvent>): Promise<string[]> {
  await services.close()
  const notices: string[] = []
  for await (const event of events) if (event.type === 'notice') notices.push(event.message)
  return notices
}

const without = (lack: string) =>
  `mtl seed 1 reads parts of speech, and ${lack} one that it was trained with: such words are read without.`

describe('a corpus that states parts of speech', () => {
  it('is trained on with them, keeps them in its export, and says so where a text has none', async () => {
    const services = await openTestServices(temporaryFolder())
    const { handlers } = services
    const corpusId = await importLines(services)
    const path = join(temporaryFolder(), 'export.jsonl')
    const target = { path, taskId: 'export', replace: false }
    await handlers.corpora.export({ corpusId, split: 'train', format: 'jsonl', ...target })
    expect(readFileSync(path, 'utf8')).toContain('"tokens":[[0,3,"NNP"],[4,11,"VBD"],[12,17,"NNP"]]')
    const estimate = await handlers.runs.estimate(request(corpusId))
    expect(estimate).toMatchObject({ posShare: 1, refusals: [] })

    const events = await handlers.system.events()
    const run = await trained(services, corpusId)
    expect(run.notes?.join()).not.toContain('part of speech')
    expect(posDimensionOf(run.config.model)).toBe(4)
    expect((await handlers.runs.evaluate({ runId: run.runId, split: 'dev' })).triples.exact).toBeDefined()

    const { notes } = await handlers.extraction.text({ runId: run.runId, text: 'Ada founded Orbix' })
    expect(notes).toEqual([without('none of these words has')])
    expect((await extracted(services, run.runId, lines(1))).map((document) => document.notes)).toEqual([undefined])
    expect((await extracted(services, run.runId, plain)).map((document) => document.notes)).toEqual([notes])
    expect(await noticesUntilEnd(services, events)).toEqual([])
  })

  it('tells of words without one by a notice, once, where a run suggests or is scored and nobody sees a note', async () => {
    const services = await openTestServices(temporaryFolder())
    const { annotations, corpora } = services.handlers
    const corpusId = await importLines(services)
    const { runId } = await trained(services, corpusId)
    const files = [{ name: 'plain.txt', text: `${plain}. Ada founded Orbix.` }]
    await corpora.import({ corpus: 'Tagged', split: 'test', taskId: 'plain', files: onDisk(...files) })
    const { rows } = await corpora.sentences({ corpusId, filter: { splits: ['test'] }, offset: 0, limit: 9 })
    const events = await services.handlers.system.events()
    await annotations.predict({ runId, sentenceIds: rows.slice(0, 1).map(({ sentenceId }) => sentenceId) })
    await services.handlers.runs.evaluate({ runId, split: 'test' })
    expect(await noticesUntilEnd(services, events)).toEqual([without('none of these words has')])
  })

  it('is read with them in a file, and every document says how many are missing or foreign', async () => {
    const services = await openTestServices(temporaryFolder())
    const { runId } = await trained(services, await importLines(services))
    const texts = lines(3, [
      ['NNP', 'VBD', 'NNP'],
      ['NOUN', 'VBD', 'NNP'],
      [null, 'VERB', 'NNP'],
    ])
    const documents = await extracted(services, runId, texts)
    const foreign = (count: number) => [without(`of these 3 words ${count} do not have`)]
    expect(documents.map(({ notes }) => notes)).toEqual([undefined, foreign(1), foreign(2)])
  })

  it('that states only some is learnt from all the same; run and statistics count them', async () => {
    const services = await openTestServices(temporaryFolder())
    const corpusId = await importLines(services, [
      ['NNP', 'VBD', 'NNP'],
      ['NNP', null, null],
      [null, null, null],
    ])
    const { notes } = await trained(services, corpusId)
    expect(notes).toContain('15 of the 27 words of train have no part of speech: the model learns them without one.')
    const { splits } = await services.handlers.corpora.statistics({ corpusId })
    expect(splits.map(({ split, tokens, tokensWithPos }) => [split, tokens, tokensWithPos])).toEqual([
      ['train', 27, 12],
      ['dev', 9, 4],
      ['test', 0, 0],
    ])
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
