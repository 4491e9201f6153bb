import { beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { createModel, type Model } from '#main/models/model'
import { captureWeights, serializeCheckpoint } from '#main/models/checkpoint'
import { computeSelfCheck } from '#main/models/self-check'
import { createVocabulary, type Vocabulary } from '#main/pretrained/vocabulary'
import { defaultTraining, type LstmEncoder, type ModelConfig } from '#main/runs/config'
import { startLearner } from '#main/training/start-learner'
import { startWarm } from '#main/training/warm-start'
import { useBackend } from '../support/tensor-backends.ts'
import { tinyJob, tinyModel, tinySentences } from '../support/tiny-training.ts'

beforeAll(() => useBackend('wasm'))

const vocabulary = createVocabulary(['ada', 'founded', 'orbix'])
const config = tinyModel('pmei')

function create(changed: ModelConfig, words: Vocabulary, seed: number): Model {
  const model = createModel(changed, words.size, seed)
  onTestFinished(() => model.dispose())
  return model
}

/** A model of `changed` started warm from one of `config`; values by weight, row, column. */
async function warm(changed: ModelConfig, words: Vocabulary) {
  const from = create(config, vocabulary, 1)
  const model = create(changed, words, 2)
  const notes = startWarm(model, words, { model: config, vocabulary, weights: await captureWeights(from) })
  const values = new Map([
    [from, await captureWeights(from)],
    [model, await captureWeights(model)],
  ])
  const rows = (of: Model, name: string): number[][] => {
    const { shape, values: row } = values.get(of)?.get(name) ?? { shape: [], values: [] }
    const [height = 1, width = 1] = shape.length === 1 ? [1, shape[0]] : shape
    return Array.from({ length: height }, (_, at) => [...row.slice(at * width, (at + 1) * width)])
  }
  return { from, model, notes, rows }
}

describe('a warm start', () => {
  it('carries everything over to a model of the same config', async () => {
    const { from, model, notes } = await warm(config, vocabulary)
    expect(await captureWeights(model)).toEqual(await captureWeights(from))
    expect(notes).toEqual([])
  })

  it('keeps what was learnt of a relation type, a tag and a word, wherever it stands now', async () => {
    const { from, model, rows } = await warm(
      { ...config, relations: ['new', 'lives_in', 'founder_of'], tags: ['O', 'S', 'B', 'I', 'E', 'X'] },
      createVocabulary(['lorn', 'orbix', 'ada']),
    )
    const bias = (of: Model, name: string) => rows(of, name)[0] ?? []
    expect(bias(model, 'final.relation.out.bias').slice(1)).toEqual(
      [2, 0].map((at) => bias(from, 'final.relation.out.bias')[at]),
    )
    expect(bias(model, 'early.entity.bias').slice(0, 5)).toEqual(
      [0, 4, 1, 2, 3].map((at) => bias(from, 'early.entity.bias')[at]),
    )
    expect(rows(model, 'embedding.word').slice(3)).toEqual([4, 2].map((at) => rows(from, 'embedding.word')[at]))
    // what the map is shown: 16 of the state, then tags, then relation types
    const kernel = 'map.entity.posterior.mean.update.kernel'
    const [old, now] = [rows(from, kernel), rows(model, kernel)]
    expect(now.slice(0, 17)).toEqual(old.slice(0, 17))
    expect([now[17], now[23], now[24]]).toEqual([old[20], old[23], old[21]])
    expect(now).toHaveLength(25)
  })

  it('keeps what was learnt of a part of speech', async () => {
    const encoder = { ...(config.encoder as LstmEncoder), posDimension: 2 }
    const source = create({ ...config, encoder, partsOfSpeech: ['NNP', 'VBD'] }, vocabulary, 1)
    const model = create({ ...config, encoder, partsOfSpeech: ['IN', 'VBD', 'NNP'] }, vocabulary, 2)
    const weights = await captureWeights(source)
    startWarm(model, vocabulary, { model: source.config, vocabulary, weights })
    const rowsOf = (of: Model) => of.weights.get('embedding.pos')?.arraySync() as number[][]
    const [unknown, nnp, vbd] = rowsOf(source)
    const found = rowsOf(model)
    expect([found[0], found[2], found[3]]).toEqual([unknown, vbd, nnp])
  })

  it('goes on knowing parts of speech that the new corpus lacks', async () => {
    const encoder = { ...(config.encoder as LstmEncoder), posDimension: 2 }
    const known = { ...config, encoder, partsOfSpeech: ['NNP', 'VBD'] }
    const model = create(known, vocabulary, 1)
    const checkpoint = serializeCheckpoint({
      ...{ model: known, training: defaultTraining, vocabulary, pieces: null, points: [], optimizer: null },
      ...{ weights: await captureWeights(model), selfCheck: await computeSelfCheck(model, vocabulary) },
    })
    const job = tinyJob({ model: { ...known, partsOfSpeech: ['IN', 'NNP'] }, from: checkpoint })
    const { learner } = await startLearner(job, null, tinySentences(4))
    onTestFinished(() => (learner.adam.dispose(), learner.model.dispose()))
    expect(learner.model.config.partsOfSpeech).toEqual(['IN', 'NNP', 'VBD'])
    const rowsOf = (of: Model) => of.weights.get('embedding.pos')?.arraySync() as number[][]
    const [unknown, nnp, vbd] = rowsOf(model)
    const found = rowsOf(learner.model)
    expect([found[0], found[2], found[3]]).toEqual([unknown, nnp, vbd])
  })

  it('says how many weights begin afresh where the variant has more', async () => {
    const mtl = createModel(tinyModel('mtl'), vocabulary.size, 1)
    onTestFinished(() => mtl.dispose())
    const model = create(config, vocabulary, 2)
    const source = { model: tinyModel('mtl'), vocabulary, weights: await captureWeights(mtl) }
    const missing = model.weights.size - mtl.weights.size
    expect(startWarm(model, vocabulary, source)).toEqual([
      `${missing} of ${model.weights.size} weights begin afresh: the checkpoint to start from lacks them.`,
    ])
  })

  it('refuses other sizes, naming both', async () => {
    const { from } = await warm(config, vocabulary)
    const model = create({ ...config, encoder: { ...config.encoder, hidden: 4 } as LstmEncoder }, vocabulary, 2)
    const weights = await captureWeights(from)
    expect(() => startWarm(model, vocabulary, { model: config, vocabulary, weights })).toThrow(
      'The checkpoint to start from has hidden 8, this run 4: give both the same, or start without it.',
    )
  })
})

describe('word vectors', () => {
  const train = tinySentences(4)

  it('are what the words start from, and others start at random', async () => {
    const vectors = { dimension: 8, words: ['ada', 'unseen'], values: Float32Array.from({ length: 16 }, (_, i) => i) }
    const { learner } = await startLearner(tinyJob({ vectors }), null, train)
    const idOf = (word: string) => (learner.lexicon.kind === 'words' ? learner.lexicon.idOf(word) : 0)
    onTestFinished(() => (learner.adam.dispose(), learner.model.dispose()))
    const values = (await captureWeights(learner.model)).get('embedding.word')?.values ?? []
    const row = (word: string) => [...values.slice(idOf(word) * 8)].slice(0, 8)
    expect(row('Ada')).toEqual([0, 1, 2, 3, 4, 5, 6, 7])
    expect(row('unseen')).toEqual([8, 9, 10, 11, 12, 13, 14, 15])
    expect(row('lives').every((value) => value !== 0 && Math.abs(value) < 1)).toBe(true)
  })

  it('of another width are refused, naming both', async () => {
    const vectors = { dimension: 50, words: [], values: new Float32Array() }
    await expect(startLearner(tinyJob({ vectors }), null, train)).rejects.toThrow(
      "The word vectors are 50 wide, but the model's words are 8 wide",
    )
  })
})
