/** Decoding of heads that give tags and a pair table: probabilities to download, and passes made of them. */
import * as tf from '@tensorflow/tfjs-core'
import { predictPairs, type PairPrediction } from '#main/kernels/pair-prediction'
import type { Pass } from '#main/document/prediction'
import type { ModelConfig } from '#main/runs/config'
import type { Decoding, Probe } from '../family.ts'
import { decodePasses } from './decode-tags-and-cells.ts'
import type { HeadOutputs } from './heads.ts'
import { storedCells } from './stored-cells.ts'

/** Outputs of one pass; null for a task that the model does not learn. */
export interface PredictedHeads {
  /** Probabilities of the tags [k, T]. */
  readonly tags: tf.Tensor2D | null
  readonly pairs: PairPrediction | null
}

/** Passes of the final heads, and of the early ones where there are any. */
export function decodeHeads(
  heads: HeadOutputs,
  early: PredictedHeads | null,
  lengths: readonly number[],
  config: ModelConfig,
): Decoding {
  const final = predictHeads(heads, lengths)
  const decode = async ({ tags, pairs }: PredictedHeads): Promise<Pass[]> =>
    decodePasses(tags && (await tags.data<'float32'>()), pairs && (await pairs.cells()), lengths, config)
  return {
    needed: [final, early].flatMap((heads) => [
      ...(heads?.tags ? [heads.tags] : []),
      ...(heads?.pairs ? [...(heads.pairs.maximum ? [heads.pairs.maximum] : []), ...heads.pairs.needed] : []),
    ]),
    passes: async () => ({ final: await decode(final), early: early && (await decode(early)) }),
  }
}

export function predictHeads({ tags, pairs }: HeadOutputs, lengths: readonly number[]): PredictedHeads {
  return {
    tags: tags && tf.softmax<tf.Tensor2D>(tags),
    pairs: pairs && predictPairs(pairs, { ...storedCells, lengths }),
  }
}

/** Probabilities of every tag of every word, and the largest ones of every relation type. */
export function probeHeads({ tags, pairs }: HeadOutputs, lengths: readonly number[]): Probe {
  const predicted = pairs && predictPairs(pairs, { ...storedCells, lengths, withMaximum: true })
  return {
    tags: tags ? tf.softmax(tags) : tf.tensor1d([]),
    relations: predicted?.maximum ? tf.sigmoid(tf.max(predicted.maximum, 0)) : tf.tensor1d([]),
  }
}
