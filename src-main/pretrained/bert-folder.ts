/** A Hugging Face folder of a BERT as bytes by file name → sizes, word pieces and weights; whatever is wrong is named. */
import type { BertSizes } from '#main/runs/config'
import { bertShapes } from './bert-shapes.ts'
import { parseTensors, type NamedTensor } from './safetensors.ts'
import { showShape } from './show-shape.ts'
import { createPieceVocabulary, type PieceVocabulary, type TokenizerFiles } from './word-pieces.ts'

/** Bytes by file name, the folder's own name left out. */
export type FolderFiles = Readonly<Record<string, Uint8Array>>

export interface BertFolder {
  readonly sizes: BertSizes
  readonly pieces: PieceVocabulary
  /** Under the names of `bertShapes`, every one in its shape. */
  readonly weights: ReadonlyMap<string, NamedTensor>
}

/** Files that a folder needs, by name; of those in one group the first that is there. */
export const bertFileNames = {
  needed: ['config.json'],
  tokenizer: ['tokenizer.json', 'vocab.txt'],
  optional: ['tokenizer_config.json'],
  weights: ['model.safetensors', 'model.safetensors.index.json'],
} as const

export function readBertFolder(files: FolderFiles): BertFolder {
  const sizes = readSizes(files)
  const pieces = readPieces(files)
  if (pieces.size > sizes.vocabulary)
    throw new Error(
      `The tokenizer knows ${pieces.size} pieces, config.json says vocab_size ${sizes.vocabulary}: ` +
        'tokenizer and model are not of one folder.',
    )
  return { sizes, pieces, weights: readWeights(files, sizes) }
}

const fields = {
  vocabulary: 'vocab_size',
  width: 'hidden_size',
  layers: 'num_hidden_layers',
  heads: 'num_attention_heads',
  inner: 'intermediate_size',
  positions: 'max_position_embeddings',
  types: 'type_vocab_size',
} as const satisfies Partial<Record<keyof BertSizes, string>>

function readSizes(files: FolderFiles): BertSizes {
  const config = readJson(files, 'config.json') as Readonly<Record<string, unknown>>
  const { model_type: kind, hidden_act: activation, layer_norm_eps: epsilon } = config
  if (kind !== 'bert') throw new Error(`config.json: expected "model_type": "bert", found ${JSON.stringify(kind)}`)
  if (activation !== 'gelu')
    throw new Error(`config.json: expected "hidden_act": "gelu", found ${JSON.stringify(activation)}`)
  const sizes = Object.entries(fields).map(([size, field]) => {
    const value = config[field]
    if (!Number.isInteger(value) || (value as number) < 1)
      throw new Error(`config.json: expected a whole number at "${field}", found ${JSON.stringify(value)}`)
    return [size, value as number] as const // checked above
  })
  const found = Object.fromEntries(sizes) as Record<keyof typeof fields, number> // every field is there
  if (found.width % found.heads !== 0)
    throw new Error(`config.json: hidden_size ${found.width} cannot be shared by ${found.heads} attention heads`)
  return { ...found, epsilon: typeof epsilon === 'number' ? epsilon : 1e-12 }
}

/** The word pieces alone: of a folder, or of a checkpoint that keeps their files. */
export function readPieces(files: FolderFiles): PieceVocabulary {
  const names = [...bertFileNames.tokenizer, ...bertFileNames.optional]
  const own = names.flatMap((name) => (files[name] ? [[name, files[name]] as const] : []))
  return createPieceVocabulary(readTokenizer(files), Object.fromEntries(own))
}

function readTokenizer(files: FolderFiles): TokenizerFiles {
  const vocabulary = files['vocab.txt']
  return {
    ...(files['tokenizer.json'] ? { tokenizer: readJson(files, 'tokenizer.json') } : {}),
    ...(vocabulary ? { vocabulary: new TextDecoder().decode(vocabulary) } : {}),
    ...(files['tokenizer_config.json'] ? { config: readJson(files, 'tokenizer_config.json') } : {}),
  }
}

/** Models with a head on top keep BERT's weights under this prefix. */
const prefix = /^bert\./
/** What TensorFlow's checkpoints call the weight and bias of a normalisation. */
const older: Readonly<Record<string, string>> = { gamma: 'weight', beta: 'bias' }

function readWeights(files: FolderFiles, sizes: BertSizes): Map<string, NamedTensor> {
  const stored = new Map<string, NamedTensor>()
  for (const file of weightFiles(files))
    for (const [name, tensor] of parseTensors(bytesOf(files, file), file))
      stored.set(
        name.replace(prefix, '').replace(/\b(gamma|beta)$/, (word) => older[word] ?? word),
        tensor,
      )
  return new Map(
    [...bertShapes(sizes)].map(([name, shape]) => {
      const tensor = stored.get(name)
      if (!tensor) throw new Error(`The folder's weights lack ${name}, which config.json asks for`)
      if (showShape(tensor.shape) !== showShape(shape))
        throw new Error(
          `${name} has shape ${showShape(tensor.shape)}, config.json asks for ${showShape(shape)}: ` +
            'weights and config.json are not of one folder',
        )
      return [name, tensor]
    }),
  )
}

/** One file, or the shards that the index names. */
export function weightFiles(files: FolderFiles): string[] {
  const [single, index] = bertFileNames.weights
  if (files[single] || !files[index]) return [single]
  const { weight_map: map = {} } = readJson(files, index) as { weight_map?: Record<string, string> }
  return [...new Set(Object.values(map))]
}

function bytesOf(files: FolderFiles, name: string): Uint8Array {
  const bytes = files[name]
  if (bytes) return bytes
  const wayOut = name.endsWith('.safetensors')
    ? 'only safetensors are read, no pickled weights (pytorch_model.bin): take a folder that has them'
    : 'take a folder as Hugging Face publishes it'
  throw new Error(`The folder has no ${name}: ${wayOut}`)
}

function readJson(files: FolderFiles, name: string): object {
  try {
    const value: unknown = JSON.parse(new TextDecoder().decode(bytesOf(files, name)))
    if (typeof value === 'object' && value !== null) return value
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
  }
  throw new Error(`${name} is not a JSON object`)
}
