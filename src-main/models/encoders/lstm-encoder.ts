/**
 * LSTM encoder: word vectors with features for casing and part of speech, then a bidirectional LSTM over sentences of
 * any length.
 */
import * as tf from '@tensorflow/tfjs-core'
import { lstm } from '#main/kernels/lstm'
import { lookUpRows, permuteRows, type RowOrder } from '#main/kernels/rows'
import type { LstmEncoder, ModelConfig } from '#main/runs/config'
import { casingClasses } from './casing.ts'
import type { Noise } from '../shared/noise.ts'
import { posRows } from './part-of-speech.ts'
import { assertShape } from '../shared/shapes.ts'
import { startsOf, type WordInput } from '../shared/batch.ts'
import { orthogonalBlocks, uniform, zeros, type Initializer, type WeightSpec, type Weights } from '../shared/weights.ts'

/** Initial vector of a row of the vocabulary; undefined means random. */
export type VectorOf = (row: number) => ArrayLike<number> | undefined

const directions = ['forward', 'backward'] as const

/** Width e of the encoder's input. */
export function lstmInputWidth({ wordDimension, casingDimension, posDimension }: LstmEncoder): number {
  return wordDimension + casingDimension + posDimension
}

/**
 * Specs of the encoder's weights. All biases start at 0, also the forget gate's; PyTorch's two small random biases are
 * close to that.
 */
export function lstmWeights(
  encoder: LstmEncoder,
  config: Pick<ModelConfig, 'partsOfSpeech'>,
  vocabularySize: number,
  vectorOf?: VectorOf,
): WeightSpec[] {
  const { wordDimension, casingDimension, posDimension, hidden } = encoder
  const width = lstmInputWidth(encoder)
  const limit = Math.sqrt(6 / (width + hidden))
  return [
    { name: 'embedding.word', shape: [vocabularySize, wordDimension], initial: wordVectors(vectorOf) },
    ...(casingDimension > 0
      ? [{ name: 'embedding.casing', shape: [casingClasses.length, casingDimension], initial: uniform(0.25) }]
      : []),
    ...(posDimension > 0
      ? [{ name: 'embedding.pos', shape: [posRows(config), posDimension], initial: posVectors }]
      : []),
    ...directions.flatMap((direction) => [
      { name: `encoder.${direction}.kernel`, shape: [width, 4 * hidden], initial: uniform(limit) },
      { name: `encoder.${direction}.recurrent`, shape: [hidden, 4 * hidden], initial: orthogonalBlocks(hidden) },
      { name: `encoder.${direction}.bias`, shape: [4 * hidden], initial: zeros },
    ]),
  ]
}

/**
 * Initial word vectors: padding is 0, and a word without a vector is uniform with about the spread of published
 * vectors of rare words.
 */
function wordVectors(vectorOf?: VectorOf): Initializer {
  return (shape, random) => {
    const [rows = 0, width = 0] = shape
    const values = uniform(Math.sqrt(3 / width))(shape, random)
    values.fill(0, 0, width)
    for (let row = 1; row < rows; row++) {
      const vector = vectorOf?.(row)
      if (vector && vector.length !== width)
        throw new Error(`The vector of row ${row} is ${vector.length} wide, but the model's words are ${width} wide`)
      if (vector) values.set(vector, row * width)
    }
    return values
  }
}

/**
 * Initial vectors of the parts of speech: "unknown" starts at 0, in the middle of the others, so that it has no effect
 * where training never meets it.
 */
const posVectors: Initializer = (shape, random) => uniform(0.25)(shape, random).fill(0, 0, shape[1])

/** Shared states H [k, d] of the words of sentences of `lengths`. */
export function encodeWords(
  words: WordInput,
  lengths: readonly number[],
  weights: Weights,
  encoder: LstmEncoder,
  noise: Noise | null,
): tf.Tensor2D {
  assertShape(words.tokens, [words.tokenIds.length], 'The batch of tokens')
  const input = embed(words, weights, encoder, noise)
  const states = directions.map((direction) => {
    const { stepSizes, ...order } = stepMajor(lengths, direction === 'backward')
    const gates: tf.Tensor = tf.fused.matMul({
      a: permuteRows(input, order),
      b: weights(`encoder.${direction}.kernel`),
      bias: weights(`encoder.${direction}.bias`),
    })
    const recurrent = weights(`encoder.${direction}.recurrent`) as tf.Tensor2D // its spec has the shape [h, 4h]
    return permuteRows(lstm(gates as tf.Tensor2D, recurrent, stepSizes), { order: order.inverse, inverse: order.order })
  })
  return tf.concat2d(states, 1)
}

/** Word vector and features of every token, with dropout applied [k, e]. */
function embed(
  { tokens, casing, pos }: WordInput,
  weights: Weights,
  { casingDimension, posDimension }: LstmEncoder,
  noise: Noise | null,
): tf.Tensor2D {
  const pick = (name: string, ids: tf.Tensor1D): tf.Tensor2D => lookUpRows(weights(name) as tf.Tensor2D, ids)
  const parts = [
    pick('embedding.word', noise?.tokens ?? tokens),
    ...(casingDimension > 0 ? [pick('embedding.casing', casing)] : []),
    ...(posDimension > 0 && pos ? [pick('embedding.pos', noise?.pos ?? pos)] : []),
  ]
  const input = parts.length > 1 ? tf.concat2d(parts, 1) : (parts[0] as tf.Tensor2D) // the word vector is always there
  return noise?.inputMask ? tf.mul(input, noise.inputMask) : input
}

interface StepOrder extends RowOrder {
  /** Number of sentences still running at every step. */
  readonly stepSizes: readonly number[]
}

/**
 * Maps the order of the text to the order of an LSTM: all first words, longest sentence first, then all second words.
 * Backward, the words of a sentence come last to first.
 */
function stepMajor(lengths: readonly number[], isBackward: boolean): StepOrder {
  const starts = startsOf(lengths)
  const longestFirst = [...lengths.keys()].sort((a, b) => (lengths[b] ?? 0) - (lengths[a] ?? 0) || a - b)
  const steps = Math.max(0, ...lengths)
  const rows = lengths.reduce((sum, length) => sum + length, 0)
  const order = new Int32Array(rows)
  const inverse = new Int32Array(rows)
  const stepSizes: number[] = []
  let to = 0
  for (let t = 0; t < steps; t++) {
    const running = longestFirst.filter((sentence) => (lengths[sentence] ?? 0) > t)
    stepSizes.push(running.length)
    for (const sentence of running) {
      const from = (starts[sentence] ?? 0) + (isBackward ? (lengths[sentence] ?? 0) - 1 - t : t)
      order[to] = from
      inverse[from] = to++
    }
  }
  return { order: tf.tensor1d(order, 'int32'), inverse: tf.tensor1d(inverse, 'int32'), stepSizes }
}
