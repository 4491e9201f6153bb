/** Dropout inside a BERT: on embeddings, attention, and what each half of a layer adds, as it was pretrained. */
import * as tf from '@tensorflow/tfjs-core'
import { createRandom, type Random } from '../shared/random.ts'

/** Place of a window of word pieces in its batch. */
export interface WindowPlace {
  /** Index of the sentence in its batch. */
  readonly sentence: number
  /** Number of the window among those of the sentence. */
  readonly window: number
  /** Number of its pieces, without padding. */
  readonly length: number
}

/** What is dropped in one pass. Nothing is kept: a layer that is recomputed for its gradient draws the same again. */
export interface InnerDropout {
  /** Share that is dropped. */
  readonly rate: number
  /** Seed and number of the update. */
  readonly key: readonly number[]
  /** Position of the first sentence in the whole batch, of which the pass may be a shard. */
  readonly firstSentence: number
}

/** Drops values of the states or attention of some windows. Each place in the network has a number of its own. */
export interface Dropper {
  /** States [B x P, width]. */
  states(x: tf.Tensor2D, place: number): tf.Tensor2D
  /** Attention [B, heads, P, P]. */
  attention(x: tf.Tensor4D, place: number): tf.Tensor4D
}

/** Drops nothing. */
export const keepAll: Dropper = { states: (x) => x, attention: (x) => x }

/** Number that keeps these random streams apart from those of the same seed that draw other parts of a pass. */
const stream = 6

/** @param length number P of pieces to which the windows are padded; what is drawn does not depend on it. */
export function createDropper(dropout: InnerDropout | null, windows: readonly WindowPlace[], length: number): Dropper {
  if (!dropout) return keepAll
  const { rate, key, firstSentence } = dropout
  const kept = 1 / (1 - rate)
  const draw = (values: Float32Array, random: Random): void => {
    random.fillUniform(values)
    for (let at = 0; at < values.length; at++) values[at] = (values[at] ?? 0) < rate ? 0 : kept
  }
  const randomOf = ({ sentence, window }: WindowPlace, place: number): Random =>
    createRandom(...key, firstSentence + sentence, stream, window, place)
  return {
    states(x, place) {
      const [, width] = x.shape
      const mask = new Float32Array(x.size)
      windows.forEach((own, at) => {
        const from = at * length * width
        draw(mask.subarray(from, from + own.length * width), randomOf(own, place))
      })
      return tf.mul(x, tf.tensor2d(mask, x.shape))
    },
    attention(x, place) {
      const [, heads] = x.shape
      const mask = new Float32Array(x.size)
      windows.forEach((own, at) => {
        const random = randomOf(own, place)
        for (let row = 0; row < heads * own.length; row++) {
          const [head, piece] = [Math.floor(row / own.length), row % own.length]
          const from = ((at * heads + head) * length + piece) * length
          draw(mask.subarray(from, from + own.length), random)
        }
      })
      return tf.mul(x, tf.tensor4d(mask, x.shape))
    },
  }
}
