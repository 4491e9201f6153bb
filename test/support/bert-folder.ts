/** The tiny BERT of the golden files, as bytes and as what a run keeps of it. */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { readBertFolder, type FolderFiles } from '#main/pretrained/bert-folder'
import type { BertEncoder } from '#main/runs/config'

export const bertFolder = fileURLToPath(new URL('../fixtures/golden/bert-tiny', import.meta.url))

const names = ['config.json', 'vocab.txt', 'tokenizer_config.json', 'model.safetensors'] as const

export const bertFiles: FolderFiles = Object.fromEntries(
  names.map((name) => [name, new Uint8Array(readFileSync(`${bertFolder}/${name}`))]),
)

export function tinyBert(isFrozen: boolean): BertEncoder {
  const { sizes } = readBertFolder(bertFiles)
  return { kind: 'bert', sizes, isFrozen, source: { folder: bertFolder, sha256: 'a'.repeat(64) } }
}
