/** A job of any kind that is killed at one of its writes goes on, and comes to what one comes to that was never stopped. */
import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createProcessHost } from '#main/compute/host'
import { isUnderWay } from '#main/jobs/job'
import { openServices, type Services } from '#main/services/services'
import { openBackup } from '#main/storage/backup/read-backup'
import { openDatabase } from '#main/storage/database'
import { openWorkspace } from '#main/storage/workspace'
import { extractRequest, trainRequest, type JobAct, type Prepared } from '../support/job-acts.ts'
import { madeDocuments } from '../support/made-results.ts'
import { importTiny } from '../support/services.ts'
import { trainTiny } from '../support/trained.ts'

const entry = path.join(import.meta.dirname, '..', 'support', 'job-entry.ts')
const home = mkdtempSync(path.join(tmpdir(), 'espalier-kill-'))
const [workspace, config] = [path.join(home, 'workspace'), path.join(home, 'config')]
const straight = path.join(home, 'straight.jsonl')
afterAll(() => rmSync(home, { recursive: true, force: true }))

const open = (): Promise<Services> => openServices({ workspace, config, compute: createProcessHost() })

/** Resolves when no job works or waits. */
async function untilIdle({ handlers }: Services): Promise<void> {
  while ((await handlers.jobs.list({ offset: 0, limit: 20 })).jobs.some(isUnderWay))
    await new Promise((resolve) => setTimeout(resolve, 20))
}

let made: Prepared
/** The run and the extraction of jobs that were left alone. */
let alone: { readonly runId: string; readonly extractionId: number }

beforeAll(async () => {
  const texts = path.join(home, 'texts.jsonl')
  // every tenth document has the words of another, and some cannot be read
  const line = (at: number) =>
    at % 97 === 1 ? '{"text": 5}' : `{"text": "Ada Hall ${at % 10 === 0 ? 0 : at} leads Norvik."}`
  writeFileSync(texts, Array.from({ length: 600 }, (_, at) => `${line(at)}\n`).join(''))
  const extractionId = madeExtraction()
  const services = await open()
  const corpusId = await importTiny(services, { train: 30, dev: 6, test: 6 })
  const runId = await trainTiny(services, corpusId, {
    ...{ variants: ['pmei'], model: { wordDimension: 4, hidden: 4 }, training: { epochs: 1, batchSize: 12 } },
  })
  made = { corpusId, runId, extractionId, texts, folder: home }
  const [run] = await services.handlers.runs.start(trainRequest(made))
  const { start } = services.handlers.extraction
  const extracted = await start(extractRequest(made, straight) as Parameters<typeof start>[0])
  await untilIdle(services)
  alone = { runId: run?.runId ?? '', extractionId: extracted.extractionId }
  await services.close()
}, 120_000)

/** A run is calibrated once it is trained; here a job is to do that. */
function forgetCalibrations(): void {
  const database = openDatabase(path.join(workspace, 'espalier.sqlite'))
  database.run('DELETE FROM run_calibration')
  database.close()
}

/** An extraction whose results are made up. */
function madeExtraction(): number {
  const fresh = openWorkspace(workspace)
  const extractionId = fresh.extractions.create({
    ...{ runId: 'gone', runName: 'gone', title: 'made', output: null, createdMs: 1 },
  })
  const documents = [...madeDocuments({ documents: 12, sentences: 3, names: 9 })]
  fresh.extractions.addDocuments(
    extractionId,
    documents.map((document) => ({ document, digest: Buffer.from(document.document) })),
  )
  fresh.close()
  return extractionId
}

/** Begins a job, or lets it go on, in a program that kills itself at one of its writes; rejects when that came to its end before. */
function workUntilKilled(kind: JobAct, way: 'begin' | 'resume', fatalWrite: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const words = [entry, workspace, config, kind, way, String(fatalWrite), JSON.stringify(made)]
    const child = spawn(process.execPath, words, { stdio: ['ignore', 'pipe', 'pipe'] })
    let said = ''
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (text: Buffer) => (said += text.toString()))
    child.once('close', (_, signal) => {
      if (signal === 'SIGKILL') resolve()
      else reject(new Error(`${kind} ended by itself: ${said}`))
    })
  })
}

interface Row {
  readonly kind: JobAct
  /** Numbers of the writes at which it is killed: the first since it began, each further one since it went on. */
  readonly kills: readonly number[]
  readonly before?: () => void
  /** Compares what it came to. */
  readonly check: (services: Services) => Promise<void>
}

const rows: readonly Row[] = [
  { kind: 'extract', kills: [20, 150, 200], check: sameExtraction },
  { kind: 'train', kills: [30, 40], check: sameWeights },
  {
    ...{ kind: 'score', kills: [15] },
    async check({ handlers }) {
      const { stored } = await handlers.runs.evaluation({ runId: made.runId, split: 'dev' })
      expect([stored?.sentences, stored?.changedSentences]).toEqual([6, 0])
    },
  },
  {
    ...{ kind: 'tune', kills: [18] },
    async check({ handlers }) {
      expect((await handlers.runs.get({ runId: made.runId })).run.thresholds).not.toBeNull()
    },
  },
  {
    ...{ kind: 'calibrate', kills: [4], before: forgetCalibrations },
    async check({ handlers }) {
      expect(await handlers.runs.calibration({ runId: made.runId })).not.toBeNull()
    },
  },
  {
    ...{ kind: 'spread', kills: [25] },
    async check({ handlers }) {
      const { stored } = await handlers.runs.evaluation({ runId: made.runId, split: 'dev' })
      expect(stored?.spread?.draws).toBe(3)
    },
  },
  {
    ...{ kind: 'statistics', kills: [15] },
    async check({ handlers }) {
      const kept = await handlers.corpora.statistics({ corpusId: made.corpusId, orKept: true })
      expect(kept.splits.map(({ sentences }) => sentences)).toEqual([30, 6, 6])
    },
  },
  {
    ...{ kind: 'export', kills: [12] },
    async check() {
      expect(readFileSync(path.join(home, 'rows.csv'), 'utf8')).toMatch(/^document/)
    },
  },
  {
    ...{ kind: 'sample', kills: [30] },
    async check({ handlers }) {
      const drawn = await handlers.samples.list({ extractionId: made.extractionId })
      expect(drawn).toHaveLength(1)
      const { items } = await handlers.samples.items({ sampleId: drawn[0]?.sampleId ?? 0, offset: 0, limit: 50 })
      expect(items).toHaveLength(20)
    },
  },
  {
    ...{ kind: 'experiment', kills: [80] },
    async check({ handlers }) {
      const [found] = await handlers.experiments.list()
      expect(found?.runs).toMatchObject({ finished: 1, failed: 0, interrupted: 0 })
      const { candidates } = await handlers.experiments.get({ experimentId: found?.experimentId ?? '' })
      const runId = candidates[0]?.runs[0]?.runId ?? ''
      expect((await handlers.runs.evaluation({ runId, split: 'dev' })).stored?.sentences).toBe(6)
    },
  },
  {
    ...{ kind: 'backup', kills: [15] },
    async check() {
      const { manifest } = await openBackup(path.join(home, 'copy.zip'))
      expect(manifest.content).toMatchObject({ corpora: 1, sentences: 42 })
    },
  },
]

for (const { kind, kills, before, check } of rows)
  it(`a job of the kind ${kind} that is killed comes to what it would have come to`, async () => {
    before?.()
    for (const [at, write] of kills.entries()) await workUntilKilled(kind, at === 0 ? 'begin' : 'resume', write)
    const services = await open()
    try {
      const { jobs } = await services.handlers.jobs.list({ offset: 0, limit: 20 })
      const stopped = jobs.find((job) => job.kind === kind && job.state === 'interrupted')
      expect(stopped, 'an interrupted job').toBeDefined()
      const jobId = stopped?.jobId ?? 0
      await services.handlers.jobs.resume({ jobId })
      await untilIdle(services)
      await check(services)
    } finally {
      await services.close()
    }
  }, 120_000)

async function sameExtraction({ handlers }: Services): Promise<void> {
  expect(readFileSync(path.join(home, 'killed.jsonl'), 'utf8')).toBe(readFileSync(straight, 'utf8'))
  const [killed] = await handlers.extraction.list()
  const [again, once] = await Promise.all(
    [killed?.extractionId ?? 0, alone.extractionId].map(async (extractionId) => {
      const { documents, sentences, triples, failures, status } = await handlers.extraction.get({ extractionId })
      const found = await handlers.extraction.results({ extractionId, offset: 0, limit: 1000 })
      return { documents, sentences, triples, failures, status, found: found.documents }
    }),
  )
  expect(once).toMatchObject({ documents: 600, failures: 7, status: 'finished' })
  expect(again).toEqual(once)
}

async function sameWeights({ handlers }: Services): Promise<void> {
  const runs = (await handlers.runs.list()).filter(({ config }) => config.variant === 'mtl')
  const killed = runs.find(({ runId }) => runId !== alone.runId)?.runId ?? ''
  const resultOf = async (runId: string) => {
    const { run, points } = await handlers.runs.get({ runId })
    return {
      status: run.status,
      epoch: run.epoch,
      points: points.map(({ epoch, step, losses, dev }) => ({ epoch, step, losses, dev })),
    }
  }
  const once = await resultOf(alone.runId)
  expect(once).toMatchObject({ status: 'finished', epoch: 3 })
  expect(await resultOf(killed)).toEqual(once)
  const weightsOf = (runId: string): Buffer =>
    readFileSync(path.join(workspace, 'checkpoints', runId, 'best', 'weights.safetensors'))
  expect(weightsOf(alone.runId).byteLength).toBeGreaterThan(1000)
  expect(weightsOf(killed).equals(weightsOf(alone.runId))).toBe(true)
}

it('leaves no word of the corpora and texts in the log, whatever was trained, extracted and killed', () => {
  const log = readFileSync(path.join(workspace, 'espalier.log'), 'utf8')
  expect(log).toContain('"kind":"train","state":"finished"')
  expect(log).toContain('"kind":"extract","state":"finished"')
  expect(log).not.toMatch(/Ilse|Dorn|Fernhall|Orbisk|Tarnow|located_in|Ada Hall|Norvik/)
})
