/**
 * config.json of a Hugging Face folder → sizes of its BERT, or of a model like it. A field that would make the model
 * compute something else is refused by name.
 */
import type { BertSizes } from '#main/runs/config'
import { kindOf, type BertKind } from './bert-kinds.ts'
import { readJson, type FolderFiles } from './folder-files.ts'

type Config = Readonly<Record<string, unknown>>

/** Smallest number of positions: [CLS], one piece, [SEP]. */
const fewestPositions = 3

export function readSizes(files: FolderFiles): BertSizes {
  const config = readJson(files, 'config.json') as Config
  const kind = kindOf(config)
  const { fields } = kind
  assertPlain(config, kind)
  const sizeAt = (field: string): number => {
    const value = config[field]
    if (Number.isInteger(value) && (value as number) >= 1) return value as number // checked here
    throw new Error(`config.json: expected a whole number at "${field}", found ${show(value)}`)
  }
  const [width, heads] = [sizeAt(fields.width), sizeAt(fields.heads)]
  if (width % heads !== 0)
    throw new Error(`config.json: ${fields.width} ${width} cannot be shared by ${heads} attention heads`)
  const firstPosition = kind.countsFromPadding ? paddingOf(config) + 1 : 0
  const positions = sizeAt(fields.positions) - firstPosition
  if (positions < fewestPositions)
    throw new Error(
      `config.json: expected at least ${fewestPositions + firstPosition} at "${fields.positions}", found ${positions + firstPosition}: ` +
        'there is no room for the first piece, a word piece and the last one. Take another model.',
    )
  const embedding = fields.embedding === undefined ? width : sizeAt(fields.embedding)
  const { layer_norm_eps: epsilon } = config
  return {
    vocabulary: sizeAt(fields.vocabulary),
    ...{ width, layers: sizeAt(fields.layers), heads, inner: sizeAt(fields.inner), positions },
    types: fields.types === undefined ? 0 : sizeAt(fields.types),
    epsilon: typeof epsilon === 'number' ? epsilon : 1e-12,
    ...(firstPosition === 0 ? {} : { firstPosition }),
    ...(embedding === width ? {} : { embedding }),
  }
}

function paddingOf({ pad_token_id: padding = 1 }: Config): number {
  if (Number.isInteger(padding) && (padding as number) >= 0) return padding as number // checked here
  throw new Error(`config.json: expected the id of padding at "pad_token_id", found ${show(padding)}`)
}

/** Refuses what would make the model compute something else. */
function assertPlain(config: Config, { activation: field }: BertKind): void {
  if (config[field] !== 'gelu')
    throw new Error(`config.json: expected "${field}": "gelu", found ${show(config[field])}`)
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
