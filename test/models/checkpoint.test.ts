/** A checkpoint is complete, checked on the way in, and proves itself when loaded. */
import { beforeAll, describe, expect, it } from 'vitest'
import {
  captureWeights,
  loadModel,
  parseCheckpoint,
  serializeCheckpoint,
  type Checkpoint,
} from '#main/models/checkpoint'
import { computeSelfCheck } from '#main/models/self-check'
import { defaultTraining } from '#main/runs/config'
import { variantNames } from '#main/runs/variants'
import { predictSentences } from '#main/extraction/predict'
import { tinyModel, tinySentences, tinyVocabulary } from '../support/tiny-model.ts'
import { lexiconOf } from '#main/models/encoders/lexicon'
import { remember } from '#main/models/memory/remember'
import { useBackend } from '../support/tensor-backends.ts'

const texts = tinySentences.map(({ words }) => ({ words }))

async function checkpointOf(model = tinyModel('pmei')): Promise<Checkpoint> {
  return {
    model: model.config,
    training: defaultTraining,
    vocabulary: tinyVocabulary,
    pieces: null,
    weights: await captureWeights(model),
    points: [],
    selfCheck: await computeSelfCheck(model, tinyVocabulary),
    optimizer: { step: 7, moments: new Map([['embedding.word.first', { shape: [2], values: Float32Array.of(1, 2) }]]) },
  }
}

const replaced = (files: Readonly<Record<string, Uint8Array>>, name: string, change: (text: string) => string) => ({
  ...files,
  [name]: new TextEncoder().encode(change(new TextDecoder().decode(files[name]))),
})

beforeAll(() => useBackend('wasm'))

describe('a checkpoint', () => {
  it.each(variantNames)('of %s predicts to the bit what the model predicted', async (variant) => {
    const model = tinyModel(variant)
    const before = await predictSentences(model, tinyVocabulary, texts, { threshold: 0.5 })
    const loaded = await loadModel(parseCheckpoint(serializeCheckpoint(await checkpointOf(model))))
    expect(await predictSentences(loaded, tinyVocabulary, texts, { threshold: 0.5 })).toEqual(before)
    model.dispose()
    loaded.dispose()
  })

  it('keeps the memory of train, and refuses to do without', async () => {
    const model = tinyModel('pmei', 1, { memory: true })
    const files = serializeCheckpoint({ ...(await checkpointOf(model)), memory: remember(tinySentences) })
    model.dispose()
    const checkpoint = parseCheckpoint(files)
    const loaded = await loadModel(checkpoint)
    const [found] = await predictSentences(loaded, lexiconOf(checkpoint), texts.slice(1, 2), { threshold: 0.5 })
    loaded.dispose()
    // "Orbisk Labs" and "Lunde" stand together in this sentence of train alone, which states their relation
    expect(found?.cells[0]).toMatchObject({ subject: 1, type: 'located_in', object: 4 })
    const { 'memory.json': _, ...rest } = files
    expect(() => parseCheckpoint(rest)).toThrow('The checkpoint has no memory.json')
  })

  it('keeps what training needs to go on', async () => {
    const { optimizer, training, vocabulary } = parseCheckpoint(serializeCheckpoint(await checkpointOf()))
    expect(optimizer?.step).toBe(7)
    expect(optimizer?.moments.get('embedding.word.first')?.values).toEqual(Float32Array.of(1, 2))
    expect(training).toEqual(defaultTraining)
    expect(vocabulary.words).toEqual(tinyVocabulary.words)
  })

  const files = async (): Promise<Readonly<Record<string, Uint8Array>>> => serializeCheckpoint(await checkpointOf())

  it('says which file is missing', async () => {
    const { 'vocabulary.txt': _, ...rest } = await files()
    expect(() => parseCheckpoint(rest)).toThrow('The checkpoint has no vocabulary.txt')
  })

  it('of another shape names the weight, the shape found and the shape asked for', async () => {
    const wider = replaced(await files(), 'config.json', (text) => text.replace('"hidden": 4', '"hidden": 5'))
    expect(() => parseCheckpoint(wider)).toThrow(/encoder\.forward\.kernel has shape \[8, 16\].* ask for \[8, 20\]/)
  })

  it('of another variant names the weight that is missing or left over', async () => {
    const plain = replaced(await files(), 'config.json', (text) => text.replace('"early": true', '"early": false'))
    expect(() => parseCheckpoint(plain)).toThrow(/weights\.safetensors/)
  })

  it('of another family says so, and names a family that this version does not know', async () => {
    const named = async (family: string) =>
      replaced(await files(), 'config.json', (text) => text.replace('"model": {', `"model": { "family": "${family}",`))
    const mixed = await named('rin')
    expect(() => parseCheckpoint(mixed)).toThrow(
      'config.json is of a model of the family rin, and weights.safetensors holds one of pmei: the files of two checkpoints were mixed.',
    )
    const unknown = await named('later')
    expect(() => parseCheckpoint(unknown)).toThrow(
      /of the family "later", and this version .* knows pmei, .*: update Espalier/,
    )
  })

  it('written by a newer version is refused', async () => {
    const newer = replaced(await files(), 'config.json', (text) => text.replace('"version": 2', '"version": 3'))
    expect(() => parseCheckpoint(newer)).toThrow('update Espalier')
  })

  it('of the first version, whose sizes lay flat, is read as what it was', async () => {
    const older = replaced(await files(), 'config.json', (text) => {
      const { model, training, ...rest } = JSON.parse(text)
      const { encoder, tasks: _tasks, map: _map, resetAfter: _reset, ...flat } = model
      const { kind: _kind, ...sizes } = encoder
      const { order: _order, selectOn: _split, readsWith: _how, ...known } = training
      return JSON.stringify({ ...rest, version: 1, model: { ...flat, ...sizes, stochastic: true }, training: known })
    })
    const checkpoint = parseCheckpoint(older)
    const { model, training } = parseCheckpoint(await files())
    expect(checkpoint).toMatchObject({ model, training })
    const read = await loadModel(checkpoint)
    read.dispose()
  })

  it('that is cut off is refused by file name', async () => {
    const { 'weights.safetensors': weights = new Uint8Array(), ...rest } = await files()
    const cut = { ...rest, 'weights.safetensors': weights.subarray(0, weights.length - 8) }
    expect(() => parseCheckpoint(cut)).toThrow(/weights\.safetensors: .* is cut off/)
  })

  it('with a changed weight does not load', async () => {
    const checkpoint = await checkpointOf()
    checkpoint.weights.get('final.entity.bias')?.values.fill(3, 0, 1)
    await expect(loadModel(checkpoint)).rejects.toThrow('does not reproduce the probabilities')
  })
})
