/** Word pieces of whole words, and windows of pieces that fit into a BERT. No word is dropped silently. */
import { Tokenizer } from '@huggingface/tokenizers'
import { special, specialPieces, wordPieceDefinition, type TokenizerConfig } from './word-piece-definition.ts'

export interface PieceVocabulary {
  readonly kind: 'pieces'
  /** Ids of a word's pieces, at least one: a word that the tokenizer drops becomes the unknown piece. */
  piecesOf(word: string): readonly number[]
  readonly nameOf: (id: number) => string
  readonly size: number
  /** Highest id; it is at least `size` where some ids have no piece. */
  readonly highest: number
  readonly begin: number
  readonly end: number
  readonly padding: number
  /** Files that the vocabulary was read from, by name: enough to read it again. */
  readonly files: Readonly<Record<string, Uint8Array>>
}

/** Files of a Hugging Face folder that define how words are cut. */
export interface TokenizerFiles {
  /** vocab.txt: one piece per line. */
  readonly vocabulary?: string
  /** tokenizer.json, parsed; it is preferred to vocab.txt. */
  readonly tokenizer?: object
  /** tokenizer_config.json, parsed. */
  readonly config?: TokenizerConfig
}

/** Builds the vocabulary. @throws Error that names the file and what it lacks. */
export function createPieceVocabulary(files: TokenizerFiles, source: PieceVocabulary['files'] = {}): PieceVocabulary {
  const { json, source: name } = definitionOf(files)
  const tokenizer = new Tokenizer(json, files.config ?? {})
  const names = specialPieces.find(({ begin }) => tokenizer.token_to_id(begin) !== undefined) ?? special
  const idOf = (piece: string): number => {
    const id = tokenizer.token_to_id(piece)
    if (id === undefined)
      throw new Error(
        `${name} has no piece ${piece}: a BERT-like vocabulary is needed, with [PAD], [UNK], [CLS] and [SEP], ` +
          'or one as RoBERTa has it, with <pad>, <unk>, <s> and </s>',
      )
    return id
  }
  const [padding, unknown, begin, end] = [names.padding, names.unknown, names.begin, names.end].map(idOf)
  const gap = marksGaps(json) ? ' ' : ''
  // ids without a piece are listed as well
  const ids = [...tokenizer.get_vocab()].flatMap(([piece, id]) =>
    (piece as string | undefined) === undefined ? [] : [id],
  )
  const known = new Map<string, readonly number[]>()
  return {
    kind: 'pieces',
    piecesOf(word) {
      const kept = known.get(word)
      if (kept) return kept
      const { ids } = tokenizer.encode(gap + word, { add_special_tokens: false })
      const pieces = ids.length > 0 ? ids : [unknown as number]
      known.set(word, pieces)
      return pieces
    },
    nameOf: (id) => tokenizer.id_to_token(id) ?? names.unknown,
    size: ids.length,
    highest: ids.reduce((highest, id) => Math.max(highest, id), 0),
    begin: begin as number, // four ids were asked for
    end: end as number,
    padding: padding as number,
    files: source,
  }
}

/**
 * Whether the pieces of a word begin with the gap before it (byte-level BPE, as of RoBERTa): without it a word would be cut
 * as if it went on another one.
 */
function marksGaps(definition: object): boolean {
  const { pre_tokenizer: own } = definition as {
    pre_tokenizer?: { type?: string; pretokenizers?: { type?: string }[] }
  }
  return [own, ...(own?.pretokenizers ?? [])].some((one) => one?.type === 'ByteLevel')
}

function definitionOf({ vocabulary, tokenizer, config }: TokenizerFiles): { json: object; source: string } {
  if (tokenizer) return { json: tokenizer, source: 'tokenizer.json' }
  if (vocabulary === undefined)
    throw new Error(
      'The folder has neither tokenizer.json nor vocab.txt: how its words are cut is not known. Other files (vocab.json, sentencepiece.bpe.model) are not read: take a folder with tokenizer.json',
    )
  return { json: wordPieceDefinition(vocabulary, config), source: 'vocab.txt' }
}

/** Consecutive words of one sentence with the pieces around them. */
export interface PieceWindow {
  /** [CLS], pieces, [SEP]. */
  readonly ids: readonly number[]
  /**
   * Words whose states are taken from this window: their index in the sentence and the position of their first piece.
   */
  readonly words: readonly { readonly word: number; readonly piece: number }[]
}

/**
 * Windows of at most `positions` pieces. A longer sentence gets several windows that share about half of their words,
 * and every word's state is taken where it has the most context. A single word longer than a window keeps its first
 * pieces, from which its state is taken.
 */
export function windowsOf(words: readonly string[], pieces: PieceVocabulary, positions: number): PieceWindow[] {
  const cut = words.map((word) => pieces.piecesOf(word).slice(0, positions - 2))
  const ranges = rangesOf(
    cut.map(({ length }) => length),
    positions - 2,
  )
  return ranges.map((range, at) => {
    const ids = [pieces.begin]
    const own: { word: number; piece: number }[] = []
    // two windows that share words meet in the middle of the shared ones
    const from = at === 0 ? range.start : middle(range.start, ranges[at - 1]?.end ?? range.start)
    const next = ranges[at + 1]
    const to = next ? middle(next.start, range.end) : range.end
    for (let word = range.start; word < range.end; word++) {
      if (word >= from && word < to) own.push({ word, piece: ids.length })
      ids.push(...(cut[word] ?? []))
    }
    return { ids: [...ids, pieces.end], words: own }
  })
}

const middle = (start: number, end: number): number => Math.floor((start + end) / 2)

/** Ranges of words with at most `room` pieces; each starts about half a window after the previous one. */
function rangesOf(counts: readonly number[], room: number): { start: number; end: number }[] {
  const ranges: { start: number; end: number }[] = []
  let start = 0
  while (start < counts.length || ranges.length === 0) {
    let [end, used, half] = [start, 0, start]
    while (end < counts.length && (end === start || used + (counts[end] ?? 0) <= room)) {
      used += counts[end++] ?? 0
      if (used <= room / 2) half = end
    }
    ranges.push({ start, end })
    if (end >= counts.length) break
    start = Math.max(half, start + 1)
  }
  return ranges
}
