/** A bit that a disk has turned is never trained on or read with: what it is in is refused by name, or done without and told. */
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { AppEvent } from '#main/api/events'
import { runRequest, type RunRequest } from '#main/api/runs'
import type { MetricPoint, Run } from '#main/runs/run'
import { createProcessHost } from '#main/compute/host'
import { openServices, type Services } from '#main/services/services'
import { bertFolder } from '../../support/bert-folder.ts'
import { flipBit } from '../../support/flip-bit.ts'
import { importTiny, openTestServices, temporaryFolder } from '../../support/services.ts'

const epochs = 5

function request(corpusId: number, changes: object = {}): RunRequest {
  return runRequest.parse({
    corpusId,
    variants: ['mtl'],
    seeds: [1],
    model: { wordDimension: 8, hidden: 8, casingDimension: 4 },
    training: { epochs, batchSize: 6, learningRate: 0.02, patience: 100 },
    backend: 'wasm',
    threads: 1,
    ...changes,
  })
}

/** Follows what `act` starts until it settles, with all that was told; `onEvent` may act meanwhile. */
async function follow(
  { handlers }: Services,
  act: () => Promise<Run | readonly Run[]>,
  onEvent: (event: AppEvent) => void = () => undefined,
): Promise<{ run: Run; notices: string[]; points: MetricPoint[] }> {
  const events = await handlers.system.events()
  const [{ runId } = { runId: '' }] = [await act()].flat()
  const notices: string[] = []
  for await (const event of events) {
    onEvent(event)
    if (event.type === 'notice') notices.push(event.message)
    if (event.type !== 'run' || event.run.runId !== runId || ['queued', 'running'].includes(event.run.status)) continue
    return { run: event.run, notices, points: [...(await handlers.runs.get({ runId })).points] }
  }
  throw new Error('the services closed')
}

const numbersOf = (points: readonly MetricPoint[]) => points.map(({ epoch, losses, dev }) => ({ epoch, losses, dev }))

/** A copy of the workspace that the test may damage. */
function copyOf(workspace: string): string {
  const copy = temporaryFolder()
  cpSync(workspace, copy, { recursive: true })
  return copy
}

/** Where the checkpoints of the only run lie. */
function runFolder(workspace: string): string {
  const [runId = ''] = readdirSync(path.join(workspace, 'checkpoints'))
  return path.join(workspace, 'checkpoints', runId)
}

let cancelled = { workspace: '', epoch: 0 }
beforeAll(async () => {
  cancelled = await cancelledRun(mkdtempSync(path.join(tmpdir(), 'espalier-')))
})
afterAll(() => rmSync(cancelled.workspace, { recursive: true, force: true }))

/** A workspace with a run that was cancelled in its third epoch or a little later: it has all three kinds of checkpoints. */
async function cancelledRun(workspace: string): Promise<{ workspace: string; epoch: number }> {
  const services = await openServices({
    ...{ workspace, config: path.join(workspace, 'config'), compute: createProcessHost() },
  })
  const corpusId = await importTiny(services, { train: 240, dev: 6, test: 6 })
  const start = () => services.handlers.runs.start(request(corpusId))
  const { run } = await follow(services, start, (event) => {
    if (event.type === 'run-progress' && event.progress.epoch === 3 && event.progress.stepInEpoch === 1)
      void services.handlers.runs.cancel({ runId: event.progress.runId })
  })
  expect(run.status).toBe('cancelled')
  await services.close()
  expect(readdirSync(runFolder(workspace)).sort()).toEqual(['best', 'last', 'within'])
  return { workspace, epoch: run.epoch }
}

async function resume(workspace: string) {
  const services = await openTestServices(workspace)
  const [run] = await services.handlers.runs.list()
  const outcome = await follow(services, () => services.handlers.runs.resume({ runId: run?.runId ?? '' }))
  await services.close()
  return outcome
}

describe('a run that goes on', () => {
  it('comes to the same numbers from an earlier checkpoint where a later one is damaged, and notes it', async () => {
    const { workspace, epoch } = cancelled
    const whole = await resume(copyOf(workspace))
    expect(whole.run).toMatchObject({ status: 'finished', epoch: epochs })

    const one = copyOf(workspace)
    const weights = path.join(runFolder(one), 'within', 'weights.safetensors')
    flipBit(weights, -100)
    const fromLast = await resume(one)
    const note = `${weights} is damaged: its SHA-256 is not the one in SHA256SUMS beside it. Training goes on from the end of epoch ${epoch}, instead: what came after is done again.`
    expect(fromLast.run).toMatchObject({ status: 'finished', failure: null })
    expect(fromLast.run.notes).toContain(note)
    expect(fromLast.notices).toEqual([`${fromLast.run.name}: ${note}`])
    expect(numbersOf(fromLast.points)).toEqual(numbersOf(whole.points))

    const two = copyOf(workspace)
    flipBit(path.join(runFolder(two), 'within', 'optimizer.safetensors'), -1)
    flipBit(path.join(runFolder(two), 'last', 'vocabulary.txt'), 9)
    const fromBest = await resume(two)
    expect(fromBest.run.notes?.join('\n')).toMatch(
      /within.optimizer\.safetensors is damaged.*, and .*last.vocabulary\.txt is damaged.*best epoch, \d/,
    )
    expect(numbersOf(fromBest.points)).toEqual(numbersOf(whole.points))
  })

  it('is refused by the names of its files where every checkpoint is damaged, and can be resumed when they are back', async () => {
    const { workspace } = cancelled
    const damaged = copyOf(workspace)
    for (const kind of ['within', 'last', 'best']) flipBit(path.join(runFolder(damaged), kind, 'metrics.json'), 77)
    const { run } = await resume(damaged)
    expect(run.status).toBe('interrupted')
    expect(run.failure).toMatch(
      /cannot go on: .*within.*, and .*last.*, and .*best.metrics\.json is damaged.*Restore .* from a backup, or train a new run/,
    )
    rmSync(path.join(damaged, 'checkpoints'), { recursive: true })
    cpSync(path.join(workspace, 'checkpoints'), path.join(damaged, 'checkpoints'), { recursive: true })
    expect((await resume(damaged)).run.status).toBe('finished')
  })
})

describe('a trained model', () => {
  it('of which any file was damaged is read with by nobody, and each says which file', async () => {
    const workspace = copyOf(cancelled.workspace)
    rmSync(path.join(runFolder(workspace), 'last'), { recursive: true })
    const best = path.join(runFolder(workspace), 'best')
    const services = await openTestServices(workspace)
    const { handlers } = services
    const [run] = await handlers.runs.list()
    const [corpus] = await handlers.corpora.list()
    const { runId = '' } = run ?? {}
    const { corpusId = 0 } = corpus ?? {}
    const { items } = await handlers.annotations.queue({
      corpusId,
      order: 'all',
      runId: null,
      filter: {},
      againstRunId: null,
      offset: 0,
      limit: 1,
    })
    const readers = {
      extract: () => handlers.extraction.text({ runId, text: 'Ada Lund founded Orbisk .' }),
      evaluate: () => handlers.runs.evaluate({ runId, split: 'test' }),
      suggest: () => handlers.annotations.predict({ runId, sentenceIds: items.map(({ sentenceId }) => sentenceId) }),
    }
    const names = readdirSync(best).filter((name) => name !== 'optimizer.safetensors')
    expect(names.sort()).toEqual(['SHA256SUMS', 'config.json', 'metrics.json', 'vocabulary.txt', 'weights.safetensors'])
    for (const name of names)
      for (const bit of [0, readFileSync(path.join(best, name)).length * 4 + 3, -1]) {
        flipBit(path.join(best, name), bit)
        for (const reading of Object.values(readers))
          await expect(reading()).rejects.toThrow(
            /best checkpoint of mtl seed 1 cannot be used: .*best.*is (damaged|missing).*Restore .* from a backup, or train a new run/,
          )
        flipBit(path.join(best, name), bit)
      }
    flipBit(path.join(best, 'weights.safetensors'), -9)
    const started = await follow(services, () => handlers.runs.start(request(corpusId, { fromRunId: runId })))
    expect(started.run.failure).toMatch(
      /best checkpoint of mtl seed 1 cannot be used: .*weights\.safetensors is damaged/,
    )
    flipBit(path.join(best, 'weights.safetensors'), -9)
    await expect(readers.extract()).resolves.toMatchObject({ failure: null })
  })

  it('is read from its last checkpoint where that is of the same epoch, which is told once', async () => {
    const workspace = temporaryFolder()
    const services = await openTestServices(workspace)
    const { handlers } = services
    const corpusId = await importTiny(services, { train: 24, dev: 6, test: 6 })
    const asked = request(corpusId, { training: { epochs: 1, batchSize: 6, learningRate: 0.02 } })
    const {
      run: { runId },
    } = await follow(services, () => handlers.runs.start(asked))
    const text = 'Ada Lund founded Orbisk .'
    const whole = await handlers.extraction.text({ runId, text })
    flipBit(path.join(runFolder(workspace), 'best', 'vocabulary.txt'), 11)
    const events = await handlers.system.events()
    expect(await handlers.extraction.text({ runId, text })).toEqual(whole)
    expect(await handlers.extraction.text({ runId, text })).toEqual(whole)
    await services.close()
    const notices: string[] = []
    for await (const event of events) if (event.type === 'notice') notices.push(event.message)
    expect(notices).toEqual([
      `mtl seed 1: ${path.join(runFolder(workspace), 'best', 'vocabulary.txt')} is damaged: its SHA-256 is not the one in SHA256SUMS beside it. The last checkpoint, which is of the same epoch, is used instead.`,
    ])
  })
})

describe('the copy of an encoder', () => {
  it('that is damaged is made again from its folder, and refused by name where that is gone', async () => {
    const workspace = temporaryFolder()
    const folder = path.join(temporaryFolder(), 'bert')
    cpSync(bertFolder, folder, { recursive: true })
    const services = await openTestServices(workspace)
    const { handlers } = services
    const corpusId = await importTiny(services, { train: 12, dev: 6, test: 6 })
    const asked = request(corpusId, {
      encoder: { folder, isFrozen: true },
      model: {},
      training: { epochs: 1, batchSize: 6 },
    })
    const {
      run: { runId, status },
    } = await follow(services, () => handlers.runs.start(asked))
    expect(status).toBe('finished')
    const [sha256 = ''] = readdirSync(path.join(workspace, 'encoders'))
    const copy = path.join(workspace, 'encoders', sha256)
    const text = 'Ada Lund founded Orbisk .'
    await handlers.runs.calibrate({ runId }) // triples say what that states
    const whole = await handlers.extraction.text({ runId, text })
    for (const name of ['config.json', 'vocab.txt', 'model.safetensors']) {
      const untouched = readFileSync(path.join(copy, name))
      flipBit(path.join(copy, name), 21)
      const events = await handlers.system.events()
      expect(await handlers.extraction.text({ runId, text })).toEqual(whole)
      for await (const event of events)
        if (event.type === 'notice') {
          expect(event.message).toContain(`${path.join(copy, name)} is damaged`)
          expect(event.message).toContain(`It was copied again from ${folder}`)
          break
        }
      expect(readFileSync(path.join(copy, name)).equals(untouched)).toBe(true)
    }
    rmSync(folder, { recursive: true })
    flipBit(path.join(copy, 'model.safetensors'), -1)
    await expect(handlers.extraction.text({ runId, text })).rejects.toThrow(
      `${path.join(copy, 'model.safetensors')} is damaged: its SHA-256 is not the one in SHA256SUMS beside it, and ${folder}, which it was copied from, does not hold that encoder any more. Put either back, or train a new run.`,
    )
    // one from before sums were kept has only its name to be judged by
    rmSync(path.join(copy, 'SHA256SUMS'))
    await expect(handlers.extraction.text({ runId, text })).rejects.toThrow(
      `${copy} is damaged: its files do not have the SHA-256`,
    )
  })
})
