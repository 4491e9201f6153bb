/** A Hugging Face folder of a BERT as bytes by file name → sizes, word pieces and weights; whatever is wrong is named. */
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
  /** Under the names of `bertShapes`, every one in its shape. */
  readonly weights: ReadonlyMap<string, NamedTensor>
}

export function readBertFolder(files: FolderFiles): BertFolder {
  const sizes = readSizes(files)
  const pieces = readPieces(files)
  assertRows(pieces, sizes)
  return { sizes, pieces, weights: readWeights(files, sizes) }
}

/** The word pieces alone: of a folder, or of a checkpoint that keeps their files. */
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

/** Every id must have a row: by the ids and not by their number, since ids may be left out. */
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

/** Models are padded by up to so many rows that no piece has, for the sake of speed. */
const padded = 128

/** What is legal but looks like a tokenizer of another model; null where nothing does. */
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
