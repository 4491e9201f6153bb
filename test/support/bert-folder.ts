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

/** tokenizer.json, parsed, of word pieces with these ids. */
export function tokenizerJson(ids: Readonly<Record<string, number>>): object {
  return {
    version: '1.0',
    added_tokens: [],
    normalizer: { type: 'BertNormalizer', clean_text: true, handle_chinese_chars: true, lowercase: true },
    pre_tokenizer: { type: 'BertPreTokenizer' },
    post_processor: null,
    decoder: null,
    model: { type: 'WordPiece', unk_token: '[UNK]', continuing_subword_prefix: '##', vocab: ids },
  }
}
