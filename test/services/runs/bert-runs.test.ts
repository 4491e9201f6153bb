/** Runs on a BERT as a person starts them: its folder is read whole or refused, kept, and not needed afterwards. */
import { cpSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { runRequest, type RunRequest } from '#main/api/runs'
import type { Run } from '#main/runs/run'
import type { Services } from '#main/services/services'
import { bertFolder } from '../../support/bert-folder.ts'
import { importTiny, openTestServices, temporaryFolder } from '../../support/services.ts'

function request(corpusId: number, folder: string, isFrozen: boolean, change: object = {}): RunRequest {
  return runRequest.parse({
    corpusId,
    variants: ['pmei'],
    seeds: [1],
    encoder: { folder, isFrozen },
    training: { epochs: 2, batchSize: 10, learningRate: 0.01 },
    backend: 'wasm',
    ...change,
  })
}

/** Polls until it is no longer queued or running. */
async function settled({ handlers }: Services, { runId }: Pick<Run, 'runId'>): Promise<Run> {
  for (;;) {
    const { run } = await handlers.runs.get({ runId })
    if (run.status !== 'queued' && run.status !== 'running') return run
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

/** A copy that the test may take away. */
function copyFolder(workspace: string): string {
  const folder = path.join(workspace, 'bert')
  cpSync(bertFolder, folder, { recursive: true })
  return folder
}

const start = async ({ handlers }: Services, asked: RunRequest): Promise<Run> => {
  const [run] = await handlers.runs.start(asked)
  if (!run) throw new Error('No run was started')
  return run
}

describe.each([false, true])('a run on a BERT that is frozen: %s', (isFrozen) => {
  it('is trained, read, and started from again, after its folder is gone', async () => {
    const workspace = temporaryFolder()
    const services = await openTestServices(workspace)
    const corpusId = await importTiny(services)
    const folder = copyFolder(workspace)
    const run = await settled(services, await start(services, request(corpusId, folder, isFrozen)))
    expect(run).toMatchObject({
      status: 'finished',
      failure: null,
      config: { model: { encoder: { kind: 'bert', isFrozen } } },
    })
    rmSync(folder, { recursive: true })
    const { sentences } = await services.handlers.runs.evaluate({ runId: run.runId, split: 'test' })
    expect(sentences).toBe(12)
    const [row] = await services.handlers.runs.list()
    expect(row?.runId).toBe(run.runId)
    expect(readdirSync(path.join(workspace, 'encoders'))).toHaveLength(1)
  })
})

describe('a folder that is no BERT', () => {
  it.each([
    ['is not there', (folder: string) => rmSync(folder, { recursive: true }), /There is no folder .*bert/],
    [
      'has no weights',
      (folder: string) => rmSync(path.join(folder, 'model.safetensors')),
      /bert: The folder has no model\.safetensors/,
    ],
    [
      'is of another kind',
      (folder: string) => writeFileSync(path.join(folder, 'config.json'), '{"model_type":"gpt2"}'),
      /bert: config\.json: expected a "model_type" that is read \(bert, .*\), found "gpt2"/,
    ],
    [
      'names a shard elsewhere',
      (folder: string) => {
        rmSync(path.join(folder, 'model.safetensors'))
        const index = '{"weight_map":{"a":"../outside.safetensors"}}'
        writeFileSync(path.join(folder, 'model.safetensors.index.json'), index)
        writeFileSync(path.join(folder, '../outside.safetensors'), 'x')
      },
      /bert: model\.safetensors\.index\.json, "weight_map": .* found "\.\.\/outside\.safetensors"/,
    ],
  ] as const)('because it %s is named, and no run is made', async (_what, spoil, message) => {
    const workspace = temporaryFolder()
    const services = await openTestServices(workspace)
    const corpusId = await importTiny(services, { train: 6 })
    const folder = copyFolder(workspace)
    spoil(folder)
    await expect(services.handlers.runs.start(request(corpusId, folder, false))).rejects.toThrow(message)
    await expect(services.handlers.runs.estimate(request(corpusId, folder, false))).rejects.toThrow(message)
    expect(await services.handlers.runs.list()).toEqual([])
  })

  it('with a tokenizer of far fewer pieces is told of in the estimate, since that is legal', async () => {
    const workspace = temporaryFolder()
    const services = await openTestServices(workspace)
    const corpusId = await importTiny(services, { train: 6 })
    const { notes } = await services.handlers.runs.estimate(request(corpusId, bertFolder, true))
    expect(notes.join()).not.toContain('word pieces')
    const folder = copyFolder(workspace)
    writeFileSync(path.join(folder, 'vocab.txt'), '[PAD]\n[UNK]\n[CLS]\n[SEP]\nthe\n')
    const estimate = await services.handlers.runs.estimate(request(corpusId, folder, true))
    expect(estimate.notes.join()).toContain('vocab.txt has 5 word pieces, the BERT has rows for 46')
  })

  it('has no sizes of an LSTM: one that is asked for beside it is refused by name', async () => {
    const workspace = temporaryFolder()
    const services = await openTestServices(workspace)
    const corpusId = await importTiny(services, { train: 6, dev: 3 })
    const asked = request(corpusId, bertFolder, true, { model: { hidden: 12 } })
    const refusal = 'LSTM units per direction cannot be set for a BERT, which has no LSTM: leave that out.'
    await expect(services.handlers.runs.estimate(asked)).rejects.toThrow(refusal)
    await expect(services.handlers.runs.start(asked)).rejects.toThrow(refusal)
    const withVectors = request(corpusId, bertFolder, true, { vectors: '/vectors.txt' })
    await expect(services.handlers.runs.start(withVectors)).rejects.toThrow(
      'Word vectors cannot be set for a BERT, which has no LSTM: leave that out.',
    )
  })

  it('cannot be widened: mtl-wide is refused by name', async () => {
    const services = await openTestServices(temporaryFolder())
    const corpusId = await importTiny(services, { train: 6 })
    const asked = request(corpusId, bertFolder, true, { variants: ['mtl-wide'] })
    await expect(services.handlers.runs.start(asked)).rejects.toThrow('mtl-wide widens the LSTM')
  })
})

describe('variants by definition', () => {
  it('make mtl-wide about as large as pmei, and take the KL terms away, whatever was asked for', async () => {
    const services = await openTestServices(temporaryFolder())
    const corpusId = await importTiny(services, { train: 6 })
    const variants = ['pmei', 'mtl-wide', 'pmei-without-kl']
    const sizes = { wordDimension: 8, hidden: 8, casingDimension: 2 }
    const asked = { variants, encoder: null, model: sizes, training: { epochs: 1, betaEntity: 0.5, betaRelation: 0.5 } }
    const runs = await services.handlers.runs.start(request(corpusId, bertFolder, true, asked))
    const [pmei, wide, free] = await Promise.all(runs.map(({ runId }) => services.handlers.runs.get({ runId })))
    expect((wide?.weights?.withoutVectors ?? 0) / (pmei?.weights?.withoutVectors ?? 1)).toBeCloseTo(1, 1)
    expect(free?.run.config.training).toMatchObject({ betaEntity: 0, betaRelation: 0 })
    expect(pmei?.run.config.training).toMatchObject({ betaEntity: 0.5 })
  })

  it('take what a preset says, and what was asked for before it', async () => {
    const services = await openTestServices(temporaryFolder())
    const corpusId = await importTiny(services, { train: 6, dev: 3, test: 3 })
    const asked = { encoder: null, preset: 'released', training: { epochs: 1, wordDropout: 0.5 } }
    const run = await start(services, request(corpusId, bertFolder, true, asked))
    expect(run.config).toMatchObject({ preset: 'released', model: { resetAfter: true } })
    expect(run.config.training).toMatchObject({
      order: 'file',
      selectOn: 'test',
      readsWith: 'sample',
      wordDropout: 0.5,
    })
    expect(await settled(services, run)).toMatchObject({ status: 'finished', failure: null })
  })
  it('drop nothing inside a BERT that is not trained, and say so', async () => {
    const services = await openTestServices(temporaryFolder())
    const corpusId = await importTiny(services, { train: 6, dev: 3, test: 3 })
    const asked = (isFrozen: boolean) => request(corpusId, bertFolder, isFrozen, { training: { innerDropout: 0.1 } })
    const { refusals } = await services.handlers.runs.estimate(asked(true))
    expect(refusals).toEqual([
      'Dropout inside the BERT is for a BERT that is trained: set it to 0, or train one (--encoder).',
    ])
    expect((await services.handlers.runs.estimate(asked(false))).refusals).toEqual([])
  })
})
