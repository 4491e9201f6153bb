/** Sentences to a Batch: packed ids and gold. */
import * as tf from '@tensorflow/tfjs-core'
import type { LabelledSentence, SentenceWords } from '#main/document/labelled-sentence'
import { posDimensionOf, type ModelConfig } from '#main/runs/config'
import { startsOf, type Batch, type BatchInput, type Gold, type WordInput } from './batch.ts'
import { casingOf } from '../encoders/casing.ts'
import { encodeGold } from './gold.ts'
import { createPieceInput } from '../encoders/piece-input.ts'
import type { Lexicon } from '../encoders/lexicon.ts'
import { posRowOf } from '../encoders/part-of-speech.ts'

/** A sentence without spans and triples has no gold, and is enough to predict. */
type VectorizableSentence = SentenceWords & Partial<Pick<LabelledSentence, 'spans' | 'triples'>>

/** Batch of sentences. `isTight` is for lack of memory: it makes a BERT slower. */
export function vectorize(
  sentences: readonly VectorizableSentence[],
  lexicon: Lexicon,
  config: ModelConfig,
  isTight = false,
): Batch {
  const texts = sentences.map(({ words }) => words)
  const input =
    lexicon.kind === 'words'
      ? wordInput(sentences, lexicon.idOf, config)
      : createPieceInput(texts, lexicon, config, undefined, isTight)
  return withGold(sentences, input, config)
}

/** Batch with precomputed states [k, d] of all words; the batch owns the tensor. */
export function batchOfStates(
  sentences: readonly VectorizableSentence[],
  states: tf.Tensor2D,
  config: ModelConfig,
): Batch {
  return withGold(sentences, { kind: 'states', states }, config)
}

function withGold(sentences: readonly VectorizableSentence[], input: BatchInput, config: ModelConfig): Batch {
  const lengths = sentences.map(({ words }) => words.length)
  const rows = lengths.reduce((sum, length) => sum + length, 0)
  return { rows, lengths, input, gold: goldOf(sentences, config) }
}

function wordInput(
  sentences: readonly SentenceWords[],
  idOf: (word: string) => number,
  config: ModelConfig,
): WordInput {
  const words = sentences.flatMap((sentence) => sentence.words)
  return inputOfIds({
    tokens: Int32Array.from(words, idOf),
    casing: Int32Array.from(words, casingOf),
    pos: posDimensionOf(config) > 0 ? Int32Array.from(sentences.flatMap(posOfWords), posRowOf(config)) : null,
  })
}

const posOfWords = ({ words, pos }: SentenceWords): readonly (string | null)[] => pos ?? words.map(() => null)

/** Input of an LSTM encoder from ids, one per word. */
export function inputOfIds(ids: {
  readonly tokens: Int32Array
  readonly casing: Int32Array
  readonly pos: Int32Array | null
}): WordInput {
  return {
    kind: 'words',
    tokens: tf.tensor1d(ids.tokens, 'int32'),
    tokenIds: ids.tokens,
    casing: tf.tensor1d(ids.casing, 'int32'),
    pos: ids.pos && tf.tensor1d(ids.pos, 'int32'),
    posIds: ids.pos,
  }
}

function goldOf(sentences: readonly VectorizableSentence[], config: ModelConfig): Gold | null {
  if (sentences.every(({ spans, triples }) => !spans && !triples)) return null
  const encoded = sentences.map(({ spans = [], triples = [] }) => encodeGold(spans, triples, config))
  const starts = startsOf(sentences.map(({ words }) => words.length))
  const tags = new Int32Array(sentences.reduce((sum, { words }) => sum + words.length, 0))
  encoded.forEach((gold, b) => gold.tags.forEach(([token, tag]) => (tags[(starts[b] ?? 0) + token] = tag)))
  const cells = encoded.flatMap((gold, b) =>
    gold.cells
      .map(([subject, object, relation]) => [(starts[b] ?? 0) + subject, (starts[b] ?? 0) + object, relation])
      .toSorted(compareCells),
  )
  return {
    tags: tf.tensor1d(tags, 'int32'),
    cells: cells.flat(),
    left: {
      overlapping: encoded.reduce((sum, { left }) => sum + left.overlapping, 0),
      unknownType: encoded.reduce((sum, { left }) => sum + left.unknownType, 0),
    },
  }
}

/** Order of cells by subject, then object, then relation. */
function compareCells(a: readonly number[], b: readonly number[]): number {
  const differs = a.findIndex((value, at) => value !== b[at])
  return differs < 0 ? 0 : (a[differs] ?? 0) - (b[differs] ?? 0)
}
