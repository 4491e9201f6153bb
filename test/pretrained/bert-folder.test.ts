/** A Hugging Face folder is read whole or refused with the name of what is wrong. */
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { describeSpareRows, readBertFolder, type FolderFiles } from '#main/pretrained/bert-folder'
import { parseTensors, serializeTensors, type NamedTensor } from '#main/pretrained/safetensors'
import { tokenizerJson } from '../support/bert-folder.ts'

const names = ['config.json', 'vocab.txt', 'tokenizer_config.json', 'model.safetensors'] as const
const folder: FolderFiles = Object.fromEntries(
  names.map((name) => [name, readFileSync(new URL(`../fixtures/golden/bert-tiny/${name}`, import.meta.url))]),
)
const text = (content: string): Uint8Array => new TextEncoder().encode(content)
const without = (name: string): FolderFiles =>
  Object.fromEntries(Object.entries(folder).filter(([file]) => file !== name))
const changed = (name: string, from: string, to: string): FolderFiles => ({
  ...folder,
  [name]: text(new TextDecoder().decode(folder[name]).replace(from, to)),
})
const weights = parseTensors(folder['model.safetensors'] ?? new Uint8Array(), 'model.safetensors')
const withWeights = (tensors: ReadonlyMap<string, NamedTensor>): FolderFiles => ({
  ...folder,
  'model.safetensors': serializeTensors(tensors),
})
const withConfig = (change: object): FolderFiles => {
  const config = JSON.parse(new TextDecoder().decode(folder['config.json'])) as object
  return { ...folder, 'config.json': text(JSON.stringify({ ...config, ...change })) }
}
const withTensor = (name: string, tensor: NamedTensor): FolderFiles =>
  withWeights(new Map([...weights, [name, tensor]]))
const withIndex = (index: unknown): FolderFiles => ({
  ...without('model.safetensors'),
  'model.safetensors.index.json': text(JSON.stringify(index)),
})
const ids = { '[PAD]': 0, '[UNK]': 1, '[CLS]': 2, '[SEP]': 3 }
const withTokenizer = (more: Readonly<Record<string, number>>): FolderFiles => ({
  ...folder,
  'tokenizer.json': text(JSON.stringify(tokenizerJson({ ...ids, ...more }))),
})
const words = 'embeddings.word_embeddings.weight'
const pointer = text('version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 440449768\n')

/** Its word embeddings in whole numbers, as quantised models have them. */
function quantised(): FolderFiles {
  const header = JSON.stringify({ [`bert.${words}`]: { dtype: 'I8', shape: [46, 16], data_offsets: [0, 736] } })
  const part = Buffer.alloc(8 + header.length + 736)
  part.writeBigUInt64LE(BigInt(header.length))
  part.write(header, 8)
  const rest = [...weights].filter(([name]) => name !== words)
  const map = { ...Object.fromEntries(rest.map(([name]) => [name, 'a.safetensors'])), [words]: 'b.safetensors' }
  return {
    ...withIndex({ weight_map: map }),
    'a.safetensors': serializeTensors(new Map(rest)),
    'b.safetensors': new Uint8Array(part),
  }
}

describe('a BERT folder', () => {
  it('gives sizes, pieces and weights', () => {
    const { sizes, pieces, weights: found } = readBertFolder(folder)
    expect(sizes).toMatchObject({ width: 16, layers: 2, heads: 4, inner: 32, positions: 40, vocabulary: 46 })
    expect(pieces.piecesOf('Marie').map(pieces.nameOf)).toEqual(['mar', '##ie'])
    expect(found).toEqual(new Map([...found.keys()].map((name) => [name, weights.get(name)])))
  })

  it('may hold its weights in several files, under a prefix, with older names, beside others', () => {
    const named = [...weights].map(([name, tensor]) => {
      const older = name.replace('LayerNorm.weight', 'LayerNorm.gamma').replace('LayerNorm.bias', 'LayerNorm.beta')
      return [`bert.${older}`, tensor] as const
    })
    const extra = ['cls.predictions.bias', { shape: [1], values: Float32Array.of(1) }] as const
    const shards = [named.slice(0, 9), [...named.slice(9), extra]].map((part) => new Map(part))
    const map = Object.fromEntries(
      shards.flatMap((shard, at) => [...shard.keys()].map((name) => [name, `part-${at}.safetensors`])),
    )
    const files = {
      ...without('model.safetensors'),
      'model.safetensors.index.json': text(JSON.stringify({ weight_map: map })),
      ...Object.fromEntries(shards.map((shard, at) => [`part-${at}.safetensors`, serializeTensors(shard)])),
    }
    expect(readBertFolder(files).weights).toEqual(readBertFolder(folder).weights)
  })

  it.each([
    ['without config.json', without('config.json'), 'The folder has no config.json'],
    ['without a tokenizer', without('vocab.txt'), 'neither tokenizer.json nor vocab.txt'],
    ['without safetensors', without('model.safetensors'), 'no pickled weights'],
    [
      'of another kind',
      changed('config.json', '"bert"', '"gpt2"'),
      'expected a "model_type" that is read (bert, roberta',
    ],
    ['with broken JSON', changed('config.json', '{', '['), 'config.json is not a JSON object'],
    [
      'with other sizes',
      changed('config.json', '"hidden_size": 16', '"hidden_size": 32'),
      'config.json asks for [46, 32]',
    ],
    [
      'with no size',
      changed('config.json', '"vocab_size": 46', '"vocab_size": null'),
      'a whole number at "vocab_size"',
    ],
    [
      'with more pieces than rows',
      changed('vocab.txt', '[MASK]', '[MASK]\nx\ny'),
      'vocab.txt gives "##a" the id 47, config.json says vocab_size 46, which has the ids 0 to 45',
    ],
    ['with few pieces of high ids', withTokenizer({ x: 47 }), 'tokenizer.json gives "x" the id 47'],
    ['with a line twice', changed('vocab.txt', 'york', 'new'), 'vocab.txt, line 42: "new" stands in line 41 already'],
    ['with a blank line too many', changed('vocab.txt', 'the', '\nthe'), 'line 6 is blank and counts as a piece'],
    [
      'with relative positions',
      withConfig({ position_embedding_type: 'relative_key' }),
      'config.json: expected "position_embedding_type": "absolute", found "relative_key"',
    ],
    ['that is a decoder', withConfig({ is_decoder: true }), 'config.json: expected "is_decoder": false, found true'],
    [
      'with too few positions',
      withConfig({ max_position_embeddings: 2 }),
      'config.json: expected at least 3 at "max_position_embeddings", found 2',
    ],
    [
      'with more layers than it says',
      withConfig({ num_hidden_layers: 1 }),
      'config.json says num_hidden_layers 1, but the weights hold encoder.layer.1 too',
    ],
    [
      'with a weight that is no number',
      withTensor(words, { shape: [46, 16], values: new Float32Array(736).fill(Number.NaN, 9) }),
      `${words} holds NaN (number 10 of 736)`,
    ],
    [
      'with a weight without end',
      withTensor(words, { shape: [46, 16], values: new Float32Array(736).fill(-Infinity, 735) }),
      `${words} holds -Infinity (number 736 of 736)`,
    ],
    ['in whole numbers', quantised(), `${words} is stored as I8, expected one of F32, F16, BF16`],
    [
      'with weights that were not fetched',
      { ...folder, 'model.safetensors': pointer },
      'model.safetensors is a Git LFS',
    ],
    ['with pieces that were not fetched', { ...folder, 'vocab.txt': pointer }, 'vocab.txt is a Git LFS pointer'],
    [
      'with JSON that was not fetched',
      { ...folder, 'tokenizer.json': pointer },
      'tokenizer.json is a Git LFS pointer, not the file itself: run "git lfs pull"',
    ],
    [
      'of no kind',
      withConfig({ model_type: undefined, architectures: ['GPT2Model'] }),
      'config.json has no "model_type": add "model_type": "bert"',
    ],
    [
      'of another kind by its architecture',
      withConfig({ model_type: undefined, architectures: ['BertGenerationEncoder'] }),
      'config.json has no "model_type"',
    ],
    [
      'with a shard missing',
      withIndex({ weight_map: { [words]: 'b.safetensors' } }),
      'b.safetensors is named by the index, model.safetensors.index.json, but missing',
    ],
    ['with an index of nothing', withIndex({}), 'model.safetensors.index.json: expected the file of every weight'],
    [
      'with a weight missing',
      withWeights(new Map([...weights].slice(1))),
      "The folder's weights lack embeddings.LayerNorm.bias",
    ],
  ])('%s is refused by name', (_, files, message) => {
    expect(() => readBertFolder(files)).toThrow(message)
  })

  it('may leave its kind to its architecture', () => {
    const { sizes } = readBertFolder(withConfig({ model_type: undefined, architectures: ['BertForMaskedLM'] }))
    expect(sizes).toEqual(readBertFolder(folder).sizes)
  })

  it.each([
    '../outside.safetensors',
    '/elsewhere/a.safetensors',
    'a\\b.safetensors',
    'c:a.safetensors',
    'a.bin',
    '..',
    '',
    3,
  ])('whose index names %j for a weight is refused by that name, before it is read or written', (name) =>
    expect(() => readBertFolder(withIndex({ weight_map: { a: name } }))).toThrow(
      `in the folder itself at "a", found ${JSON.stringify(name)}`,
    ),
  )

  it('with rows that hardly any piece has is told of, since another tokenizer looks like that; a padded one is not', () => {
    const noteOn = (files: FolderFiles, rows: number) => {
      const { pieces, sizes } = readBertFolder(files)
      return describeSpareRows(pieces, { ...sizes, vocabulary: rows })
    }
    expect([46, 64, 92].map((rows) => noteOn(folder, rows))).toEqual([null, null, null])
    expect(noteOn(folder, 93)).toContain('vocab.txt has 46 word pieces, the BERT has rows for 93')
    expect(noteOn(withTokenizer({ x: 4 }), 46)).toContain('tokenizer.json has 5 word pieces')
  })
})
