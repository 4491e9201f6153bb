/** Runs that start from the weights of another: they take over what the weights belong to. */
import { cpSync, rmSync, writeFileSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { runRequest, type RunRequest } from '#main/api/runs'
import type { Run } from '#main/runs/run'
import type { Services } from '#main/services/services'
import { bertFolder } from '../../support/bert-folder.ts'
import { importTiny, openTestServices, temporaryFolder } from '../../support/services.ts'

function request(corpusId: number, change: object = {}): RunRequest {
  return runRequest.parse({
    ...{ corpusId, variants: ['mtl'], seeds: [1], backend: 'wasm', threads: 1 },
    training: { epochs: 1, batchSize: 10, learningRate: 0.02 },
    ...change,
  })
}

const sizes = { wordDimension: 8, hidden: 6, casingDimension: 2 }

async function trained({ handlers }: Services, asked: RunRequest): Promise<Run> {
  const [started] = await handlers.runs.start(asked)
  for (;;) {
    const { run } = await handlers.runs.get({ runId: started?.runId ?? '' })
    if (run.status !== 'queued' && run.status !== 'running') {
      expect(run).toMatchObject({ status: 'finished', failure: null })
      return run
    }
    await new Promise((resolve) => setTimeout(resolve, 30))
  }
}

const from = ({ runId, config: { variant } }: Run, change: object = {}) => ({
  ...{ fromRunId: runId, variants: [variant] },
  ...change,
})

/** Another than `bertFolder`, by its hash. */
function secondBert(folder: string): string {
  const copy = path.join(folder, 'second-bert')
  cpSync(bertFolder, copy, { recursive: true })
  writeFileSync(path.join(copy, 'tokenizer_config.json'), '{"do_lower_case":false, "changed":1}')
  return copy
}

describe('a run from the weights of another', () => {
  it('has the very same model, whatever the preset or the variant made of it', async () => {
    const services = await openTestServices(temporaryFolder())
    const corpusId = await importTiny(services, { train: 12, dev: 6, test: 6 })
    for (const asked of [{ variants: ['pmei'], preset: 'released' }, { variants: ['mtl-wide'] }]) {
      const source = await trained(services, request(corpusId, { ...asked, model: sizes }))
      const run = await trained(services, request(corpusId, from(source)))
      expect(run.config.model).toEqual(source.config.model)
      expect(run.notes?.join()).not.toContain('begin afresh')
    }
  })

  it('is estimated with the sizes of that model', async () => {
    const services = await openTestServices(temporaryFolder())
    const corpusId = await importTiny(services, { train: 12, dev: 6 })
    const source = await trained(services, request(corpusId, { model: sizes }))
    const { weights } = await services.handlers.runs.get({ runId: source.runId })
    const estimate = await services.handlers.runs.estimate(request(corpusId, from(source)))
    expect(estimate.weights).toBe(weights?.all)
    expect(estimate.notes.join()).not.toContain('random numbers')
  })

  it('goes on with its word vectors, and says so where they are gone', async () => {
    const folder = temporaryFolder()
    const services = await openTestServices(path.join(folder, 'workspace'))
    const corpusId = await importTiny(services, { train: 12, dev: 6 })
    const vectors = path.join(folder, 'vectors.txt')
    writeFileSync(vectors, 'founded 1 2 3\nled 4 5 6\n')
    const model = { hidden: 6, casingDimension: 2 }
    const source = await trained(services, request(corpusId, { vectors, model }))
    const run = await trained(services, request(corpusId, from(source)))
    expect(run.config.vectors).toEqual(source.config.vectors)
    rmSync(vectors)
    const { notes } = await services.handlers.runs.estimate(request(corpusId, from(source)))
    expect(notes.join()).toContain('New words begin with random vectors: There is no word-vector file')
    const without = await trained(services, request(corpusId, from(source)))
    expect(without.config.vectors).toBeNull()
    expect(without.notes?.join()).toContain('New words begin with random vectors')
  })

  it('stands on the very same BERT, kept in the workspace, whatever its folder holds by now', async () => {
    const folder = temporaryFolder()
    const services = await openTestServices(path.join(folder, 'workspace'))
    const corpusId = await importTiny(services, { train: 12, dev: 6 })
    const bert = path.join(folder, 'bert')
    cpSync(bertFolder, bert, { recursive: true })
    const encoder = { folder: bert, isFrozen: true }
    const source = await trained(services, request(corpusId, { encoder }))
    const { estimate, start } = services.handlers.runs
    const { weights } = await services.handlers.runs.get({ runId: source.runId })
    expect((await estimate(request(corpusId, from(source)))).weights).toBe(weights?.all)
    await expect(start(request(corpusId, from(source, { encoder: { ...encoder, isFrozen: false } })))).rejects.toThrow(
      'The encoder of mtl seed 1 is frozen; a run that starts from its weights cannot have it fine-tuned.',
    )
    writeFileSync(path.join(bert, 'tokenizer_config.json'), '{"do_lower_case":false, "changed":1}')
    await expect(start(request(corpusId, from(source, { encoder })))).rejects.toThrow('holds another encoder now')
    rmSync(bert, { recursive: true })
    const run = await trained(services, request(corpusId, from(source)))
    expect(run.config.model.encoder).toEqual(source.config.model.encoder)
  })

  it('is told again that the BERT has rows for more pieces than its tokenizer, though the folder is gone', async () => {
    const folder = temporaryFolder()
    const services = await openTestServices(path.join(folder, 'workspace'))
    const corpusId = await importTiny(services, { train: 12, dev: 6 })
    const bert = path.join(folder, 'bert')
    cpSync(bertFolder, bert, { recursive: true })
    writeFileSync(path.join(bert, 'vocab.txt'), '[PAD]\n[UNK]\n[CLS]\n[SEP]\nled\n')
    const source = await trained(services, request(corpusId, { encoder: { folder: bert, isFrozen: true } }))
    const note = `${bert}: vocab.txt has 5 word pieces, the BERT has rows for 46`
    expect(source.notes?.join()).toContain(note)
    rmSync(bert, { recursive: true })
    const { notes } = await services.handlers.runs.estimate(request(corpusId, from(source)))
    expect(notes.join()).toContain(note)
    const run = await trained(services, request(corpusId, from(source)))
    expect(run.notes?.join()).toContain(note)
  })

  it('leaves no encoder behind when the last run on it is erased', async () => {
    const folder = temporaryFolder()
    const services = await openTestServices(folder)
    const corpusId = await importTiny(services, { train: 12, dev: 6 })
    const encoder = { folder: bertFolder, isFrozen: true }
    const runs = [
      await trained(services, request(corpusId, { encoder })),
      await trained(services, request(corpusId, { encoder })),
    ]
    const kept = () => ['encoders', 'states'].map((name) => readdirSync(path.join(folder, name)).length)
    for (const left of [1, 0]) {
      const { binId } = await services.handlers.runs.remove({ runId: runs[left]?.runId ?? '', cancelRuns: false })
      expect(kept()).toEqual([1, 1])
      await services.handlers.bin.erase({ binId })
      expect(kept()).toEqual([left, left])
    }
  })

  it('keeps its encoder when the workspace opens, where those go that a program which ended badly left behind', async () => {
    const folder = temporaryFolder()
    const services = await openTestServices(folder)
    const corpusId = await importTiny(services, { train: 12, dev: 6 })
    await trained(services, request(corpusId, { encoder: { folder: bertFolder, isFrozen: true } }))
    // one is being trained and one is queued when the program ends
    const fineTuned = { encoder: { folder: secondBert(folder), isFrozen: false }, seeds: [1, 2] }
    await services.handlers.runs.start(request(corpusId, { ...fineTuned, training: { epochs: 500, batchSize: 10 } }))
    await services.close()
    const kept = () => ['encoders', 'states'].map((name) => readdirSync(path.join(folder, name)).sort())
    const used = kept()
    expect(used.map(({ length }) => length)).toEqual([2, 1])
    const strays = [`encoders/${'a'.repeat(64)}`, `encoders/${'b'.repeat(64)}.coming`, `states/${'a'.repeat(64)}`]
    for (const stray of strays) cpSync(bertFolder, path.join(folder, stray), { recursive: true })
    const { handlers } = await openTestServices(folder)
    expect(kept()).toEqual(used)
    expect((await handlers.runs.list()).map(({ status }) => status)).toEqual(['interrupted', 'interrupted', 'finished'])
  })
})
