/** Sentences to a Batch: padded ids, masks and gold tensors, all named. */
import * as tf from '@tensorflow/tfjs-core'
import type { LabelledSentence } from '#main/document/labelled-sentence'
import type { ModelConfig } from '#main/runs/config'
import { casingOf } from './casing.ts'
import { encodeGold } from './gold.ts'
import type { Vocabulary } from './vocabulary.ts'

/** Sentences without spans and triples have no gold: enough to extract from them. */
export type VectorizableSentence = Pick<LabelledSentence, 'words'> &
  Partial<Pick<LabelledSentence, 'spans' | 'triples'>>

/** Tensors of B sentences padded to n tokens. The caller disposes them (`disposeBatch`). */
export interface Batch {
  /** B. */
  readonly size: number
  /** n, at least 1. */
  readonly length: number
  /** Real tokens of every sentence. */
  readonly lengths: readonly number[]
  /** Rows of the vocabulary [B, n], int32, 0 on padding. */
  readonly tokens: tf.Tensor2D
  /** Casing classes [B, n], int32, 0 on padding. */
  readonly casing: tf.Tensor2D
  /** 1 on real tokens, 0 on padding [B, n]. */
  readonly mask: tf.Tensor2D
  /** 1 on pairs of real tokens [B, n, n]. */
  readonly pairMask: tf.Tensor3D
  /** Null when no sentence carries gold. */
  readonly gold: GoldTensors | null
}

export interface GoldTensors {
  /** Index of every token's tag [B, n], int32, `O` on padding. */
  readonly tags: tf.Tensor2D
  /** 1 where a relation holds, subject first [B, n, n, l]. */
  readonly relationTable: tf.Tensor4D
  readonly left: LeftOut
}

/** Gold that tags and cells cannot hold: it is not trained on, but counted. */
export interface LeftOut {
  /** Spans that share a token with one that stays. */
  readonly overlapping: number
  /** Spans and relations of a type the model does not know. */
  readonly unknownType: number
}

export function vectorize(
  sentences: readonly VectorizableSentence[],
  vocabulary: Vocabulary,
  config: ModelConfig,
): Batch {
  const size = sentences.length
  const lengths = sentences.map(({ words }) => words.length)
  const length = Math.max(1, ...lengths)
  const tokens = new Int32Array(size * length)
  const casing = new Int32Array(size * length)
  sentences.forEach(({ words }, b) =>
    words.forEach((word, t) => {
      tokens[b * length + t] = vocabulary.idOf(word)
      casing[b * length + t] = casingOf(word)
    }),
  )
  return createBatch({ tokens, casing, lengths, length }, goldOf(sentences, length, config))
}

/** A batch from ids that exist already; rows of `tokens` and `casing` are sentences. */
export function createBatch(
  ids: { tokens: Int32Array; casing: Int32Array; lengths: readonly number[]; length: number },
  gold: GoldTensors | null,
): Batch {
  const { lengths, length } = ids
  const shape: [number, number] = [lengths.length, length]
  const mask = tf.tensor2d(
    lengths.flatMap((real) => Array.from({ length }, (_, t) => (t < real ? 1 : 0))),
    shape,
    'float32',
  )
  return {
    size: lengths.length,
    length,
    lengths,
    tokens: tf.tensor2d(ids.tokens, shape, 'int32'),
    casing: tf.tensor2d(ids.casing, shape, 'int32'),
    mask,
    pairMask: tf.tidy(() => tf.mul<tf.Tensor3D>(tf.expandDims(mask, 2), tf.expandDims(mask, 1))),
    gold,
  }
}

export function disposeBatch({ tokens, casing, mask, pairMask, gold }: Batch): void {
  tf.dispose([tokens, casing, mask, pairMask])
  if (gold) tf.dispose([gold.tags, gold.relationTable])
}

function goldOf(sentences: readonly VectorizableSentence[], length: number, config: ModelConfig): GoldTensors | null {
  if (sentences.every(({ spans, triples }) => !spans && !triples)) return null
  const encoded = sentences.map(({ spans = [], triples = [] }) => encodeGold(spans, triples, config))
  const tags = new Int32Array(sentences.length * length)
  encoded.forEach(({ tags: spanTags }, b) => spanTags.forEach(([token, tag]) => (tags[b * length + token] = tag)))
  const cells = encoded.flatMap((gold, b) => gold.cells.map((cell) => [b, ...cell]))
  return {
    tags: tf.tensor2d(tags, [sentences.length, length], 'int32'),
    relationTable: relationTable(cells, [sentences.length, length, length, config.relations.length]),
    left: {
      overlapping: encoded.reduce((sum, { left }) => sum + left.overlapping, 0),
      unknownType: encoded.reduce((sum, { left }) => sum + left.unknownType, 0),
    },
  }
}

/** Distinct cells [sentence, subject, object, relation] as a table of 0 and 1 [B, n, n, l]. */
export function relationTable(
  cells: readonly (readonly number[])[],
  shape: [number, number, number, number],
): tf.Tensor4D {
  if (cells.length === 0) return tf.zeros<tf.Rank.R4>(shape)
  return tf.tidy(() =>
    tf.scatterND<tf.Rank.R4>(tf.tensor2d(cells.flat(), [cells.length, 4], 'int32'), tf.ones([cells.length]), shape),
  )
}
