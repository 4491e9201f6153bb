/** Removing, restoring and erasing through the services: what is told, what refuses, and what leaves the disk. */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { AppEvent } from '#main/api/events'
import { createLocalClient } from '#main/api/router'
import { binDays } from '#main/document/bin-entry'
import { openServices } from '#main/services/services'
import { createProcessHost } from '#main/compute/host'
import { openWorkspace } from '#main/storage/workspace'
import { makeRun } from '../../support/renderer-runs.ts'
import { importTiny, openTestServices, temporaryFolder } from '../../support/services.ts'
import { makeCorpus, sentenceIdsOf, tripleDocs } from '../../support/temporary-workspace.ts'

/** A workspace with a corpus, two runs on it with checkpoints of 3 MB each, and an extraction by the first. */
async function fill(folder: string): Promise<{ readonly corpusId: number; readonly first: number }> {
  const workspace = openWorkspace(folder)
  const corpusId = makeCorpus(workspace, tripleDocs(['Jon met Ada', ['Jon', 'knows', 'Ada']], ['Jon met Ben']))
  for (const seed of [1, 2]) {
    const run = makeRun('mtl', seed, { corpusId, createdMs: seed, fromRunId: seed === 2 ? 'mtl-1' : null })
    workspace.runs.insert(run)
    workspace.runs.update(run)
    await workspace.checkpoints.write(run.runId, 'best', { 'weights.safetensors': new Uint8Array(3e6) })
  }
  workspace.extractions.create({ runId: 'mtl-1', runName: 'mtl seed 1', title: 'a.txt', output: null, createdMs: 1 })
  const [first = 0] = sentenceIdsOf(workspace, corpusId)
  const before = workspace.annotations.annotation(first).review
  const change = { kind: 'review', before, after: { ...before, isReviewed: true } } as const
  workspace.annotations.apply(first, 'Ada', 'done', [change], 1_000)
  workspace.settings.update({ annotator: 'Ada' })
  workspace.close()
  return { corpusId, first }
}

const checkpoint = (folder: string, runId: string) => path.join(folder, 'checkpoints', runId)

describe('removing a corpus', () => {
  it('tells before what goes along, and takes it out of every list', async () => {
    const folder = temporaryFolder()
    const { corpusId, first } = await fill(folder)
    const client = createLocalClient((await openTestServices(folder)).handlers)
    expect(await client.corpora.removal({ corpusId })).toEqual({
      name: 'made',
      content: { sentences: 2, reviewed: 1, operations: 1 },
      runs: ['mtl seed 2', 'mtl seed 1'],
      ...{ activeRuns: [], startedFromThem: [], extractions: 1, sizeMb: expect.closeTo(6, 1) as number },
    })
    const { binId } = await client.corpora.remove({ corpusId })
    expect(await client.corpora.list()).toEqual([])
    expect(await client.runs.list()).toEqual([])
    expect(await client.extraction.list()).toMatchObject([{ runName: 'mtl seed 1', isRunRemoved: true }])
    for (const call of [
      () => client.corpora.statistics({ corpusId }),
      () => client.annotations.open({ sentenceId: first, runId: null }),
      () => client.annotations.undo({ corpusId }),
      () => client.labels.get({ corpusId }),
      () => client.runs.get({ runId: 'mtl-1' }),
      () => client.comparisons.table({ runIds: ['mtl-1'], match: 'exact', split: 'dev' }),
      () => client.extraction.text({ runId: 'mtl-1', text: 'Jon met Ada.' }),
    ])
      await expect(call()).rejects.toThrow(`"espalier restore ${binId}"`)
    expect(await client.bin.list()).toMatchObject([
      {
        binId,
        kind: 'corpus',
        name: 'made',
        removedBy: 'Ada',
        runs: [{ runId: 'mtl-1' }, { runId: 'mtl-2' }],
        sizeMb: expect.closeTo(6, 1) as number,
      },
    ])
    expect(existsSync(checkpoint(folder, 'mtl-1'))).toBe(true)
  })

  it('comes back whole, and says so to every window', async () => {
    const folder = temporaryFolder()
    const { corpusId } = await fill(folder)
    const { handlers } = await openTestServices(folder)
    const client = createLocalClient(handlers)
    const { binId } = await client.corpora.remove({ corpusId })
    const events: AppEvent[] = []
    const over = new AbortController()
    const heard = (async () => {
      for await (const event of await client.system.events(undefined, { signal: over.signal })) events.push(event)
    })().catch(() => undefined)
    await new Promise((resolve) => setTimeout(resolve, 0))
    expect(await client.bin.restore({ binId })).toEqual({ names: ['made', 'mtl seed 1', 'mtl seed 2'], renamed: null })
    over.abort()
    await heard
    expect(events.map((event) => (event.type === 'run' ? event.run.runId : event.type))).toEqual([
      ...['bin-changed', 'corpora-changed', 'extractions-changed', 'mtl-1', 'mtl-2'],
    ])
    expect(
      await client.corpora.sentences({ corpusId, filter: { status: 'reviewed' }, offset: 0, limit: 10 }),
    ).toMatchObject({ total: 1 })
    expect(await client.annotations.undo({ corpusId })).toMatchObject({ undoneDescription: 'done' })
  })

  it('can leave its runs in sight: they still extract, and say why they cannot be scored', async () => {
    const folder = temporaryFolder()
    const { corpusId } = await fill(folder)
    const client = createLocalClient((await openTestServices(folder)).handlers)
    const { binId, runs } = await client.corpora.remove({ corpusId, keepRuns: true })
    expect(runs).toEqual([])
    expect((await client.runs.list()).map(({ runId }) => runId)).toEqual(['mtl-2', 'mtl-1'])
    await expect(client.runs.evaluate({ runId: 'mtl-1', split: 'train' })).rejects.toThrow(
      'The corpus "made" is in the bin',
    )
    await client.bin.erase({ binId })
    expect((await client.runs.list()).map(({ runId }) => runId)).toEqual(['mtl-2', 'mtl-1'])
    await expect(client.runs.evaluate({ runId: 'mtl-1', split: 'train' })).rejects.toThrow(
      `There is no corpus ${corpusId}`,
    )
  })

  it('is refused while a run on it is queued or running, unless runs may be cancelled', async () => {
    const services = await openTestServices(temporaryFolder())
    const client = createLocalClient(services.handlers)
    const corpusId = await importTiny(services, { train: 30, dev: 6 })
    const sizes = { wordDimension: 6, hidden: 6, casingDimension: 2 }
    const training = { epochs: 5_000, batchSize: 10, patience: 5_000 }
    const asked = { corpusId, variants: ['mtl'] as const, seeds: [1, 2], backend: 'wasm' as const, threads: 1 }
    const runs = await client.runs.start({ ...asked, variants: [...asked.variants], model: sizes, training })
    const [running, queued] = runs
    await expect
      .poll(async () => (await client.runs.list()).find(({ runId }) => runId === running?.runId)?.epoch, {
        timeout: 60_000,
      })
      .toBeGreaterThan(0)
    expect((await client.corpora.removal({ corpusId })).activeRuns).toEqual(['mtl seed 2', 'mtl seed 1'])
    for (const refused of [client.corpora.remove({ corpusId }), client.corpora.remove({ corpusId, keepRuns: true })])
      await expect(refused).rejects.toThrow(/^mtl seed 2 is queued, mtl seed 1 is running, so nothing was removed\./)
    await expect(client.runs.remove({ runId: queued?.runId ?? '' })).rejects.toThrow('mtl seed 2 is queued')
    expect(await client.bin.list()).toEqual([])
    const { binId } = await client.corpora.remove({ corpusId, cancelRuns: true })
    expect(await client.system.tasks()).toEqual([])
    await client.bin.restore({ binId })
    const seen = (await client.runs.list()).map(({ status, epoch }) => [status, epoch > 0])
    expect(seen).toEqual([
      ['cancelled', false],
      ['cancelled', true],
    ])
  })
})

describe('removing a run', () => {
  it('tells which runs started from it, and leaves them', async () => {
    const folder = temporaryFolder()
    await fill(folder)
    const client = createLocalClient((await openTestServices(folder)).handlers)
    expect(await client.runs.removal({ runId: 'mtl-1' })).toEqual({
      ...{ name: 'mtl seed 1', content: null, runs: ['mtl seed 1'], activeRuns: [] },
      ...{ startedFromThem: ['mtl seed 2'], extractions: 1, sizeMb: expect.closeTo(3, 1) as number },
    })
    await client.runs.remove({ runId: 'mtl-1' })
    expect((await client.runs.list()).map(({ runId }) => runId)).toEqual(['mtl-2'])
  })

  it('whose corpus is in the bin too comes back only where that is decided: both, or the run alone', async () => {
    const folder = temporaryFolder()
    const { corpusId } = await fill(folder)
    const client = createLocalClient((await openTestServices(folder)).handlers)
    const ofRun = await client.runs.remove({ runId: 'mtl-1' })
    const ofCorpus = await client.corpora.remove({ corpusId })
    await expect(client.bin.restore({ binId: ofRun.binId })).rejects.toThrow(
      'mtl seed 1 learnt from "made", which is in the bin too. Restore both, or the run alone',
    )
    expect(await client.bin.restore({ binId: ofRun.binId, corpus: 'alone' })).toMatchObject({ names: ['mtl seed 1'] })
    expect(await client.corpora.list()).toEqual([])
    const again = await client.runs.remove({ runId: 'mtl-1' })
    expect(await client.bin.restore({ binId: again.binId, corpus: 'both' })).toMatchObject({
      names: ['made', 'mtl seed 2', 'mtl seed 1'],
    })
    expect(await client.bin.list()).toEqual([])
    expect(ofCorpus.corpusName).toBe('made')
  })
})

describe('erasing', () => {
  it('takes checkpoints from the disk, and only those of the entry', async () => {
    const folder = temporaryFolder()
    await fill(folder)
    const client = createLocalClient((await openTestServices(folder)).handlers)
    const { binId } = await client.runs.remove({ runId: 'mtl-1' })
    await client.bin.erase({ binId })
    expect([1, 2].map((seed) => existsSync(checkpoint(folder, `mtl-${seed}`)))).toEqual([false, true])
    await expect(client.bin.restore({ binId })).rejects.toThrow(`There is no entry ${binId}`)
  })

  it('answers when the sentences have left the database, however often something is erased', async () => {
    const folder = temporaryFolder()
    const { corpusId } = await fill(folder)
    const services = await openTestServices(folder)
    const client = createLocalClient(services.handlers)
    await client.bin.erase({ binId: (await client.corpora.remove({ corpusId })).binId })
    const second = await importTiny(services, { train: 6 })
    await client.bin.erase({ binId: (await client.corpora.remove({ corpusId: second })).binId })
    await services.close()
    const workspace = openWorkspace(folder)
    onTestFinished(() => workspace.close())
    expect(workspace.eraser.step()).toBe(false)
  })

  it('that was stopped goes on while the next program closes, so that short commands come to an end with it too', async () => {
    const folder = temporaryFolder()
    const workspace = openWorkspace(folder)
    const sentences = Array.from({ length: 2_000 }, (_, at) => [`Jon met Ada${at}`] as const)
    workspace.bin.erase(workspace.bin.putCorpus(makeCorpus(workspace, tripleDocs(...sentences)), [], 'Ada'))
    workspace.close()
    await (await openTestServices(folder)).close()
    const again = openWorkspace(folder)
    onTestFinished(() => again.close())
    expect(again.eraser.step()).toBe(false)
  })

  it('is made up for when the workspace opens, where the program was killed before the files were gone', async () => {
    const folder = temporaryFolder()
    await fill(folder)
    const workspace = openWorkspace(folder)
    workspace.bin.erase(workspace.bin.putRun('mtl-1', 'Ada'))
    workspace.close()
    // somebody else's folder is none of ours
    mkdirSync(checkpoint(folder, 'mine'))
    writeFileSync(path.join(checkpoint(folder, 'mine'), 'a.txt'), 'mine')
    await openTestServices(folder)
    expect(['mtl-1', 'mtl-2', 'mine'].map((name) => existsSync(checkpoint(folder, name)))).toEqual([false, true, true])
  })

  it('happens by itself thirty days after the removal, when the workspace opens', async () => {
    const folder = temporaryFolder()
    const { corpusId } = await fill(folder)
    const config = path.join(folder, 'config')
    const day = 86_400_000
    let now = 1_000
    const open = () => openServices({ workspace: folder, config, compute: createProcessHost(), now: () => now })
    const first = await open()
    await first.handlers.corpora.remove({ corpusId, keepRuns: false, cancelRuns: false })
    await first.close()
    now += binDays * day - 1
    const second = await open()
    expect(await second.handlers.bin.list()).toHaveLength(1)
    await second.close()
    now += 1
    const third = await open()
    expect(await third.handlers.bin.list()).toEqual([])
    expect(existsSync(checkpoint(folder, 'mtl-2'))).toBe(false)
    await third.close()
  })
})
