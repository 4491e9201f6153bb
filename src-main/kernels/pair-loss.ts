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
const maximumGradient = defineKernel<'gradient' | 'winners' | 'left' | 'right' | 'kernel'>(
  'PairMaximumGradient',
  throughWinners,
)

const named = (tensors: readonly tf.Tensor[]): Part =>
  Object.fromEntries(names.map((name, at) => [name, tensors[at]])) as unknown as Part // four, in this order

/** The forward pass has computed the gradients already: in one walk over the pairs both cost less than twice. */
const lossGradient: KernelGradient<Input> = {
  saves: [],
  savesOutputs: [false, true, true, true, true],
  of: ([gradient], saved) => named(saved.map((part) => tf.mul(part, gradient as tf.Tensor))),
}

const lossAndMaximumGradient: KernelGradient<Input> = {
  saves: ['left', 'right', 'kernel'],
  savesOutputs: [false, true, true, true, true, false, true],
  of(gradients, saved) {
    const [left, right, kernel, ...rest] = saved as [tf.Tensor, tf.Tensor, tf.Tensor, ...tf.Tensor[]]
    const [loss, maximum, winners] = [gradients[0], gradients[5], rest[4]] as [tf.Tensor, tf.Tensor, tf.Tensor]
    const others = maximumGradient({ gradient: maximum, winners, left, right, kernel }, {})
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
  const sum = (of: (part: TileParts) => tf.Tensor): tf.Tensor => tf.sum(tf.stack(parts.map((part) => of(part))), 0)
  const rights = sentencesOf(tiles).map((own) =>
    own.length === 1 ? parts[own[0] ?? 0]?.right : tf.sum(tf.stack(own.map((at) => parts[at]?.right as tf.Tensor)), 0),
  )
  const join = (rows: (tf.Tensor | undefined)[]): tf.Tensor => tf.concat(rows as tf.Tensor[], 0) // one per tile
  return [
    sum(({ loss }) => loss),
    join(parts.map((part) => part.left)),
    join(rights),
    tf.reshape(
      sum((part) => part.kernel),
      kernel.shape,
    ),
    sum((part) => part.bias),
    join(parts.map(({ maximum }) => maximum)),
    join(parts.map(({ winners }) => winners)),
  ]
}

interface TileParts extends Record<Input, tf.Tensor> {
  readonly loss: tf.Scalar
  readonly maximum: tf.Tensor
  readonly winners: tf.Tensor
}

function ofTile(inputs: PairInputs, tile: PairTile, cells: readonly number[]): TileParts {
  const { kernel, bias } = inputs
  const { rows, length, start } = tile
  const features = featuresOf(inputs, tile)
  const logits = tf.add<tf.Tensor2D>(tf.matMul(features, kernel), bias)
  const target = targetOf(tile, cells, bias.size)
  const dLogits = tf.sub<tf.Tensor2D>(tf.sigmoid(logits), target)
  const perPair = tf.sum(tf.sub(tf.softplus(logits), tf.mul(logits, target)), 1) // in stages: float32 keeps its digits
  const dFeatures = tf.reshape(tf.mul(tf.matMul(dLogits, kernel, false, true), tf.step(features)), [rows, length, -1])
  const perWord = tf.reshape(logits, [rows, length, -1])
  return {
    loss: tf.sum(perPair),
    left: tf.sum(dFeatures, 1),
    right: tf.sum(dFeatures, 0),
    kernel: tf.matMul(features, dLogits, true, false),
    bias: tf.sum(dLogits, 0),
    maximum: tf.max(perWord, 1),
    winners: tf.add(tf.argMax(perWord, 1), tf.scalar(start, 'int32')),
  }
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

/** Numbers of the tiles of every sentence that has words. */
function sentencesOf(tiles: readonly PairTile[]): number[][] {
  return [...Map.groupBy(tiles.keys(), (at) => tiles[at]?.start).values()]
}

function throughWinners(inputs: Record<'gradient' | 'winners' | 'left' | 'right' | 'kernel', tf.Tensor>): tf.Tensor[] {
  const { gradient, winners, left, right, kernel } = inputs as Record<keyof typeof inputs, tf.Tensor2D>
  const [words, width] = left.shape
  const relations = kernel.shape[1]
  const columns = tf.transpose(kernel) // [l, d]
  const perTile = Math.max(1, Math.floor(2e6 / (relations * width)))
  const parts = Array.from({ length: Math.ceil(words / perTile) }, (_, tile) =>
    tf.tidy(() => {
      const first = tile * perTile
      const rows = Math.min(perTile, words - first)
      const second = tf.reshape<tf.Rank.R1>(tf.slice2d(winners, [first, 0], [rows, relations]), [rows * relations])
      const a = tf.expandDims(tf.slice2d(left, [first, 0], [rows, width]), 1)
      const b = tf.reshape(tf.gather(right, second), [rows, relations, width])
      const features = tf.relu(tf.add(a, b))
      const weight = tf.expandDims(tf.slice2d(gradient, [first, 0], [rows, relations]), 2)
      const dFeatures = tf.mul(tf.mul(tf.expandDims(columns, 0), weight), tf.step(features))
      return {
        left: tf.sum(dFeatures, 1),
        right: tf.scatterND(tf.expandDims(second, 1), tf.reshape(dFeatures, [rows * relations, width]), right.shape),
        columns: tf.sum(tf.mul(features, weight), 0),
      }
    }),
  )
  const total = (tensors: tf.Tensor[]): tf.Tensor => tf.sum(tf.stack(tensors), 0)
  return [
    tf.concat(
      parts.map((part) => part.left),
      0,
    ),
    total(parts.map((part) => part.right)),
    tf.transpose(total(parts.map((part) => part.columns))),
    tf.sum(gradient, 0),
  ]
}
