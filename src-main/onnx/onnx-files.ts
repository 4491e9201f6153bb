/** The files of an ONNX folder: the graph, what its numbers stand for, and how words become them. */

import { memoryName } from '#main/models/memory/memory-file'
import { memoryWeights } from '#main/models/memory/remembered-pass'
import { readWeights } from '#main/pretrained/bert-weights'
import { bertFileNames } from '#main/pretrained/folder-files'
import { parseTensors, type NamedTensor } from '#main/pretrained/safetensors'
import type { WordVectors } from '#main/pretrained/vector-reader'
import { createVocabulary, vocabularyFromText, vocabularyToText } from '#main/pretrained/vocabulary'
import { hasMemory, type PmeiModel } from '#main/runs/config'
import { windowsOfWords } from '#main/runs/sentence-plan'
import { jointGraph } from './joint-graph.ts'
import { withMoreWords } from './more-words.ts'

type Files = Readonly<Record<string, Uint8Array>>

export interface OnnxSource {
  readonly config: PmeiModel
  /** Files of a checkpoint: weights, and vocabulary or word pieces. */
  readonly checkpoint: Files
  /** Files of a frozen BERT; null where the weights hold all. */
  readonly encoder: Files | null
  /** Vectors of words that training has not seen; null where they all get the unknown word's. */
  readonly vectors: WordVectors | null
  /** Version of the program. */
  readonly version: string
}

/** Name and pieces of each file. @throws Error that names the weight or file that is missing. */
export function onnxFiles(source: OnnxSource, facts: object): ReadonlyMap<string, readonly Uint8Array[]> {
  const { config, checkpoint, version } = source
  const json = new TextEncoder().encode(`${JSON.stringify({ ...describe(config), ...facts }, null, 1)}\n`)
  const remembered = checkpoint[memoryName]
  const memory: Files = remembered ? { [memoryName]: remembered } : {}
  const { weights, lexicon } = config.encoder.kind === 'lstm' ? ofWords(source) : ofPieces(source)
  return new Map<string, readonly Uint8Array[]>([
    ['model.onnx', jointGraph(config, weights, version)],
    ['onnx.json', [json]],
    ...Object.entries({ ...lexicon, ...memory }).map(([name, bytes]) => [name, [bytes]] as const),
  ])

  function weightsOfCheckpoint(): Map<string, NamedTensor> {
    const bytes = checkpoint['weights.safetensors']
    if (!bytes) throw new Error('The model has no weights.safetensors: export it again')
    return parseTensors(bytes, 'weights.safetensors')
  }

  function ofWords({ vectors }: OnnxSource) {
    const vocabulary = vocabularyFromText(new TextDecoder().decode(checkpoint['vocabulary.txt']))
    const own = { vocabulary, weights: weightsOfCheckpoint() }
    const all = vectors ? withMoreWords(own, vectors) : own
    const text = vocabularyToText(createVocabulary(all.vocabulary.words.slice(2))) // two are reserved
    return { weights: all.weights, lexicon: { 'vocabulary.txt': new TextEncoder().encode(text) } }
  }

  function ofPieces({ encoder }: OnnxSource) {
    const frozen = encoder && config.encoder.kind === 'bert' ? readWeights(encoder, config.encoder.sizes) : []
    const weights = new Map([
      ...weightsOfCheckpoint(),
      ...[...frozen].map(([name, tensor]) => [`bert.${name}`, tensor] as const),
    ])
    const names = [...bertFileNames.tokenizer, ...bertFileNames.optional]
    const lexicon = Object.fromEntries(names.flatMap((name) => (checkpoint[name] ? [[name, checkpoint[name]]] : [])))
    return { weights, lexicon: lexicon as Files } // names and bytes as they lie in the checkpoint
  }
}

function describe(config: PmeiModel): object {
  const { encoder, tags, untypedLabel, relations, anchor, partsOfSpeech } = config
  return {
    ...{ format: 'espalier-onnx', version: 2 },
    encoder: encoder.kind === 'lstm' ? 'words' : 'pieces',
    ...(encoder.kind === 'bert' && { positions: encoder.sizes.positions }),
    ...{ tags, untypedLabel: untypedLabel ?? '', relations, anchor, partsOfSpeech: partsOfSpeech ?? [] },
    windows: windowsOfWords(config),
    ...(hasMemory(config) && { memory: memoryWeights }),
  }
}
