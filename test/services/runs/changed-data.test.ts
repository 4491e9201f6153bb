/** A corpus that changes under runs: none trains on two corpora, and each is named after what it saw. */
import { describe, expect, it } from 'vitest'
import { runRequest, type RunRequest } from '#main/api/runs'
import type { Run } from '#main/runs/run'
import type { Services } from '#main/services/services'
import { importTiny, openTestServices, temporaryFolder } from '../../support/services.ts'
import { onDisk } from '../../support/files-on-disk.ts'

function request(corpusId: number, change: object = {}): RunRequest {
  return runRequest.parse({
    ...{ corpusId, variants: ['mtl'], seeds: [1, 2], backend: 'wasm', threads: 1 },
    model: { wordDimension: 8, hidden: 6, casingDimension: 2 },
    training: { epochs: 500, batchSize: 10, patience: 500 },
    ...change,
  })
}

async function until<T>(look: () => Promise<T | undefined | false>): Promise<T> {
  for (;;) {
    const found = await look()
    if (found) return found
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

const isOver = ({ status }: Run): boolean => status !== 'queued' && status !== 'running'

async function addSentence({ handlers }: Services): Promise<void> {
  const text = JSON.stringify([{ text: 'Ada led Orbix .', triple_list: [['Ada', 'led', 'Orbix']] }])
  await handlers.corpora.import({
    ...{ corpus: 'Tiny', split: 'train', taskId: 'more', files: onDisk({ name: 'more.json', text }) },
  })
}

describe('a corpus that changed', () => {
  it('stops a run from going on, and is what a run that had not begun learns from and names', async () => {
    const services = await openTestServices(temporaryFolder())
    const { runs } = services.handlers
    const corpusId = await importTiny(services, { train: 12, dev: 6 })
    const [begun, waiting] = (await runs.start(request(corpusId))).map(({ runId }) => runId)
    if (!begun || !waiting) throw new Error('Two runs were expected')
    await until(async () => (await runs.get({ runId: begun })).points.length > 1)
    await addSentence(services)
    await runs.cancel({ runId: begun })
    const stopped = await until(async () => isOver((await runs.get({ runId: begun })).run))
    expect(stopped).toBe(true)
    await expect(runs.resume({ runId: begun })).rejects.toThrow(
      'The train split of "Tiny" has changed since mtl seed 1 was trained on it, so it cannot go on.',
    )
    const second = await until(async () => {
      const { run, points } = await runs.get({ runId: waiting })
      return points.length > 0 && run
    })
    expect(second.data.splits.train.sentences).toBe(13)
    expect(second.notes).toContain(
      'The corpus changed after this run was made: it learns from what the corpus was when it began.',
    )
    const { run } = await runs.get({ runId: begun })
    expect(run.data.splits.train.sentences).toBe(12)
    await runs.cancel({ runId: waiting })
    await until(async () => isOver((await runs.get({ runId: waiting })).run))
  })

  it('that is scored says by its hash what was scored', async () => {
    const services = await openTestServices(temporaryFolder())
    const { runs } = services.handlers
    const corpusId = await importTiny(services, { train: 12, dev: 6 })
    const [{ runId } = { runId: '' }] = await runs.start(
      request(corpusId, { seeds: [1], training: { epochs: 1, batchSize: 10 } }),
    )
    await until(async () => isOver((await runs.get({ runId })).run))
    const { data } = (await runs.get({ runId })).run
    expect((await runs.evaluate({ runId, split: 'train' })).sha256).toBe(data.splits.train.sha256)
    await addSentence(services)
    expect((await runs.evaluate({ runId, split: 'train', again: true })).sha256).not.toBe(data.splits.train.sha256)
  })
})

describe('what a run asks of its corpus', () => {
  it('is a test split where that selects the epoch', async () => {
    const services = await openTestServices(temporaryFolder())
    const corpusId = await importTiny(services, { train: 12, dev: 6 })
    const asked = request(corpusId, { preset: 'released' })
    const message = 'The epoch is to be selected on test, and "Tiny" has no test split'
    expect((await services.handlers.runs.estimate(asked)).refusals.join()).toContain(message)
    await expect(services.handlers.runs.start(asked)).rejects.toThrow(message)
    expect(await services.handlers.runs.list()).toEqual([])
  })

  it('is no relation where it learns entities alone', async () => {
    const services = await openTestServices(temporaryFolder())
    const { corpora, runs } = services.handlers
    const head = {
      espalier: 'corpus',
      version: 1,
      labels: { entityTypes: [{ name: 'PER' }], relationTypes: [], signatures: [] },
    }
    const docs = ['Ada', 'Mara', 'Jon'].map((name) => ({
      ...{
        id: name,
        text: `${name} left`,
        tokens: [
          [0, name.length],
          [name.length + 1, name.length + 5],
        ],
      },
      sentences: [{ tokens: [0, 2], spans: [{ id: 's', start: 0, end: 1, label: 'PER' }], relations: [] }],
    }))
    const text = [head, ...docs].map((line) => JSON.stringify(line)).join('\n')
    await corpora.import({
      corpus: 'Names',
      split: 'train',
      taskId: 'names',
      files: onDisk({ name: 'names.jsonl', text }),
    })
    const corpusId = (await corpora.list())[0]?.corpusId ?? 0
    const asked = { seeds: [1], training: { epochs: 1, batchSize: 2 } }
    expect((await runs.estimate(request(corpusId, asked))).refusals.join()).toContain(
      'has a relation, so there is nothing to learn about relations',
    )
    const [{ runId } = { runId: '' }] = await runs.start(request(corpusId, { ...asked, variants: ['entity-a'] }))
    await until(async () => isOver((await runs.get({ runId })).run))
    expect((await runs.get({ runId })).run).toMatchObject({ status: 'finished', failure: null })
  })
})
