/** A Hugging Face folder is read whole or refused with the name of what is wrong. */
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { readBertFolder, type FolderFiles } from '#main/pretrained/bert-folder'
import { parseTensors, serializeTensors, type NamedTensor } from '#main/pretrained/safetensors'

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
    const map = Object.fromEntries(shards.flatMap((shard, at) => [...shard.keys()].map((name) => [name, `part-${at}`])))
    const files = {
      ...without('model.safetensors'),
      'model.safetensors.index.json': text(JSON.stringify({ weight_map: map })),
      ...Object.fromEntries(shards.map((shard, at) => [`part-${at}`, serializeTensors(shard)])),
    }
    expect(readBertFolder(files).weights).toEqual(readBertFolder(folder).weights)
  })

  it.each([
    ['without config.json', without('config.json'), 'The folder has no config.json'],
    ['without a tokenizer', without('vocab.txt'), 'neither tokenizer.json nor vocab.txt'],
    ['without safetensors', without('model.safetensors'), 'no pickled weights'],
    ['of another kind', changed('config.json', '"bert"', '"gpt2"'), 'expected "model_type": "bert", found "gpt2"'],
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
    ['with more pieces than rows', changed('vocab.txt', '[MASK]', '[MASK]\nx\ny'), 'The tokenizer knows 48 pieces'],
    [
      'with a weight missing',
      withWeights(new Map([...weights].slice(1))),
      "The folder's weights lack embeddings.LayerNorm.bias",
    ],
  ])('%s is refused by name', (_, files, message) => {
    expect(() => readBertFolder(files)).toThrow(message)
  })
})
