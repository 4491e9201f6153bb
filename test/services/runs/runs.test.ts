/** Runs from start to score, with real training in a real worker. */
import path from 'node:path'
import { writeFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { runRequest, type RunRequest } from '#main/api/runs'
import type { Run } from '#main/runs/run'
import type { Services } from '#main/services/services'
import { importTiny, openTestServices, temporaryFolder } from '../../support/services.ts'

function request(corpusId: number, change: object = {}): RunRequest {
  return runRequest.parse({
    corpusId,
    variants: ['mtl'],
    seeds: [1],
    model: { wordDimension: 12, hidden: 12, casingDimension: 4 },
    training: { epochs: 3, batchSize: 10, learningRate: 0.02, dropout: 0, wordDropout: 0 },
    backend: 'wasm',
    ...change,
  })
}

/** Polls the run until it has left the statuses of work. */
async function settled({ handlers }: Services, runId: string): Promise<Run> {
  for (;;) {
    const { run } = await handlers.runs.get({ runId })
    if (run.status !== 'queued' && run.status !== 'running') return run
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

async function startOne(services: Services, asked: RunRequest): Promise<string> {
  const [run] = await services.handlers.runs.start(asked)
  return run?.runId ?? ''
}

describe('a run', () => {
  it('learns a small corpus, is scored on test, compared and used to extract', async () => {
    const services = await openTestServices(temporaryFolder())
    const { handlers } = services
    const corpusId = await importTiny(services)
    const training = { epochs: 25, batchSize: 10, learningRate: 0.02, dropout: 0, wordDropout: 0, wordRate: 1 }
    const runs = await handlers.runs.start(request(corpusId, { variants: ['mtl', 'pmei'], training }))
    expect(runs.map(({ name }) => name)).toEqual(['mtl seed 1', 'pmei seed 1'])
    const done = [await settled(services, runs[0]?.runId ?? ''), await settled(services, runs[1]?.runId ?? '')]
    expect(done.map(({ status, failure }) => [status, failure])).toEqual([
      ['finished', null],
      ['finished', null],
    ])
    // the recommended preset tunes on dev once a run is trained
    expect(done.map(({ thresholds }) => thresholds?.before.gold)).toEqual([expect.any(Number), expect.any(Number)])
    const runIds = done.map(({ runId }) => runId)
    for (const runId of runIds) {
      const { points, weights } = await handlers.runs.get({ runId })
      expect(points.map(({ epoch }) => epoch)).toEqual(points.map((_, index) => index + 1))
      expect(weights?.all).toBeGreaterThan(weights?.withoutVectors ?? 0)
      const evaluation = await handlers.runs.evaluate({ runId, split: 'test' })
      expect(evaluation.sentences).toBe(12)
      expect(evaluation.triples.exact.f1).toBeGreaterThan(0.8)
    }
    const table = await handlers.comparisons.table({ runIds, match: 'exact', split: 'test' })
    expect(table.rows.map(({ kind }) => kind)).toEqual(
      expect.arrayContaining(['variant', 'variant', 'floor', 'oracle']),
    )

    const text = 'Ilse Dorn founded Fernhall . Tam Okwe founded Nordvane .'
    const document = await handlers.extraction.text({ runId: runIds[0] ?? '', text })
    const triples = document.sentences.flatMap((sentence) => sentence.triples)
    expect(triples.map(({ subject, relation, object }) => [subject.text, relation, object.text])).toEqual([
      ['Ilse Dorn', 'founded', 'Fernhall'],
      ['Tam Okwe', 'founded', 'Nordvane'],
    ])
    const [second] = triples.slice(1)
    expect(text.slice(second?.subject.start, second?.subject.end)).toBe('Tam Okwe')
  })

  it('can be cancelled, keeps what it has, and goes on where it stopped', async () => {
    const services = await openTestServices(temporaryFolder())
    const { handlers } = services
    const corpusId = await importTiny(services)
    const runId = await startOne(
      services,
      request(corpusId, { training: { epochs: 400, batchSize: 5, patience: 400 } }),
    )
    while ((await handlers.runs.get({ runId })).points.length < 2) await new Promise((done) => setTimeout(done, 20))
    await handlers.runs.cancel({ runId })
    const stopped = await settled(services, runId)
    expect(stopped.status).toBe('cancelled')
    const before = (await handlers.runs.get({ runId })).points
    expect((await handlers.runs.evaluate({ runId, split: 'test' })).sentences).toBe(12)
    await handlers.runs.resume({ runId })
    while ((await handlers.runs.get({ runId })).points.length <= before.length)
      await new Promise((done) => setTimeout(done, 20))
    await handlers.runs.cancel({ runId })
    await settled(services, runId)
    const after = (await handlers.runs.get({ runId })).points
    expect(after.slice(0, before.length)).toEqual(before)
  })

  it('has the numbers of a run that never stopped, wherever it was stopped', async () => {
    const services = await openTestServices(temporaryFolder())
    const { handlers } = services
    const corpusId = await importTiny(services)
    // one sentence per update, so that it is most likely stopped within an epoch
    const asked = request(corpusId, { training: { epochs: 4, batchSize: 1 }, threads: 1 })
    const [calm, stopped] = [await startOne(services, asked), await startOne(services, asked)]
    await settled(services, calm)
    for (let epochs = 0; epochs < 3; epochs++) {
      while ((await handlers.runs.get({ runId: stopped })).points.length <= epochs)
        await new Promise((done) => setTimeout(done, 1))
      await handlers.runs.cancel({ runId: stopped })
      if ((await settled(services, stopped)).status === 'cancelled') await handlers.runs.resume({ runId: stopped })
    }
    expect((await settled(services, stopped)).status).toBe('finished')
    const [expected, found] = [await handlers.runs.get({ runId: calm }), await handlers.runs.get({ runId: stopped })]
    const numbers = ({ points }: typeof expected) =>
      points.map(({ epoch, step, losses, dev }) => ({ epoch, step, losses, dev }))
    expect(numbers(found)).toEqual(numbers(expected))
    expect(found.run.bestEpoch).toBe(expected.run.bestEpoch)
  })

  it('is interrupted when the program closes, and its checkpoint outlives it', async () => {
    const folder = temporaryFolder()
    const services = await openTestServices(folder)
    const corpusId = await importTiny(services)
    const long = { training: { epochs: 400, batchSize: 5, patience: 400 }, seeds: [1, 2] }
    const runs = await services.handlers.runs.start(request(corpusId, long))
    const [runId = '', waiting = ''] = runs.map((run) => run.runId)
    while ((await services.handlers.runs.get({ runId })).points.length < 1)
      await new Promise((done) => setTimeout(done, 20))
    await services.close()
    const again = await openTestServices(folder)
    expect((await again.handlers.runs.get({ runId })).run.status).toBe('interrupted')
    expect((await again.handlers.runs.get({ runId: waiting })).run.status).toBe('interrupted')
    expect((await again.handlers.runs.evaluate({ runId, split: 'dev' })).sentences).toBe(12)
  })

  it('starts warm from another run, with its sizes', async () => {
    const services = await openTestServices(temporaryFolder())
    const { handlers } = services
    const corpusId = await importTiny(services)
    const first = await startOne(services, request(corpusId))
    await settled(services, first)
    const warm = await startOne(services, request(corpusId, { fromRunId: first, model: {}, training: { epochs: 1 } }))
    const run = await settled(services, warm)
    expect([run.status, run.failure]).toEqual(['finished', null])
    expect(run.config.model.encoder).toMatchObject({ hidden: 12 })
    const loss = async (runId: string) => (await handlers.runs.get({ runId })).points.map((point) => point.losses.total)
    const [coldLoss = 0] = await loss(first)
    const [warmLoss = 0] = await loss(warm)
    expect(warmLoss).toBeLessThan(coldLoss)
    const other = request(corpusId, { fromRunId: first, model: {}, variants: ['pmei'] })
    await expect(handlers.runs.start(other)).rejects.toThrow(/cannot start from its weights/)
  })
})

describe('what cannot be trained', () => {
  it('is refused before anything is queued: an empty train split', async () => {
    const services = await openTestServices(temporaryFolder())
    const corpusId = await importTiny(services, { test: 5 })
    const { refusals } = await services.handlers.runs.estimate(request(corpusId))
    expect(refusals.join()).toContain('The train split of "Tiny" is empty')
    await expect(services.handlers.runs.start(request(corpusId))).rejects.toThrow('The train split of "Tiny" is empty')
    expect(await services.handlers.runs.list()).toEqual([])
  })

  it('is refused with the file and the line: vectors that are missing, of another width, or broken', async () => {
    const folder = temporaryFolder()
    const services = await openTestServices(path.join(folder, 'workspace'))
    const corpusId = await importTiny(services)
    const write = (text: string): string => {
      const file = path.join(folder, 'vectors.txt')
      writeFileSync(file, text)
      return file
    }
    const start = (vectors: string) => services.handlers.runs.start(request(corpusId, { vectors }))
    await expect(start(path.join(folder, 'nowhere.txt'))).rejects.toThrow(/There is no word-vector file .*nowhere\.txt/)
    await expect(start(write('founded 1 2 3\n'))).rejects.toThrow(/width 3.* 12 wide/)
    await expect(start(write('founded 1 2 3\nled 1 two 3\n'))).rejects.toThrow(/vectors\.txt.*line 2/)
    expect(await services.handlers.runs.list()).toEqual([])
  })
})
