/** The ONNX graph gives the probabilities of our own forward pass, in every variant and with either encoder. */
import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, it } from 'vitest'
import type { SentenceWords } from '#main/document/labelled-sentence'
import { tidyAll } from '#main/kernels/tidy'
import { disposeBatch } from '#main/models/shared/batch'
import { captureWeights } from '#main/models/checkpoint'
import { createModelOf, type Model } from '#main/models/model'
import { pmei } from '#main/models/pmei/pmei'
import type { PmeiOutputs } from '#main/models/pmei/forward'
import { wordRows, type Lexicon } from '#main/models/encoders/lexicon'
import { createRandom } from '#main/models/shared/random'
import { vectorize } from '#main/models/vectorize'
import { jointGraph } from '#main/onnx/joint-graph'
import { readBertFolder } from '#main/pretrained/bert-folder'
import { createVocabulary } from '#main/pretrained/vocabulary'
import { windowsOf } from '#main/pretrained/word-pieces'
import type { PmeiModel } from '#main/runs/config'
import { variantNames } from '#main/runs/variants'
import { bertFiles, tinyBert } from '../support/bert-folder.ts'
import { padPairs, padWords } from '../support/golden.ts'
import { onnxInputs, openOnnx, type OnnxOutput } from '../support/onnx.ts'
import { useBackend } from '../support/tensor-backends.ts'
import { tinyModel } from '../support/tiny-training.ts'

const sentences: readonly SentenceWords[] = [
  { words: ['Ada', 'Hall', 'leads', 'Norvik', '.'], pos: ['NNP', 'NNP', 'VBZ', 'NNP', null] },
  { words: ['Sings'], pos: ['VBZ'] },
  { words: ['NASA', 'flew', '12', 'times', 'to', 'Mir-2', 'unseen'], pos: ['NNP', null, null, null, null, 'NNP', 'X'] },
  {
    words: 'Ada Hall of NASA leads a team from Norvik that flew to Mir-2 and to 12 more, '.repeat(4).trim().split(' '),
  },
]
const vocabulary = createVocabulary(['ada', 'hall', 'leads', 'norvik', '.', 'sings', 'nasa', 'flew', 'to'])
const bert = readBertFolder(bertFiles)

/** A model whose weights are all drawn, so that nothing that is left out goes unnoticed. */
function drawnModel(config: PmeiModel, lexicon: Lexicon): Model<PmeiOutputs> {
  const isOwn = config.encoder.kind === 'bert' && config.encoder.sizes.embedding === undefined
  const model = createModelOf(pmei, config, wordRows(lexicon), 3, isOwn ? { bert: bert.weights } : {})
  const random = createRandom(7)
  for (const [name, weight] of model.weights) {
    if (name.startsWith('bert.')) continue
    const values = Float32Array.from({ length: weight.size }, () => 0.4 * random.normal())
    tf.tidy(() => weight.assign(tf.tensor(values, weight.shape)))
  }
  return model
}

/** The largest difference over the words of the sentences; padding has no meaning. */
function difference({ dims, data }: OnnxOutput, expected: Float32Array, isPair: boolean): number {
  const [, longest = 0] = dims
  const width = dims.at(-1) ?? 0
  let largest = data.length === expected.length ? 0 : Number.POSITIVE_INFINITY
  for (let at = 0; at < expected.length; at++) {
    const place = Math.floor(at / width)
    const [row, second] = isPair ? [Math.floor(place / longest), place % longest] : [place, 0]
    const length = sentences[Math.floor(row / longest)]?.words.length ?? 0
    if (row % longest < length && second < length)
      largest = Math.max(largest, Math.abs((data[at] ?? Number.NaN) - (expected[at] ?? Number.NaN)))
  }
  return largest
}

async function differences(config: PmeiModel, lexicon: Lexicon): Promise<Record<string, number>> {
  const model = drawnModel(config, lexicon)
  const batch = vectorize(sentences, lexicon, config)
  const longest = Math.max(...batch.lengths)
  const expected = tidyAll(() => {
    const { final } = model.forward(batch, null)
    return {
      tags: final.tags && padWords(tf.softmax(final.tags), batch.lengths, longest),
      relations: final.pairs && padPairs(final.pairs, batch.lengths, longest, tf.sigmoid),
    }
  })
  try {
    const frozen = config.encoder.kind === 'bert' && config.encoder.isFrozen ? bert.weights : []
    const weights = new Map([
      ...(await captureWeights(model)),
      ...[...frozen].map(([name, tensor]) => [`bert.${name}`, tensor] as const),
    ])
    const onnx = await openOnnx(jointGraph(config, weights, '1.0.0'))
    const found = await onnx.run(onnxInputs(sentences, lexicon, config))
    const asked = (['tags', 'relations'] as const).filter((name) => expected[name])
    expect(Object.keys(found)).toEqual(asked)
    const pairs = asked.map(async (name) => {
      const [output, own] = [found[name], expected[name]]
      if (!output || !own) throw new Error(`there is no ${name}`)
      return [name, difference(output, await own.data<'float32'>(), name === 'relations')] as const
    })
    return Object.fromEntries(await Promise.all(pairs))
  } finally {
    tf.dispose(Object.values(expected).filter((tensor) => tensor !== null))
    disposeBatch(batch)
    model.dispose()
  }
}

beforeAll(() => useBackend('wasm'))

/** Every output is within this of ours; the promise is 1e-4. */
const tolerance = 1e-5

describe.each(variantNames)('the graph of %s', (variant) => {
  it.each([
    ['the gates of the paper', {}],
    ['the gates of the released code', { resetAfter: true }],
  ])('gives our probabilities over an LSTM with %s', async (_, changes) => {
    const encoder = {
      kind: 'lstm',
      wordDimension: 8,
      hidden: 5,
      casingDimension: 4,
      posDimension: 3,
      posFrom: 'corpus',
    } as const
    const config = tinyModel(variant, { encoder, partsOfSpeech: ['NNP', 'VBZ'], ...changes })
    for (const found of Object.values(await differences(config, vocabulary))) expect(found).toBeLessThan(tolerance)
  })

  it.each([true, false])('gives our probabilities over a BERT (frozen: %s)', async (isFrozen) => {
    const config = tinyModel(variant, { encoder: tinyBert(isFrozen) })
    for (const found of Object.values(await differences(config, bert.pieces))) expect(found).toBeLessThan(tolerance)
  })

  it.runIf(variant === 'mtl')('gives what the model gives over a model like BERT', async () => {
    const plain = tinyBert(false)
    // as RoBERTa, ELECTRA and DistilBERT differ
    const sizes = { ...plain.sizes, firstPosition: 2, embedding: 6, types: 0 }
    const config = tinyModel(variant, { encoder: { ...plain, sizes } })
    for (const found of Object.values(await differences(config, bert.pieces))) expect(found).toBeLessThan(tolerance)
  })
})

it('is shown a sentence that does not fit into the BERT, beside others that do', () => {
  const windows = sentences.map(({ words }) => windowsOf(words, bert.pieces, bert.sizes.positions).length)
  expect(windows.slice(0, 3)).toEqual([1, 1, 1])
  expect(windows.at(-1)).toBeGreaterThan(2)
})

it('reads no feature that the model does not have', async () => {
  const encoder = {
    kind: 'lstm',
    wordDimension: 8,
    hidden: 5,
    casingDimension: 0,
    posDimension: 0,
    posFrom: 'corpus',
  } as const
  const config = tinyModel('mtl', { encoder })
  const model = drawnModel(config, vocabulary)
  const { names } = await openOnnx(jointGraph(config, await captureWeights(model), '1.0.0'))
  model.dispose()
  expect(names).toEqual({ inputs: ['lengths', 'words'], outputs: ['tags', 'relations'] })
})

it('says which weight is missing', () => {
  expect(() => jointGraph(tinyModel('mtl'), new Map(), '1.0.0')).toThrow('no weight embedding.word')
})
