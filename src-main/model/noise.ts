/** The random part of a training pass: map noise, dropout and word dropout, drawn per sentence of the whole batch. */
import * as tf from '@tensorflow/tfjs-core'
import type { ModelConfig } from '#main/runs/config'
import { inputWidth } from './encoder.ts'
import { createRandom, type Random } from './random.ts'
import type { Batch } from './vectorize.ts'
import { unknownId } from './vocabulary.ts'

/** Absent parts are switched off. The caller disposes it (`tf.dispose`). */
export interface Noise {
  /** Standard normal, one per dimension of a state, for each map [B, n, d]. */
  readonly entity: tf.Tensor3D | null
  readonly relation: tf.Tensor3D | null
  /** 0 where the encoder's input is dropped, else 1 / (1 - rate) [k, e]. */
  readonly inputMask: tf.Tensor2D | null
  /** The batch's tokens with some replaced by the unknown word [B, n], int32. */
  readonly tokens: tf.Tensor2D | null
}

export interface NoiseKey {
  readonly seed: number
  /** Update the pass belongs to: a resumed run draws the same again. */
  readonly step: number
  /** Position of the shard's first sentence in its batch: shards draw what the whole batch would. */
  readonly firstSentence: number
}

export interface DropoutRates {
  /** Share of the encoder's input. */
  readonly dropout: number
  /** Share of words that become unknown. */
  readonly wordDropout: number
}

const streams = { entity: 1, relation: 2, input: 3, words: 4 } as const

export function drawNoise(batch: Batch, config: ModelConfig, rates: DropoutRates, key: NoiseKey): Noise {
  const { size, length, lengths } = batch
  const width = 2 * config.hidden
  const input = inputWidth(config)
  /** Rows of `columns` values; padding stays 0, so the padding of a batch changes no draw. */
  const fill = (columns: number, stream: keyof typeof streams, draw: (random: Random) => number): Float32Array => {
    const values = new Float32Array(size * length * columns)
    lengths.forEach((real, sentence) => {
      const random = createRandom(key.seed, key.step, key.firstSentence + sentence, streams[stream])
      const start = sentence * length * columns
      for (let at = start; at < start + real * columns; at++) values[at] = draw(random)
    })
    return values
  }
  const normal = (stream: 'entity' | 'relation'): tf.Tensor3D =>
    tf.tensor3d(
      fill(width, stream, (random) => random.normal()),
      [size, length, width],
    )
  const keep = 1 - rates.dropout
  return {
    entity: config.stochastic ? normal('entity') : null,
    relation: config.stochastic ? normal('relation') : null,
    inputMask:
      rates.dropout > 0
        ? tf.tensor2d(
            fill(input, 'input', (random) => (random.uniform() < keep ? 1 / keep : 0)),
            [size * length, input],
          )
        : null,
    tokens:
      rates.wordDropout > 0
        ? dropWords(
            batch,
            fill(1, 'words', (random) => (random.uniform() < rates.wordDropout ? 1 : 0)),
          )
        : null,
  }
}

function dropWords({ tokens }: Batch, dropped: Float32Array): tf.Tensor2D {
  const ids = tokens.dataSync<'int32'>().map((id, at) => (dropped[at] === 1 ? unknownId : id))
  return tf.tensor2d(ids, tokens.shape, 'int32')
}
