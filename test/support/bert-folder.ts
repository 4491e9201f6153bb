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

const special = ['<s>', '<pad>', '</s>', '<unk>']
const addedTokens = special.map((content, id) => {
  return { id, content, single_word: false, lstrip: false, rstrip: false, normalized: false, special: true }
})

/** tokenizer.json as RoBERTa has it, with a handful of pieces. */
export function byteLevelTokenizer(): object {
  const vocab = { '<s>': 0, '<pad>': 1, '</s>': 2, '<unk>': 3, '<mask>': 4, a: 5, b: 6, ab: 7, Ġ: 8, Ġab: 9 }
  return {
    ...{
      version: '1.0',
      added_tokens: addedTokens,
      normalizer: null,
      post_processor: null,
      decoder: { type: 'ByteLevel' },
    },
    pre_tokenizer: { type: 'ByteLevel', add_prefix_space: false, trim_offsets: true, use_regex: true },
    model: { type: 'BPE', unk_token: '<unk>', vocab, merges: ['a b', 'Ġ ab'] },
  }
}

/** The same as XLM-RoBERTa has it. */
export function unigramTokenizer(): object {
  const vocab = [...special.map((piece) => [piece, 0]), ['▁ab', -1], ['▁', -2], ['a', -3], ['b', -3]]
  return {
    ...{ version: '1.0', added_tokens: addedTokens, normalizer: null, post_processor: null },
    pre_tokenizer: { type: 'Metaspace', replacement: '▁', add_prefix_space: true, prepend_scheme: 'always' },
    decoder: { type: 'Metaspace', replacement: '▁', add_prefix_space: true },
    model: { type: 'Unigram', unk_id: 3, vocab },
  }
}
