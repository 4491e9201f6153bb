/** Reference of the pair loss and of its maximum's gradient, tile by tile. */
import * as tf from '@tensorflow/tfjs-core'
import { featuresOf, tilesOf, type PairTile } from './pair-tiles.ts'
import type { PairGold, PairGradients, PairInputs, PairLossAndMaximumOutputs, WinnerInputs } from './pairs.ts'
import { tidyAll } from './tidy.ts'

/** Loss, gradients and maximum of all pairs. @throws Error when every sentence is empty. */
export function lossOfPairs(inputs: PairInputs, { lengths, cells }: PairGold): PairLossAndMaximumOutputs {
  const { left, kernel, bias } = inputs
  const tiles = tilesOf(lengths, left.shape[1] + bias.size)
  if (tiles.length === 0) throw new Error('There is no pair to score: every sentence of the batch is empty')
  const parts = tiles.map((tile) => tidyAll(() => ofTile(inputs, tile, cells)))
  return {
    loss: sum(parts.map(({ loss }) => loss)),
    ...sumParts(parts, tiles, kernel),
    dBias: sum(parts.map(({ dBias }) => dBias)),
    maximum: tf.concat(
      parts.map(({ maximum }) => maximum),
      0,
    ),
    winners: tf.concat(
      parts.map(({ winners }) => winners),
      0,
    ),
  }
}

/** Gradients of the maximum: its own gradient is scattered to the logits of the winning pairs, all others are 0. */
export function maximumGradientOfPairs(
  { gradient, winners, left, right, kernel }: WinnerInputs,
  { lengths }: Pick<PairGold, 'lengths'>,
): PairGradients {
  const tiles = tilesOf(lengths, left.shape[1] + kernel.shape[1])
  const parts = tiles.map((tile) =>
    tidyAll(() => {
      const dLogits = scatterToWinners(gradient, winners, tile)
      return backThroughTile(featuresOf({ left, right }, tile), dLogits, kernel, tile)
    }),
  )
  return { ...sumParts(parts, tiles, kernel), dBias: tf.sum(gradient, 0) }
}

/** What one tile adds to the gradients: its own rows of left, its sentence's rows of right, the whole kernel. */
interface TileGradients {
  readonly dLeft: tf.Tensor2D
  readonly dRight: tf.Tensor2D
  readonly dKernel: tf.Tensor2D
}

function sumParts(parts: readonly TileGradients[], tiles: readonly PairTile[], kernel: tf.Tensor2D): TileGradients {
  const bySentence = Map.groupBy(tiles.keys(), (at) => tiles[at]?.start)
  const rights = [...bySentence.values()].map((own) => sum(own.flatMap((at) => parts[at]?.dRight ?? [])))
  return {
    dLeft: tf.concat(
      parts.map(({ dLeft }) => dLeft),
      0,
    ),
    dRight: tf.concat(rights, 0),
    dKernel: tf.reshape(sum(parts.map(({ dKernel }) => dKernel)), kernel.shape),
  }
}

const sum = <T extends tf.Tensor>(tensors: T[]): T =>
  tensors.length === 1 ? (tensors[0] as T) : tf.sum<T>(tf.stack(tensors), 0)

interface TileParts extends TileGradients {
  readonly loss: tf.Scalar
  readonly dBias: tf.Tensor1D
  readonly maximum: tf.Tensor2D
  readonly winners: tf.Tensor2D
}

function ofTile(inputs: PairInputs, tile: PairTile, cells: readonly number[]): TileParts {
  const { kernel, bias } = inputs
  const features = featuresOf(inputs, tile)
  const logits = tf.add<tf.Tensor2D>(tf.matMul(features, kernel), bias)
  const target = targetOf(tile, cells, bias.size)
  const dLogits = tf.sub<tf.Tensor2D>(tf.sigmoid(logits), target)
  const perPair = tf.sum(tf.sub(tf.softplus(logits), tf.mul(logits, target)), 1) // in stages: float32 keeps its digits
  const perWord = tf.reshape(logits, [tile.rows, tile.length, -1])
  return {
    loss: tf.sum(perPair),
    ...backThroughTile(features, dLogits, kernel, tile),
    dBias: tf.sum(dLogits, 0),
    maximum: tf.max(perWord, 1),
    winners: tf.add(tf.argMax(perWord, 1), tf.scalar(tile.start, 'int32')),
  }
}

/** Gradients of one tile from its features [rows x length, d] and the gradients of its logits [rows x length, l]. */
function backThroughTile(
  features: tf.Tensor2D,
  dLogits: tf.Tensor2D,
  kernel: tf.Tensor2D,
  { rows, length }: PairTile,
): TileGradients {
  const dFeatures = tf.mul(tf.matMul(dLogits, kernel, false, true), tf.step(features))
  const perWord = tf.reshape(dFeatures, [rows, length, -1])
  return { dLeft: tf.sum(perWord, 1), dRight: tf.sum(perWord, 0), dKernel: tf.matMul(features, dLogits, true, false) }
}

/** Target of a tile [rows x length, l]: 1 where a cell holds, else 0. */
function targetOf({ first, rows, start, length }: PairTile, cells: readonly number[], relations: number): tf.Tensor2D {
  const values = new Float32Array(rows * length * relations)
  for (let at = 0; at < cells.length; at += 3) {
    const [subject = 0, object = 0, relation = 0] = cells.slice(at, at + 3)
    if (subject >= first && subject < first + rows)
      values[((subject - first) * length + object - start) * relations + relation] = 1
  }
  return tf.tensor2d(values, [rows * length, relations])
}

/** Gradient of a tile's logits [rows x length, l] from the gradient of the maximum [k, l]. */
function scatterToWinners(gradient: tf.Tensor2D, winners: tf.Tensor2D, tile: PairTile): tf.Tensor2D {
  const { first, rows, start, length } = tile
  const relations = gradient.shape[1]
  const size = rows * relations
  const ofTile = (x: tf.Tensor2D): tf.Tensor1D => tf.reshape(tf.slice2d(x, [first, 0], [rows, relations]), [size])
  // a word's cells begin at (its number x length) x relations, and the winner's cells (its position in the sentence) x
  // relations later
  const base = Int32Array.from({ length: size }, (_, at) => {
    const [row, relation] = [Math.floor(at / relations), at % relations]
    return (row * length - start) * relations + relation
  })
  const cells = tf.add<tf.Tensor1D>(tf.tensor1d(base, 'int32'), tf.mul(ofTile(winners), tf.scalar(relations, 'int32')))
  const flat = tf.scatterND(tf.expandDims(cells, 1), ofTile(gradient), [rows * length * relations])
  return tf.reshape(flat, [rows * length, relations])
}
