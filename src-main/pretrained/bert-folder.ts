/** Hugging Face folder of a BERT or a model like it, as bytes by file name → sizes, word pieces and weights. Errors name what is wrong. */
import type { BertSizes } from '#main/runs/config'
import { readSizes } from './bert-config.ts'
import { readWeights } from './bert-weights.ts'
import { bertFileNames, bytesOf, readJson, type FolderFiles } from './folder-files.ts'
import type { NamedTensor } from './safetensors.ts'
import { linesOf } from './word-piece-definition.ts'
import { createPieceVocabulary, type PieceVocabulary, type TokenizerFiles } from './word-pieces.ts'

export type { FolderFiles } from './folder-files.ts'

interface BertFolder {
  readonly sizes: BertSizes
  readonly pieces: PieceVocabulary
  /** Weights with the names and shapes of `bertShapes`. */
  readonly weights: ReadonlyMap<string, NamedTensor>
}

export function readBertFolder(files: FolderFiles): BertFolder {
  const sizes = readSizes(files)
  const pieces = readPieces(files)
  assertRows(pieces, sizes)
  return { sizes, pieces, weights: readWeights(files, sizes) }
}

/** Word pieces alone, of a folder or of a checkpoint, which keeps the same files. @throws Error that names the file. */
export function readPieces(files: FolderFiles): PieceVocabulary {
  const names = [...bertFileNames.tokenizer, ...bertFileNames.optional]
  const own = names.flatMap((name) => (files[name] ? [[name, files[name]] as const] : []))
  return createPieceVocabulary(readTokenizer(files), Object.fromEntries(own))
}

function readTokenizer(files: FolderFiles): TokenizerFiles {
  return {
    ...(files['tokenizer.json'] ? { tokenizer: readJson(files, 'tokenizer.json') } : {}),
    ...(files['vocab.txt'] ? { vocabulary: new TextDecoder().decode(bytesOf(files, 'vocab.txt')) } : {}),
    ...(files['tokenizer_config.json'] ? { config: readJson(files, 'tokenizer_config.json') } : {}),
  }
}

/** Checks that every id has a row. The ids themselves are compared, not their number, since ids may be missing. */
function assertRows(pieces: PieceVocabulary, { vocabulary: rows }: BertSizes): void {
  if (pieces.highest < rows) return
  const name = sourceOf(pieces)
  const blank = name === 'vocab.txt' ? linesOf(new TextDecoder().decode(pieces.files[name])).indexOf('') : -1
  throw new Error(
    `${name} gives "${pieces.nameOf(pieces.highest)}" the id ${pieces.highest}, config.json says vocab_size ${rows}, ` +
      `which has the ids 0 to ${rows - 1}: ` +
      (blank < 0
        ? 'tokenizer and model are not of one folder. Take both from the same one.'
        : `line ${blank + 1} is blank and counts as a piece. Take it out, or get the file again.`),
  )
}

/** Number of rows without a piece that models are commonly padded with, for speed. */
const padded = 128

/**
 * Note about more rows without a piece than padding explains, which suggests the tokenizer of another model; null
 * otherwise.
 */
export function describeSpareRows(pieces: PieceVocabulary, { vocabulary: rows }: BertSizes): string | null {
  const spare = rows - pieces.size
  if (spare < padded && pieces.size >= rows / 2) return null
  return (
    `${sourceOf(pieces)} has ${pieces.size} word pieces, the BERT has rows for ${rows}: ` +
    'the tokenizer may be of another model, as a cased one beside uncased weights. Check that both were published together.'
  )
}

const sourceOf = ({ files }: PieceVocabulary): string =>
  bertFileNames.tokenizer.find((name) => files[name]) ?? 'the tokenizer'
