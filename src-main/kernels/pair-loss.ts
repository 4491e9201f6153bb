/** Binary cross-entropy over all pairs and relation types, with its gradients, and the largest logit beside it. */
import * as tf from '@tensorflow/tfjs-core'
import { defineKernel, type KernelGradient } from './kernel.ts'
import { featuresOf, tilesOf, type PairInputs, type PairTile } from './pair-tiles.ts'
import { tidyAll } from './tidy.ts'

/** The pairs of a batch and which cells hold. */
export interface PairGold {
  /** Words of every sentence, in the order of their rows. */
  readonly lengths: readonly number[]
  /** Distinct cells that hold: subject row, object row, relation, one after another, in this order. */
  readonly cells: readonly number[]
}

/** → the sum over all cells, one number: -log p is softplus(z) - z y. */
export function pairLoss(inputs: PairInputs, gold: PairGold): tf.Scalar {
  return runLoss({ ...inputs }, gold)[0] as tf.Scalar // the loss comes first
}

/**
 * The same loss, and the largest logit over the second word of every first word [k, l]; the first wins a tie, as in
 * PyTorch.
 */
export function pairLossAndMaximum(inputs: PairInputs, gold: PairGold): { loss: tf.Scalar; maximum: tf.Tensor2D } {
  const [loss, , , , , maximum] = runLossAndMaximum({ ...inputs }, gold)
  return { loss: loss as tf.Scalar, maximum: maximum as tf.Tensor2D } // in the order below
}

type Input = keyof PairInputs
type Part = Readonly<Record<Input, tf.Tensor>>
const names = ['left', 'right', 'kernel', 'bias'] as const satisfies Input[]

/** → gradients of left, right, kernel and bias, for one pair per first word and relation. */
const maximumGradient = defineKernel<'gradient' | 'winners' | 'left' | 'right' | 'kernel', Pick<PairGold, 'lengths'>>(
  'PairMaximumGradient',
  throughWinners,
)

const named = (tensors: readonly tf.Tensor[]): Part =>
  Object.fromEntries(names.map((name, at) => [name, tensors[at]])) as unknown as Part // four, in this order

/** The forward pass has computed the gradients already: in one walk over the pairs both cost less than twice. */
const lossGradient: KernelGradient<Input> = {
  saves: [],
  savesOutputs: [false, true, true, true, true],
  values: [true, false, false, false, false],
  of: ([gradient], saved) => named(saved.map((part) => tf.mul(part, gradient as tf.Tensor))),
}

const lossAndMaximumGradient: KernelGradient<Input> = {
  saves: ['left', 'right', 'kernel'],
  savesOutputs: [false, true, true, true, true, false, true],
  values: [true, false, false, false, false, true, false],
  of([dLoss, dMaximum], saved, attributes) {
    const { lengths } = attributes as unknown as PairGold // what the kernel was run with
    const [left, right, kernel, ...rest] = saved as [tf.Tensor, tf.Tensor, tf.Tensor, ...tf.Tensor[]]
    const [loss, maximum, winners] = [dLoss, dMaximum, rest[4]] as [tf.Tensor, tf.Tensor, tf.Tensor] // two values
    const others = maximumGradient({ gradient: maximum, winners, left, right, kernel }, { lengths })
    return named(rest.slice(0, 4).map((part, at) => tf.add(tf.mul(part, loss), others[at] as tf.Tensor)))
  },
}

const runLoss = defineKernel<Input, PairGold>(
  'PairLoss',
  (inputs, gold) => overTiles(inputs as unknown as PairInputs, gold).slice(0, 5),
  lossGradient,
)

const runLossAndMaximum = defineKernel<Input, PairGold>(
  'PairLossAndMaximum',
  (inputs, gold) => overTiles(inputs as unknown as PairInputs, gold),
  lossAndMaximumGradient,
)

/** → loss, gradients of left, right, kernel and bias, maximum [k, l], rows of the winners [k, l] int32. */
function overTiles(inputs: PairInputs, { lengths, cells }: PairGold): tf.Tensor[] {
  const { left, kernel, bias } = inputs
  const tiles = tilesOf(lengths, left.shape[1] + bias.size)
  if (tiles.length === 0) throw new Error('There is no pair to score: every sentence of the batch is empty')
  const parts = tiles.map((tile) => tidyAll(() => ofTile(inputs, tile, cells)))
  return [
    sum(parts.map(({ loss }) => loss)),
    ...sumParts(parts, tiles, kernel),
    sum(parts.map((part) => part.bias)),
    tf.concat(
      parts.map(({ maximum }) => maximum),
      0,
    ),
    tf.concat(
      parts.map(({ winners }) => winners),
      0,
    ),
  ]
}

/** Gradients that one tile adds: of its own rows of left, of its sentence's rows of right, of the kernel. */
interface TileGradients {
  readonly left: tf.Tensor
  readonly right: tf.Tensor
  readonly kernel: tf.Tensor
}

/** → gradients of left, right and kernel. */
function sumParts(parts: readonly TileGradients[], tiles: readonly PairTile[], kernel: tf.Tensor): tf.Tensor[] {
  const bySentence = Map.groupBy(tiles.keys(), (at) => tiles[at]?.start)
  const rights = [...bySentence.values()].map((own) => sum(own.flatMap((at) => parts[at]?.right ?? [])))
  return [
    tf.concat(
      parts.map(({ left }) => left),
      0,
    ),
    tf.concat(rights, 0),
    tf.reshape(sum(parts.map((part) => part.kernel)), kernel.shape),
  ]
}

const sum = (tensors: tf.Tensor[]): tf.Tensor =>
  tensors.length === 1 ? (tensors[0] as tf.Tensor) : tf.sum(tf.stack(tensors), 0)

interface TileParts extends TileGradients {
  readonly loss: tf.Scalar
  readonly bias: tf.Tensor
  readonly maximum: tf.Tensor
  readonly winners: tf.Tensor
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
    bias: tf.sum(dLogits, 0),
    maximum: tf.max(perWord, 1),
    winners: tf.add(tf.argMax(perWord, 1), tf.scalar(tile.start, 'int32')),
  }
}

/** features [rows x length, d], dLogits [rows x length, l]. */
function backThroughTile(
  features: tf.Tensor2D,
  dLogits: tf.Tensor2D,
  kernel: tf.Tensor2D,
  { rows, length }: PairTile,
): TileGradients {
  const dFeatures = tf.mul(tf.matMul(dLogits, kernel, false, true), tf.step(features))
  const perWord = tf.reshape(dFeatures, [rows, length, -1])
  return { left: tf.sum(perWord, 1), right: tf.sum(perWord, 0), kernel: tf.matMul(features, dLogits, true, false) }
}

/** 1 where a cell holds, else 0 [rows x length, l]. */
function targetOf({ first, rows, start, length }: PairTile, cells: readonly number[], relations: number): tf.Tensor2D {
  const values = new Float32Array(rows * length * relations)
  for (let at = 0; at < cells.length; at += 3) {
    const [subject = 0, object = 0, relation = 0] = cells.slice(at, at + 3)
    if (subject >= first && subject < first + rows)
      values[((subject - first) * length + object - start) * relations + relation] = 1
  }
  return tf.tensor2d(values, [rows * length, relations])
}

/** As the loss, but only the winners have a gradient: it is scattered to their logits. */
function throughWinners(
  inputs: Record<'gradient' | 'winners' | 'left' | 'right' | 'kernel', tf.Tensor>,
  { lengths }: Pick<PairGold, 'lengths'>,
): tf.Tensor[] {
  const { gradient, winners, left, right, kernel } = inputs as Record<keyof typeof inputs, tf.Tensor2D>
  const relations = kernel.shape[1]
  const tiles = tilesOf(lengths, left.shape[1] + relations)
  const parts = tiles.map((tile) =>
    tidyAll(() => {
      const dLogits = scatterToWinners(gradient, winners, tile)
      return backThroughTile(featuresOf({ left, right }, tile), dLogits, kernel, tile)
    }),
  )
  return [...sumParts(parts, tiles, kernel), tf.sum(gradient, 0)]
}

/** Gradient of the maximum [k, l] → gradient of a tile's logits [rows x length, l]. */
function scatterToWinners(gradient: tf.Tensor2D, winners: tf.Tensor2D, tile: PairTile): tf.Tensor2D {
  const { first, rows, start, length } = tile
  const relations = gradient.shape[1]
  const size = rows * relations
  const ofTile = (x: tf.Tensor2D): tf.Tensor1D => tf.reshape(tf.slice2d(x, [first, 0], [rows, relations]), [size])
  // a word's cells begin at (its number x length) x relations; the winner's lie (its place in the sentence) x relations on
  const base = Int32Array.from({ length: size }, (_, at) => {
    const [row, relation] = [Math.floor(at / relations), at % relations]
    return (row * length - start) * relations + relation
  })
  const cells = tf.add<tf.Tensor1D>(tf.tensor1d(base, 'int32'), tf.mul(ofTile(winners), tf.scalar(relations, 'int32')))
  const flat = tf.scatterND(tf.expandDims(cells, 1), ofTile(gradient), [rows * length * relations])
  return tf.reshape(flat, [rows * length, relations])
}
