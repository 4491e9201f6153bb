/** Folders of models like BERT, made at random, against a float64 encoder that knows their own names. */
import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { encodePieces } from '#main/models/encoders/bert'
import { createRandom } from '#main/models/shared/random'
import { readBertFolder, type FolderFiles } from '#main/pretrained/bert-folder'
import { bertShapes } from '#main/pretrained/bert-shapes'
import { serializeTensors, type NamedTensor } from '#main/pretrained/safetensors'
import { windowsOf } from '#main/pretrained/word-pieces'
import { countBert } from '#main/runs/weight-count'
import { encode64, type Layout64 } from '../support/bert64.ts'
import { byteLevelTokenizer, tokenizerJson, unigramTokenizer } from '../support/bert-folder.ts'
import { relativeError } from '../support/golden.ts'
import { useBackend } from '../support/tensor-backends.ts'

const [pieces, width, inner, layers, heads] = [12, 8, 12, 2, 2]
const sized = { vocab_size: pieces, hidden_size: width, intermediate_size: inner, type_vocab_size: 1 }
const bertSizes = { ...sized, num_hidden_layers: layers, num_attention_heads: heads, hidden_act: 'gelu' }

/** Names as BERT, RoBERTa and ELECTRA have them. */
const layersOf =
  (prefix: string): Layout64['layer'] =>
  (layer) => {
    const own = `${prefix}encoder.layer.${layer}`
    return {
      ...{
        query: `${own}.attention.self.query`,
        key: `${own}.attention.self.key`,
        value: `${own}.attention.self.value`,
      },
      ...{ out: `${own}.attention.output.dense`, attentionNorm: `${own}.attention.output.LayerNorm` },
      ...{ up: `${own}.intermediate.dense`, down: `${own}.output.dense`, outputNorm: `${own}.output.LayerNorm` },
    }
  }

const wordPieces = {
  'tokenizer.json': json(tokenizerJson({ '[PAD]': 0, '[UNK]': 1, '[CLS]': 2, '[SEP]': 3, ada: 4, '##s': 5 })),
}

interface Case {
  readonly config: object
  readonly tokenizer: FolderFiles
  readonly layout: Layout64
  /** Width and rows of the tables. */
  readonly embedding: number
  readonly rows: readonly number[]
  readonly epsilon: number
}

/** RoBERTa counts positions from the row behind that of padding. */
const roberta: Case = {
  config: { model_type: 'roberta', ...bertSizes, max_position_embeddings: 11, pad_token_id: 1, layer_norm_eps: 1e-5 },
  tokenizer: { 'tokenizer.json': json(byteLevelTokenizer()) },
  layout: {
    tables: [
      ['roberta.embeddings.word_embeddings.weight', (_, id) => id],
      ['roberta.embeddings.position_embeddings.weight', (place) => place + 2],
      ['roberta.embeddings.token_type_embeddings.weight', () => 0],
    ],
    embeddingNorm: 'roberta.embeddings.LayerNorm',
    layer: layersOf('roberta.'),
  },
  ...{ embedding: width, rows: [pieces, 11, 1], epsilon: 1e-5 },
}

const cases: Readonly<Record<string, Case>> = {
  roberta,
  'xlm-roberta': {
    ...roberta,
    config: { ...roberta.config, model_type: 'xlm-roberta' },
    tokenizer: { 'tokenizer.json': json(unigramTokenizer()) },
  },
  electra: {
    config: {
      model_type: 'electra',
      ...bertSizes,
      embedding_size: 6,
      max_position_embeddings: 9,
      layer_norm_eps: 1e-12,
    },
    tokenizer: wordPieces,
    layout: {
      tables: [
        ['electra.embeddings.word_embeddings.weight', (_, id) => id],
        ['electra.embeddings.position_embeddings.weight', (place) => place],
        ['electra.embeddings.token_type_embeddings.weight', () => 0],
      ],
      embeddingNorm: 'electra.embeddings.LayerNorm',
      projection: 'electra.embeddings_project',
      layer: layersOf('electra.'),
    },
    ...{ embedding: 6, rows: [pieces, 9, 1], epsilon: 1e-12 },
  },
  distilbert: {
    config: {
      ...{
        model_type: 'distilbert',
        vocab_size: pieces,
        dim: width,
        hidden_dim: inner,
        n_layers: layers,
        n_heads: heads,
      },
      ...{ max_position_embeddings: 9, activation: 'gelu' },
    },
    tokenizer: wordPieces,
    layout: {
      tables: [
        ['distilbert.embeddings.word_embeddings.weight', (_, id) => id],
        ['distilbert.embeddings.position_embeddings.weight', (place) => place],
      ],
      embeddingNorm: 'distilbert.embeddings.LayerNorm',
      layer: (layer) => {
        const own = `distilbert.transformer.layer.${layer}`
        return {
          ...{ query: `${own}.attention.q_lin`, key: `${own}.attention.k_lin`, value: `${own}.attention.v_lin` },
          ...{ out: `${own}.attention.out_lin`, attentionNorm: `${own}.sa_layer_norm` },
          ...{ up: `${own}.ffn.lin1`, down: `${own}.ffn.lin2`, outputNorm: `${own}.output_layer_norm` },
        }
      },
    },
    ...{ embedding: width, rows: [pieces, 9], epsilon: 1e-12 },
  },
}

/** Weights of a folder at random, under the names of its layout. */
function randomWeights({ layout, embedding, rows }: Case): Map<string, NamedTensor> {
  const random = createRandom(7, embedding, rows.length)
  const tensor = (...shape: number[]): NamedTensor => ({
    shape,
    values: Float32Array.from({ length: shape.reduce((a, b) => a * b) }, () => random.normal() / 2),
  })
  const affine = (name: string, input: number, output: number) =>
    [
      [`${name}.weight`, tensor(output, input)],
      [`${name}.bias`, tensor(output)],
    ] as const
  const norm = (name: string, over: number) =>
    [
      [`${name}.weight`, tensor(over)],
      [`${name}.bias`, tensor(over)],
    ] as const
  return new Map([
    ...layout.tables.map(([name], at) => [name, tensor(rows[at] ?? 0, embedding)] as const),
    ...norm(layout.embeddingNorm, embedding),
    ...(layout.projection ? affine(layout.projection, embedding, width) : []),
    ...[0, 1].flatMap((layer) => {
      const own = layout.layer(layer)
      return [
        ...[own.query, own.key, own.value, own.out].flatMap((name) => [...affine(name, width, width)]),
        ...norm(own.attentionNorm, width),
        ...affine(own.up, width, inner),
        ...affine(own.down, inner, width),
        ...norm(own.outputNorm, width),
      ]
    }),
  ])
}

function folderOf(of: Case, weights = randomWeights(of)): FolderFiles {
  return { 'config.json': json(of.config), ...of.tokenizer, 'model.safetensors': serializeTensors(weights) }
}

beforeAll(() => useBackend('cpu'))

describe.each(Object.entries(cases))('a folder of %s', (_, of) => {
  it('computes what a float64 encoder computes from the same files', async () => {
    const weights = randomWeights(of)
    const folder = readBertFolder(folderOf(of, weights))
    const ids = [2, 7, 5, 11, 3]
    const expected = encode64(ids, (name) => weights.get(name) ?? { shape: [0], values: [] }, of.layout, {
      layers,
      heads,
      epsilon: of.epsilon,
    })
    const tensors = new Map(
      [...folder.weights].map(([name, { shape, values }]) => [name, tf.tensor(values, [...shape])]),
    )
    const batch = { ids: tf.tensor2d([ids], undefined, 'int32'), mask: tf.ones<tf.Rank.R2>([1, ids.length]) }
    const states = encodePieces(batch, (name) => tensors.get(name) as tf.Tensor, folder.sizes)
    expect(relativeError(await states.data(), expected.flat())).toBeLessThan(1e-5)
    const count = [...bertShapes(folder.sizes).values()].reduce((sum, shape) => sum + shape.reduce((a, b) => a * b), 0)
    expect(countBert(folder.sizes)).toBe(count)
    // as many pieces as there are rows of positions for them
    expect(folder.sizes.positions).toBe(9)
  })
})

describe('word pieces', () => {
  it('of byte-level BPE begin with the gap before their word, as within a text', () => {
    const { pieces: own } = readBertFolder(folderOf(roberta))
    expect(own.piecesOf('ab').map(own.nameOf)).toEqual(['Ġab'])
    expect(own.piecesOf('ba').map(own.nameOf)).toEqual(['Ġ', 'b', 'a'])
    expect(windowsOf(['ab', 'ba'], own, 9)[0]?.ids).toEqual([0, 9, 8, 6, 5, 2])
  })

  it('of a unigram vocabulary do so too', () => {
    const { pieces: own } = readBertFolder(folderOf(cases['xlm-roberta'] ?? roberta))
    expect(own.piecesOf('ab').map(own.nameOf)).toEqual(['▁ab'])
    expect([own.begin, own.end, own.padding]).toEqual([0, 2, 1])
  })
})

it.each([
  [
    'deberta-v2',
    { model_type: 'deberta-v2' },
    'expected a "model_type" that is read (bert, roberta, xlm-roberta, camembert, electra, distilbert), found "deberta-v2": take',
  ],
  ['another activation', { activation: 'relu' }, 'expected "activation": "gelu", found "relu"'],
  ['a missing size', { n_heads: null }, 'expected a whole number at "n_heads", found null'],
])('is refused with what to do: %s', (_, change, reason) => {
  const of = cases['distilbert'] ?? roberta
  expect(() => readBertFolder(folderOf({ ...of, config: { ...of.config, ...change } }))).toThrow(reason)
})

it('needs no model_type where the architecture says what it is', () => {
  const { config, ...of } = cases['distilbert'] ?? roberta
  const { model_type: _, ...rest } = config as { model_type: string }
  const named = { ...of, config: { ...rest, architectures: ['DistilBertForMaskedLM'] } }
  expect(readBertFolder(folderOf(named)).sizes.width).toBe(width)
})

function json(value: object): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(value))
}
