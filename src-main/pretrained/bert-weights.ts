/** Weights of a Hugging Face folder, from one file or several shards, with the names and shapes of `bertShapes`. */
import type { BertSizes } from '#main/runs/config'
import { kindOf, type BertKind } from './bert-kinds.ts'
import { bertShapes } from './bert-shapes.ts'
import { bertFileNames, bytesOf, readJson, type FolderFiles } from './folder-files.ts'
import { floatTypes, parseTensors, type NamedTensor } from './safetensors.ts'
import { showShape } from './show-shape.ts'

/** Names of normalisation weights in checkpoints converted from TensorFlow. */
const older: Readonly<Record<string, string>> = { gamma: 'weight', beta: 'bias' }

/** The name that BERT has for a weight of its kind. */
function ownName(name: string, { prefix, renamed }: BertKind): string {
  const plain = name.replace(prefix, '').replace(/\b(gamma|beta)$/, (word) => older[word] ?? word)
  return renamed.reduce((own, [part, bert]) => own.replace(part, bert), plain)
}

export function readWeights(files: FolderFiles, sizes: BertSizes): Map<string, NamedTensor> {
  const kind = kindOf(readJson(files, 'config.json') as Readonly<Record<string, unknown>>)
  const stored = new Map<string, NamedTensor>()
  const passedOver = new Map<string, string>()
  for (const file of weightFiles(files)) {
    const tensors = parseTensors(bytesOf(files, file), file, (name, type) => passedOver.set(ownName(name, kind), type))
    for (const [name, tensor] of tensors) stored.set(ownName(name, kind), tensor)
  }
  assertLayers([...stored.keys()], sizes)
  return new Map(
    [...bertShapes(sizes)].map(([name, shape]) => {
      const tensor = stored.get(name)
      if (!tensor) throw new Error(describeLack(name, passedOver.get(name)))
      if (showShape(tensor.shape) !== showShape(shape))
        throw new Error(
          `${name} has shape ${showShape(tensor.shape)}, config.json asks for ${showShape(shape)}: ` +
            'weights and config.json are not of one folder',
        )
      assertFinite(name, tensor)
      return [name, tensor]
    }),
  )
}

function describeLack(name: string, type: string | undefined): string {
  return type === undefined
    ? `The folder's weights lack ${name}, which config.json asks for`
    : `${name} is stored as ${type}, expected one of ${floatTypes.join(', ')}: take the folder of the model before its weights were made whole numbers`
}

/**
 * Refuses a file with more layers than config.json states: dropping them would make the model compute something else.
 */
function assertLayers(names: readonly string[], { layers }: BertSizes): void {
  const found = names.flatMap((name) => /^encoder\.layer\.(\d+)\./.exec(name)?.[1] ?? []).map(Number)
  const extra = [...new Set(found.filter((layer) => layer >= layers))].sort((a, b) => a - b)
  if (extra.length > 0)
    throw new Error(
      `config.json says num_hidden_layers ${layers}, but the weights hold ${extra.map((layer) => `encoder.layer.${layer}`).join(', ')} ` +
        'too (counted from 0): weights and config.json are not of one folder. Take both from the same one.',
    )
}

/**
 * Refuses values that are not finite, since one makes every loss not finite. A plain loop, because a model has a
 * hundred million values.
 */
function assertFinite(name: string, { values }: NamedTensor): void {
  for (let at = 0; at < values.length; at++) {
    const value = values[at] as number // the index is within the length
    if (value - value !== 0)
      throw new Error(`${name} holds ${value} (number ${at + 1} of ${values.length}): get the weights again`)
  }
}

/**
 * Names of the one file, or of the shards that the index lists. Names with a folder are refused, since files are
 * stored under these names.
 */
export function weightFiles(files: FolderFiles): string[] {
  const [single, index] = bertFileNames.weights
  if (files[single] || !files[index]) return [single]
  const { weight_map: map } = readJson(files, index) as { weight_map?: unknown }
  if (typeof map !== 'object' || map === null || Array.isArray(map) || Object.keys(map).length === 0)
    throw new Error(`${index}: expected the file of every weight at "weight_map", found ${show(map)}. Get it again.`)
  return [...new Set(Object.entries(map).map(([weight, name]) => shardName(weight, name, index)))]
}

/** File name without the separators of any system, and without a drive or stream of Windows. */
const plainName = /^[^/\\:\0]+\.safetensors$/

function shardName(weight: string, name: unknown, index: string): string {
  if (typeof name === 'string' && plainName.test(name)) return name
  throw new Error(
    `${index}, "weight_map": expected the name of a .safetensors file in the folder itself at "${weight}", ` +
      `found ${show(name)}. Get the folder as Hugging Face publishes it.`,
  )
}

const show = (value: unknown): string => JSON.stringify(value)?.slice(0, 200) ?? 'nothing'
