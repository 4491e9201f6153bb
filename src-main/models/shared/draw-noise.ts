/** Random part of a training pass: map noise, dropout and word dropout, drawn per sentence of the whole batch. */
import * as tf from '@tensorflow/tfjs-core'
import { stateWidth, type ModelConfig } from '#main/runs/config'
import { factsOfFamily } from '#main/runs/families/families'
import type { Task } from '#main/runs/variant'
import { droppedWidth } from '../encoders/encoder.ts'
import type { Noise } from './noise.ts'
import { createRandom, type Random } from './random.ts'
import { unknownPosRow } from '../encoders/part-of-speech.ts'
import type { Batch } from './batch.ts'
import { unknownId } from '#main/pretrained/vocabulary'

interface NoiseKey {
  readonly seed: number
  /** Number of the update that the pass belongs to. A resumed run draws the same numbers again. */
  readonly step: number
  /** Position of the shard's first sentence in its batch. Shards draw the same numbers as the whole batch would. */
  readonly firstSentence: number
  /**
   * Keys of the sentences in the place of their positions, where a position says nothing: predictions are made in
   * batches of any size, and a sentence must draw numbers of its own in whichever it stands.
   */
  readonly sentenceKeys?: readonly number[]
}

interface DropoutRates {
  /** Share of the encoder's input that is dropped. */
  readonly dropout: number
  /** Share of words that are replaced by the unknown word, and of parts of speech that are dropped. */
  readonly wordDropout: number
  /** Share of states and attention that is dropped inside a BERT. */
  readonly innerDropout: number
}

/** Number of the random stream of each part. Another part would leave the numbers of these unchanged. */
const streams = { entity: 1, relation: 2, input: 3, words: 4, pos: 5 } as const

export function drawNoise(batch: Batch, config: ModelConfig, rates: DropoutRates, key: NoiseKey): Noise {
  const { rows, lengths, input } = batch
  const width = stateWidth(config)
  const dropped = droppedWidth(config.encoder)
  /**
   * Draws rows of `columns` values [k, columns]. Every sentence has a generator of its own, so its numbers do not
   * depend on its neighbours.
   */
  const draw = (
    columns: number,
    stream: keyof typeof streams,
    fill: (random: Random, values: Float32Array) => void,
  ) => {
    const values = new Float32Array(rows * columns)
    let row = 0
    lengths.forEach((length, sentence) => {
      const own = key.sentenceKeys?.[sentence] ?? key.firstSentence + sentence
      const random = createRandom(key.seed, key.step, own, streams[stream])
      fill(random, values.subarray(row * columns, (row += length) * columns))
    })
    return values
  }
  const drawn = factsOfFamily(config).drawn(config)
  const normal = (task: Task): tf.Tensor2D =>
    tf.tensor2d(
      draw(width, task, (random, values) => random.fillNormal(values)),
      [rows, width],
    )
  const chance = (columns: number, stream: 'input' | 'words', rate: number, hit: number): Float32Array =>
    draw(columns, stream, (random, values) => {
      random.fillUniform(values)
      for (let at = 0; at < values.length; at++) values[at] = (values[at] ?? 0) < rate ? hit : 0
    })
  const keep = 1 - rates.dropout
  const words = rates.wordDropout > 0 && input.kind === 'words' ? input : null
  return {
    entity: drawn.includes('entity') ? normal('entity') : null,
    relation: drawn.includes('relation') ? normal('relation') : null,
    inputMask: rates.dropout > 0 ? tf.tensor2d(chance(dropped, 'input', keep, 1 / keep), [rows, dropped]) : null,
    tokens: words && replaceBy(unknownId, words.tokenIds, chance(1, 'words', rates.wordDropout, 1)),
    pos: words?.posIds ? replaceBy(unknownPosRow, words.posIds, draw(1, 'pos', dropsPos(rates.wordDropout))) : null,
    inner:
      rates.innerDropout > 0 && input.kind === 'pieces'
        ? { rate: rates.innerDropout, key: [key.seed, key.step], firstSentence: key.firstSentence }
        : null,
  }
}

/** Drops single parts of speech and, as often, all of a sentence: a text may state some of them, or none. */
function dropsPos(rate: number): (random: Random, values: Float32Array) => void {
  return (random, values) => {
    const ofWord = random.uniform() < rate ? 1 : rate
    for (let at = 0; at < values.length; at++) values[at] = random.uniform() < ofWord ? 1 : 0
  }
}

function replaceBy(unknown: number, ids: Int32Array, isReplaced: Float32Array): tf.Tensor1D {
  return tf.tensor1d(
    ids.map((id, at) => (isReplaced[at] === 1 ? unknown : id)),
    'int32',
  )
}
