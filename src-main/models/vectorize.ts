/** Sentences to a Batch: packed ids and gold. */
import * as tf from '@tensorflow/tfjs-core'
import type { LabelledSentence, SentenceWords } from '#main/document/labelled-sentence'
import { posDimensionOf, type ModelConfig } from '#main/runs/config'
import { familyOf } from './families.ts'
import type { Batch, BatchInput, WordInput } from './shared/batch.ts'
import { casingOf } from './encoders/casing.ts'
import { createPieceInput } from './encoders/piece-input.ts'
import type { Lexicon } from './encoders/lexicon.ts'
import { posRowOf } from './encoders/part-of-speech.ts'

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
  const hasGold = sentences.some(({ spans, triples }) => spans !== undefined || triples !== undefined)
  const gold = hasGold
    ? familyOf(config).encodeGold(
        sentences.map(({ words, spans = [], triples = [] }) => ({ words, spans, triples })),
        config,
      )
    : null
  return { rows, lengths, input, gold }
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
