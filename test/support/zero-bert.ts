/** A BERT folder of any size whose weights are zeros, so that it takes no room on the disk. */
import { copyFileSync, mkdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { bertShapes } from '#main/pretrained/bert-shapes'
import type { BertSizes } from '#main/runs/config'
import { bertFolder } from './bert-folder.ts'

const bytesPerHalf = 2

export function writeZeroBert(folder: string, sizes: BertSizes): string {
  mkdirSync(folder, { recursive: true })
  for (const name of ['vocab.txt', 'tokenizer_config.json'])
    copyFileSync(path.join(bertFolder, name), path.join(folder, name))
  const config = JSON.parse(readFileSync(path.join(bertFolder, 'config.json'), 'utf8')) as object
  const own = {
    ...{ vocab_size: sizes.vocabulary, hidden_size: sizes.width, num_hidden_layers: sizes.layers },
    ...{ num_attention_heads: sizes.heads, intermediate_size: sizes.inner, max_position_embeddings: sizes.positions },
  }
  writeFileSync(path.join(folder, 'config.json'), JSON.stringify({ ...config, ...own }))
  let end = 0
  const entries = [...bertShapes(sizes)].map(([name, shape]) => {
    const start = end
    end += bytesPerHalf * shape.reduce((product, size) => product * size, 1)
    return [name, { dtype: 'F16', shape, data_offsets: [start, end] }] as const
  })
  const json = JSON.stringify(Object.fromEntries(entries))
  const header = Buffer.from(json.padEnd(Math.ceil(json.length / 8) * 8))
  const length = Buffer.alloc(8)
  length.writeBigUInt64LE(BigInt(header.length))
  const file = path.join(folder, 'model.safetensors')
  writeFileSync(file, Buffer.concat([length, header]))
  truncateSync(file, 8 + header.length + end) // the rest is a hole, which reads as zeros
  return folder
}
