/**
 * config.json of a Hugging Face folder → sizes of its BERT. A field that would make the model compute something else
 * is refused by name.
 */
import type { BertSizes } from '#main/runs/config'
import { readJson, type FolderFiles } from './folder-files.ts'

type Config = Readonly<Record<string, unknown>>

const fields = {
  vocabulary: 'vocab_size',
  width: 'hidden_size',
  layers: 'num_hidden_layers',
  heads: 'num_attention_heads',
  inner: 'intermediate_size',
  positions: 'max_position_embeddings',
  types: 'type_vocab_size',
} as const satisfies Partial<Record<keyof BertSizes, string>>

/** Smallest number of positions: [CLS], one piece, [SEP]. */
const fewestPositions = 3

export function readSizes(files: FolderFiles): BertSizes {
  const config = readJson(files, 'config.json') as Config
  assertKind(config)
  const sizes = Object.entries(fields).map(([size, field]) => {
    const value = config[field]
    if (!Number.isInteger(value) || (value as number) < 1)
      throw new Error(`config.json: expected a whole number at "${field}", found ${show(value)}`)
    return [size, value as number] as const // checked above
  })
  const found = Object.fromEntries(sizes) as Record<keyof typeof fields, number> // every field is there
  if (found.width % found.heads !== 0)
    throw new Error(`config.json: hidden_size ${found.width} cannot be shared by ${found.heads} attention heads`)
  if (found.positions < fewestPositions)
    throw new Error(
      `config.json: expected at least ${fewestPositions} at "${fields.positions}", found ${found.positions}: ` +
        'there is no room for [CLS], a word piece and [SEP]. Take another BERT.',
    )
  const { layer_norm_eps: epsilon } = config
  return { ...found, epsilon: typeof epsilon === 'number' ? epsilon : 1e-12 }
}

/** Names of architectures that are BERT's encoder, with any head on top. */
const bertLike = /^Bert(Model|LMHeadModel|For[A-Z]\w*)$/

function assertKind(config: Config): void {
  const { model_type: kind, architectures, hidden_act: activation } = config
  if (kind === undefined) {
    const named: unknown[] = Array.isArray(architectures) ? architectures : []
    if (!named.some((name) => typeof name === 'string' && bertLike.test(name)))
      throw new Error('config.json has no "model_type": add "model_type": "bert" if this is a BERT, else take one')
  } else if (kind !== 'bert') throw new Error(`config.json: expected "model_type": "bert", found ${show(kind)}`)
  if (activation !== 'gelu') throw new Error(`config.json: expected "hidden_act": "gelu", found ${show(activation)}`)
  const { position_embedding_type: positions = 'absolute', is_decoder: isDecoder = false } = config
  if (positions !== 'absolute')
    throw new Error(
      `config.json: expected "position_embedding_type": "absolute", found ${show(positions)}: ` +
        'only plain BERTs are computed. Take one without relative positions.',
    )
  if (isDecoder !== false && isDecoder !== null)
    throw new Error(
      `config.json: expected "is_decoder": false, found ${show(isDecoder)}: ` +
        'a decoder sees only the words before each word. Take a BERT that is an encoder.',
    )
}

const show = (value: unknown): string => JSON.stringify(value) ?? 'nothing'
