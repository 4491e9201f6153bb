/** The folder of a model: exported from a run, whole or refused by name, imported again. */
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createProcessHost } from '#main/compute/host'
import { withoutGold } from '#main/document/labelled-sentence'
import type { Prediction } from '#main/document/prediction'
import { differenceOf } from '#main/model-folder/check-predictions'
import { isModelFolder, openModelFolder } from '#main/model-folder/model-folder'
import { checkModel } from '#main/services/models/check-model'
import { openStandalone } from '#main/services/models/standalone'
import { openServices, type Services } from '#main/services/services'
import { flipBit } from '../support/flip-bit.ts'
import { importTiny } from '../support/services.ts'
import { trainTiny } from '../support/trained.ts'

let services: Services
let runId = ''
let folder = ''
let model = ''
const compute = createProcessHost()

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'espalier-model-'))
  services = await openServices({
    workspace: path.join(folder, 'workspace'),
    config: path.join(folder, 'config'),
    compute,
  })
  runId = await trainTiny(services, await importTiny(services, { train: 24, dev: 6, test: 6 }))
  model = path.join(folder, 'model')
  await exportTo(model)
}, 120_000)

afterAll(async () => {
  await services.close()
  rmSync(folder, { recursive: true, force: true })
})

const exportTo = (place: string, replace = false) =>
  services.handlers.models.export({ runId, path: place, vectors: 'known', replace, taskId: place })

/** A copy of the folder that may be damaged. */
function copied(name: string): string {
  const copy = path.join(folder, name)
  cpSync(model, copy, { recursive: true })
  return copy
}

const sessionOf = (opened: Awaited<ReturnType<typeof openModelFolder>>) =>
  openStandalone(opened, { compute, backend: 'wasm', threads: 1, tell: () => undefined })

const failureOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => '',
    (error: Error) => error.message,
  )

describe('the folder of a model', () => {
  it('says what it is and predicts its own sentences', async () => {
    const opened = await openModelFolder(model)
    const { run, labels, seen, selfCheck, unseenWords } = opened.facts
    expect(run.runId).toBe(runId)
    expect(labels.relationTypes.length).toBeGreaterThan(0)
    expect(seen.reduce((sum, { count }) => sum + count, 0)).toBeGreaterThan(20)
    expect(selfCheck).toHaveLength(3)
    expect(unseenWords).toBe('unknown')
    expect(opened.calibration).toMatchObject({ runId, sentences: 6 })
    const checked = await checkModel(opened, sessionOf(opened))
    expect(checked.sentences).toBe(3)
    expect(checked.difference).toBeLessThan(1e-6)
  })

  it('has a card with the corpus, the labels, the data and what it passes on', () => {
    const card = readFileSync(path.join(model, 'README.md'), 'utf8')
    for (const part of ['trained on', runId, '## Labels', '## Data', 'and licences', 'vocabulary.txt', 'unknown word'])
      expect(card).toContain(part)
  })

  it('holds no path of the machine and no state of the optimiser', () => {
    const text =
      readFileSync(path.join(model, 'model.json'), 'utf8') + readFileSync(path.join(model, 'config.json'), 'utf8')
    expect(text).not.toContain(folder)
    expect(readdirSync(model).toSorted()).toEqual(
      [
        'README.md',
        'SHA256SUMS',
        'calibration.json',
        'config.json',
        'metrics.json',
        'model.json',
        'vocabulary.txt',
        'weights.safetensors',
      ].toSorted(),
    )
  })

  it('is told from a folder of texts, also when it is damaged', async () => {
    const texts = path.join(folder, 'texts')
    mkdirSync(texts)
    writeFileSync(path.join(texts, 'model.json'), '{"text": "A model of a car."}')
    expect(await isModelFolder(texts)).toBe(false)
    expect(await isModelFolder(folder)).toBe(false)
    const [noFacts, noSums] = [copied('no-facts'), copied('no-sums')]
    unlinkSync(path.join(noFacts, 'model.json'))
    unlinkSync(path.join(noSums, 'SHA256SUMS'))
    for (const one of [model, noFacts, noSums]) expect(await isModelFolder(one)).toBe(true)
    expect(await failureOf(openModelFolder(texts))).toMatch(/SHA256SUMS is missing|is not the folder of a model/)
    expect(await failureOf(openModelFolder(folder))).toMatch(/is not the folder of a model: it holds no model\.json/)
  })

  it.each(['model.json', 'config.json', 'vocabulary.txt', 'weights.safetensors', 'metrics.json'])(
    'is refused by the name of a file that has a flipped bit, is cut off or is gone: %s',
    async (name) => {
      const copy = copied(`damaged-${name}`)
      const file = path.join(copy, name)
      flipBit(file, -20)
      expect(await failureOf(openModelFolder(copy))).toMatch(new RegExp(`${name} is damaged: .*Copy the folder again`))
      cpSync(path.join(model, name), file)
      truncateSync(file, 10)
      expect(await failureOf(openModelFolder(copy))).toMatch(new RegExp(`${name} is damaged: .*cut off or was changed`))
      unlinkSync(file)
      expect(await failureOf(openModelFolder(copy))).toMatch(
        new RegExp(`${name} is missing, so the model is not whole`),
      )
    },
  )

  it('is refused with a way on when a newer version wrote it', async () => {
    const copy = copied('newer')
    const { formatSums, parseSums } = await import('#main/files/sums')
    const { readHashed } = await import('#main/files/hashed')
    const file = path.join(copy, 'model.json')
    writeFileSync(file, readFileSync(file, 'utf8').replace('"version": 1', '"version": 7'))
    const sums = new Map(parseSums(readFileSync(path.join(copy, 'SHA256SUMS'), 'utf8')))
    sums.set('model.json', (await readHashed(file)).sha256)
    writeFileSync(path.join(copy, 'SHA256SUMS'), formatSums(sums))
    expect(await failureOf(openModelFolder(copy))).toMatch(
      /model\.json is of version 7 .*versions up to 1\. Update Espalier/,
    )
  })

  it('is refused with a way on when it is of a family that this version does not know', async () => {
    const { parseFacts } = await import('#main/model-folder/model-facts')
    const { modelOf } = await import('#main/services/runs/stored-model')
    const later = (name: string) =>
      new TextEncoder().encode(
        readFileSync(path.join(model, name), 'utf8').replace(/"model": \{/, '$&"family":"later",'),
      )
    const known = /of the family "later", and this version of Espalier knows pmei, .*: update Espalier\.$/
    expect(() => parseFacts(later('model.json'), 'model.json')).toThrow(known)
    expect(() => modelOf({ 'config.json': later('config.json') })).toThrow(known)
  })

  it('takes the place of another model alone, and only when it may', async () => {
    expect(await failureOf(exportTo(model))).toMatch(/is there already/)
    const other = path.join(folder, 'other')
    mkdirSync(other)
    writeFileSync(path.join(other, 'letter.txt'), 'Dear Ada')
    expect(await failureOf(exportTo(other, true))).toMatch(/is not the folder of a model, so it is not replaced/)
    expect(readFileSync(path.join(other, 'letter.txt'), 'utf8')).toBe('Dear Ada')
    const again = copied('again')
    writeFileSync(path.join(again, 'README.md'), 'old')
    await exportTo(again, true)
    expect(readFileSync(path.join(again, 'README.md'), 'utf8')).not.toBe('old')
    expect(readdirSync(folder).filter((name) => /part|former/.test(name))).toEqual([])
  })

  it('becomes the same run in another workspace, which predicts the same', async () => {
    const elsewhere = await openServices({
      ...{ workspace: path.join(folder, 'elsewhere'), config: path.join(folder, 'config') },
      compute: createProcessHost(),
    })
    try {
      expect(await elsewhere.handlers.models.check({ path: model })).toMatchObject({
        ...{ name: expect.any(String), variant: 'mtl', corpusName: 'Tiny', exportedMs: expect.any(Number) },
      })
      const { run, notes } = await elsewhere.handlers.models.import({ path: model, name: 'Imported' })
      expect(run).toMatchObject({ runId, name: 'Imported', status: 'finished' })
      expect(notes.join(' ')).toMatch(/was made for it, with its labels/)
      const text = 'Ada Hall leads Norvik Labs in Tarn. Jon Reed left Norvik Labs.'
      const [here, there] = [services, elsewhere].map(({ handlers }) => handlers.extraction.text({ runId, text }))
      expect(await there).toEqual(await here)
      const { points, weights } = await elsewhere.handlers.runs.get({ runId })
      expect(points).toHaveLength(1)
      expect(weights?.all).toBeGreaterThan(100)
      expect(await failureOf(elsewhere.handlers.models.import({ path: model }))).toMatch(
        /is in the workspace already, as "Imported"/,
      )
    } finally {
      await elsewhere.close()
    }
  })

  it('refuses to be imported damaged, and leaves nothing of it', async () => {
    const copy = copied('half')
    truncateSync(path.join(copy, 'weights.safetensors'), 100)
    const elsewhere = await openServices({
      ...{ workspace: path.join(folder, 'third'), config: path.join(folder, 'config') },
      compute: createProcessHost(),
    })
    try {
      expect(await failureOf(elsewhere.handlers.models.import({ path: copy }))).toMatch(
        /weights\.safetensors is damaged/,
      )
      expect(await elsewhere.handlers.runs.list()).toEqual([])
      expect(existsSync(path.join(folder, 'third', 'checkpoints', runId))).toBe(false)
    } finally {
      await elsewhere.close()
    }
  })
})

describe('the self-check', () => {
  const pass: Prediction = {
    ...{ anchor: 'last', threshold: 0.5, early: null, tags: ['S', 'O'] },
    spans: [{ start: 0, end: 1, label: 'ENTITY', probability: 0.9 }],
    cells: [{ subject: 0, type: 'leads', object: 0, probability: 0.7 }],
  }
  it('finds any other probability, tag, span or relation', () => {
    expect(differenceOf(pass, pass)).toBe(0)
    expect(differenceOf(pass, { ...pass, tags: ['O', 'O'] })).toBe(Number.POSITIVE_INFINITY)
    expect(differenceOf(pass, { ...pass, spans: [] })).toBe(Number.POSITIVE_INFINITY)
    expect(differenceOf(pass, { ...pass, cells: [] })).toBeCloseTo(0.65)
    expect(differenceOf({ ...pass, cells: [] }, pass)).toBeCloseTo(0.65)
    const moved = pass.cells.map((cell) => ({ ...cell, probability: 0.70002 }))
    expect(differenceOf(pass, { ...pass, cells: moved })).toBeCloseTo(2e-5)
  })

  it('fails a model whose weights were changed together with their sum', async () => {
    const opened = await openModelFolder(model)
    const changed = opened.facts.selfCheck.map((sentence) => ({
      ...sentence,
      cells: sentence.cells.map((cell) => ({ ...cell, probability: cell.probability / 2 })),
    }))
    const forged = { ...opened, facts: { ...opened.facts, selfCheck: changed } }
    expect(changed.flatMap(({ cells }) => cells).length).toBeGreaterThan(0)
    expect(await failureOf(checkModel(forged, sessionOf(opened)))).toMatch(/does not predict its own sentences/)
    expect(withoutGold(changed[0] ?? { words: [] }).words.length).toBeGreaterThan(2)
  })
})
