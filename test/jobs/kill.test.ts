/** A job that is killed at any moment goes on, and comes to the very bytes of one that was never stopped. */
import { spawn } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, it } from 'vitest'
import type { Handlers } from '#main/api/handlers'
import { runRequest } from '#main/api/runs'
import { createProcessHost } from '#main/compute/host'
import { openServices } from '#main/services/services'
import { openBackup } from '#main/storage/backup/read-backup'
import { openWorkspace } from '#main/storage/workspace'
import { extractAll } from '../support/extracted.ts'
import { importTiny, temporaryFolder } from '../support/services.ts'
import { trainTiny } from '../support/trained.ts'

const entry = path.join(import.meta.dirname, '..', 'support', 'job-entry.ts')

type Moment = readonly ['begun' | 'saved', afterMs: number]

/** Lets the job go on until it is killed at a moment, or to its end; answers with how it stands, or null when it was killed. */
function goOn(workspace: string, config: string, moment: Moment | null): Promise<string | null> {
  return new Promise((resolve, reject) => {
    const words = [entry, workspace, config, ...(moment ?? []).map(String)]
    const child = spawn(process.execPath, words, { stdio: ['ignore', 'pipe', 'pipe'] })
    let said = ''
    let complaint = ''
    child.stderr.on('data', (text: Buffer) => (complaint += text.toString()))
    child.stdout.on('data', (text: Buffer) => (said += text.toString()))
    child.once('close', (code, signal) => {
      if (signal === 'SIGKILL') resolve(null)
      else if (code === 0) resolve(said.trimEnd())
      else reject(new Error(`it ended by itself: ${complaint}`))
    })
  })
}

it('an extraction that is killed again and again writes what one writes that is left alone', async () => {
  const home = temporaryFolder()
  const [workspace, config] = [path.join(home, 'workspace'), path.join(home, 'config')]
  const texts = path.join(home, 'texts.jsonl')
  // every tenth document has the words of another, and some cannot be read
  const line = (at: number) =>
    at % 97 === 1 ? '{"text": 5}' : `{"text": "Ada Hall ${at % 10 === 0 ? 0 : at} leads Norvik."}`
  writeFileSync(texts, Array.from({ length: 12_000 }, (_, at) => `${line(at)}\n`).join(''))
  const services = await openServices({ workspace, config, compute: createProcessHost() })
  const runId = await trainTiny(services, await importTiny(services, { train: 12, dev: 6, test: 6 }))
  const outputs = ['straight', 'killed'].map((name) => path.join(home, `${name}.jsonl`))
  const [straight = '', killed = ''] = outputs
  const begin = (output: string) =>
    services.handlers.extraction.start({
      ...{ runId, files: [{ path: texts }] },
      output: { path: output, format: 'jsonl', replace: false },
    })
  const first = await begin(straight)
  const isOver = async () =>
    (await services.handlers.extraction.get({ extractionId: first.extractionId })).status === 'finished'
  await expect.poll(isOver, { timeout: 60_000 }).toBe(true)
  const second = await begin(killed)
  await services.close()
  const interrupted = openWorkspace(workspace)
  expect(interrupted.jobs.find(second.jobId ?? 0).state).toBe('interrupted')
  interrupted.close()

  const moments: readonly Moment[] = [
    ['begun', 0],
    ['saved', 0],
    ['saved', 2],
  ]
  for (const moment of moments) expect(await goOn(workspace, config, moment)).toBeNull()
  expect(await goOn(workspace, config, null)).toBe('finished')
  expect(readFileSync(killed, 'utf8')).toBe(readFileSync(straight, 'utf8'))
  const after = openWorkspace(workspace)
  try {
    const [once, again] = [first, second].map(({ extractionId }) => after.extractions.find(extractionId))
    const counts = ({ documents, sentences, triples, failures, status }: NonNullable<typeof once>) => ({
      ...{ documents, sentences, triples, failures, status },
    })
    expect(once).toMatchObject({ documents: 12_000, failures: 124 })
    expect(again && counts(again)).toEqual(once && counts(once))
    expect(after.extractions.documents(second.extractionId, 0, 1000)).toEqual(
      after.extractions.documents(first.extractionId, 0, 1000),
    )
  } finally {
    after.close()
  }
}, 180_000)

it('a training that is killed again and again comes to the weights of one that is left alone', async () => {
  const home = temporaryFolder()
  const [workspace, config] = [path.join(home, 'workspace'), path.join(home, 'config')]
  const services = await openServices({ workspace, config, compute: createProcessHost() })
  const corpusId = await importTiny(services)
  const asked = runRequest.parse({
    ...{ corpusId, variants: ['mtl'], seeds: [1], backend: 'wasm', threads: 1 },
    model: { wordDimension: 12, hidden: 12, casingDimension: 4 },
    training: { epochs: 6, batchSize: 1, learningRate: 0.01, patience: 6 },
  })
  const train = async () => (await services.handlers.runs.start(asked))[0]?.runId ?? ''
  const straight = await train()
  const statusOf = async () => (await services.handlers.runs.get({ runId: straight })).run.status
  await expect.poll(statusOf, { timeout: 60_000 }).toBe('finished')
  const killed = await train()
  await services.close()

  const moments: readonly Moment[] = [
    ['begun', 300],
    ['saved', 0],
    ['saved', 30],
  ]
  for (const moment of moments) expect(await goOn(workspace, config, moment)).toBeNull()
  expect(await goOn(workspace, config, null)).toBe('finished')
  const after = openWorkspace(workspace)
  try {
    const numbersOf = (runId: string) =>
      after.runs.points(runId).map(({ epoch, step, losses, dev }) => ({ epoch, step, losses, dev }))
    expect(after.runs.find(killed)).toMatchObject({ status: 'finished', epoch: 6, failure: null })
    expect(numbersOf(killed)).toEqual(numbersOf(straight))
    const weightsOf = async (runId: string) => (await after.checkpoints.read(runId, 'best'))?.['weights.safetensors']
    const weights = await weightsOf(straight)
    expect(weights?.byteLength).toBeGreaterThan(1000)
    expect(await weightsOf(killed)).toEqual(weights)
  } finally {
    after.close()
  }
}, 180_000)

it('whatever else is killed is done by the same job later', async () => {
  const home = temporaryFolder()
  const [workspace, config] = [path.join(home, 'workspace'), path.join(home, 'config')]
  const open = () => openServices({ workspace, config, compute: createProcessHost() })
  const first = await open()
  const corpusId = await importTiny(first)
  const runId = await trainTiny(first, corpusId, {
    ...{ variants: ['pmei'], model: { wordDimension: 4, hidden: 4 }, training: { epochs: 1, batchSize: 12 } },
  })
  const { extractionId } = await extractAll(first, { runId, files: [{ name: 'a.txt', text: 'Ada sings.' }] })
  await first.close()
  const [place, rows] = [path.join(home, 'copy.zip'), path.join(home, 'rows.csv')]

  const acts = [
    ({ runs }: Handlers) => runs.evaluate({ runId, split: 'dev' }),
    ({ runs }: Handlers) => runs.tune({ runId }),
    ({ runs }: Handlers) => runs.spread({ runId, split: 'dev', draws: 3 }),
    ({ corpora }: Handlers) => corpora.statistics({ corpusId }),
    ({ results }: Handlers) =>
      results.export({
        ...{ extractionId, format: 'csv', filter: {}, byteOrderMark: false, rawCells: false },
        ...{ path: rows, replace: false, taskId: 'export' },
      }),
    ({ workspaces }: Handlers) => workspaces.backUp({ place, taskId: 'backup' }),
  ]
  for (const [at, act] of acts.entries()) {
    const services = await open()
    const asked = act(services.handlers).then(
      () => 'done',
      () => 'stopped',
    )
    await services.close()
    expect([at, await asked]).toEqual([at, 'stopped'])
    expect(await goOn(workspace, config, ['begun', at * 20])).toBeNull()
    expect(await goOn(workspace, config, null)).toBe('finished')
  }
  const last = await open()
  const { stored } = await last.handlers.runs.evaluation({ runId, split: 'dev' })
  expect([stored?.sentences, stored?.changedSentences, stored?.spread?.draws]).toEqual([12, 0, 3])
  expect((await last.handlers.runs.get({ runId })).run.thresholds).not.toBeNull()
  expect(readFileSync(rows, 'utf8')).toMatch(/^document/)
  const kept = await last.handlers.corpora.statistics({ corpusId, orKept: true })
  expect(kept.splits.map(({ sentences }) => sentences)).toEqual([60, 12, 12])
  await last.close()
  const { manifest } = await openBackup(place)
  expect(manifest.content).toEqual({ corpora: 1, sentences: 84, runs: 1 })
})
