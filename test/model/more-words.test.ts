/** Words that are added to a stored model. */
import { beforeAll, describe, expect, it } from 'vitest'
import { predictSentences } from '#main/extraction/predict'
import { captureWeights, loadModel, type Checkpoint } from '#main/model/checkpoint'
import { withMoreWords } from '#main/model/more-words'
import { computeSelfCheck } from '#main/model/self-check'
import { defaultTraining } from '#main/runs/config'
import { tinyModel, tinyVocabulary } from '../support/tiny-model.ts'
import { useBackend } from '../support/tensor-backends.ts'

beforeAll(() => useBackend('wasm'))

/** With the vector that `tarnow` has. */
async function storedModel(): Promise<{ checkpoint: Checkpoint; vector: Float32Array }> {
  const model = tinyModel('pmei')
  const weights = await captureWeights(model)
  const selfCheck = await computeSelfCheck(model, tinyVocabulary)
  const row = tinyVocabulary.idOf('Tarnow')
  const vector = weights.get('embedding.word')?.values.slice(row * 6, (row + 1) * 6) ?? new Float32Array()
  const checkpoint = {
    ...{ model: model.config, training: defaultTraining, vocabulary: tinyVocabulary, pieces: null },
    ...{ weights, points: [], selfCheck, optimizer: null },
  }
  model.dispose()
  return { checkpoint, vector }
}

async function read(checkpoint: Checkpoint, text: string) {
  const model = await loadModel(checkpoint)
  const [prediction] = await predictSentences(model, checkpoint.vocabulary, [{ words: text.split(' ') }], {
    threshold: 0.5,
  })
  model.dispose()
  return prediction
}

describe('words that a stored model has not seen', () => {
  it('are read by their vectors: with the vector of a known word, just like that word', async () => {
    const { checkpoint, vector } = await storedModel()
    const more = withMoreWords(checkpoint, { dimension: 6, words: ['hask'], values: vector })
    const known = await read(checkpoint, 'Mara moved to Tarnow .')
    expect(await read(more, 'Mara moved to Hask .')).toEqual(known)
    expect(await read(checkpoint, 'Mara moved to Hask .')).not.toEqual(known)
  })

  it('leave those that it knows as training made them', async () => {
    const { checkpoint } = await storedModel()
    const other = new Float32Array(12).fill(9)
    const more = withMoreWords(checkpoint, { dimension: 6, words: ['tarnow', 'hask'], values: other })
    expect(more.vocabulary.size).toBe(checkpoint.vocabulary.size + 1)
    expect(await read(more, 'Mara moved to Tarnow .')).toEqual(await read(checkpoint, 'Mara moved to Tarnow .'))
  })

  it('need vectors as wide as its own', async () => {
    const { checkpoint } = await storedModel()
    const narrow = { dimension: 2, words: ['hask'], values: Float32Array.of(1, 2) }
    expect(() => withMoreWords(checkpoint, narrow)).toThrow("2 wide, but the model's words are 6 wide")
  })
})
