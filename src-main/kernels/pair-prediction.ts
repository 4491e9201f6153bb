/** Prediction over pairs: the most probable cells and, on request, the largest logit of every first word and relation type. */
import * as tf from '@tensorflow/tfjs-core'
import { defineKernel, hasKernel } from './kernel.ts'
import { keepMostProbable } from './most-probable.ts'
import { logitsOf, tilesOf, type PairTile } from './pair-tiles.ts'
import type { PairInputs } from './pairs.ts'

/** The most probable cells of every sentence, in the order of their rows: cell number c stands at [3c, 3c + 2] and [c]. */
export interface LikelyCells {
  /** Subject row, object row, relation, one after another. */
  readonly cells: Int32Array
  readonly logits: Float32Array
}

export interface PairPrediction {
  /** The largest logit over the second word of every first word [k, l]; null where `withMaximum` was left out. */
  readonly maximum: tf.Tensor2D | null
  /** Tensors that `cells` downloads from, beside the weights: a tidy that returns the prediction keeps them, and the caller disposes them. */
  readonly needed: readonly tf.Tensor[]
  cells(): Promise<LikelyCells>
}

export interface PairLimits {
  /** Number of words of every sentence, in the order of their rows. */
  readonly lengths: readonly number[]
  /** Logit from which a cell is kept. */
  readonly floor: number
  /** Largest number of cells of a sentence per word, whatever the model finds likely. */
  readonly cellsPerWord: number
}

interface PairLengths {
  readonly lengths: readonly number[]
}

export const pairMaximumKernel = defineKernel({
  name: 'PairMaximum',
  outputs: { maximum: 'value' },
  reference(inputs: PairInputs, { lengths }: PairLengths): { readonly maximum: tf.Tensor2D } {
    const tiles = tilesOf(lengths, inputs.left.shape[1] + inputs.bias.size)
    if (tiles.length === 0) return { maximum: tf.zeros([0, inputs.bias.size]) }
    const parts = tiles.map((tile) =>
      tf.tidy(() => tf.max<tf.Tensor2D>(tf.reshape(logitsOf(inputs, tile), [tile.rows, tile.length, -1]), 1)),
    )
    return { maximum: tf.concat2d(parts, 0) }
  },
})

interface CellTensors {
  /** [c, 3], int32. */
  readonly cells: tf.Tensor2D
  /** [c]. */
  readonly logits: tf.Tensor1D
}

/**
 * Cells and maximum in one walk over the pairs, where a backend has a kernel for it. Others walk twice: what is
 * downloaded from the backend comes later than the maximum is needed.
 */
export const pairPredictionKernel = defineKernel<PairInputs, CellTensors, PairLimits>({
  name: 'PairPrediction',
  outputs: { cells: 'value', logits: 'value' },
})

export const pairPredictionAndMaximumKernel = defineKernel<
  PairInputs,
  CellTensors & { readonly maximum: tf.Tensor2D },
  PairLimits
>({
  name: 'PairPredictionAndMaximum',
  outputs: { cells: 'value', logits: 'value', maximum: 'value' },
})

export function predictPairs(
  inputs: PairInputs,
  { withMaximum = false, ...limits }: PairLimits & { readonly withMaximum?: boolean },
): PairPrediction {
  if (!hasKernel(pairPredictionKernel))
    return {
      maximum: withMaximum ? pairMaximumKernel(inputs, { lengths: limits.lengths }).maximum : null,
      needed: [inputs.left, inputs.right],
      cells: () => cellsOfTiles(inputs, limits),
    }
  const { maximum, cells, logits } = withMaximum
    ? pairPredictionAndMaximumKernel(inputs, limits)
    : { maximum: null, ...pairPredictionKernel(inputs, limits) }
  return {
    maximum,
    needed: [cells, logits],
    cells: async () => ({ cells: await cells.data<'int32'>(), logits: await logits.data<'float32'>() }),
  }
}

async function cellsOfTiles(inputs: PairInputs, { lengths, floor, cellsPerWord }: PairLimits): Promise<LikelyCells> {
  const relations = inputs.bias.size
  const sentences: LikelyCells[] = []
  let start = -1
  for (const tile of tilesOf(lengths, inputs.left.shape[1] + relations)) {
    const tensor = logitsOf(inputs, tile)
    const values = await tensor.data<'float32'>()
    tensor.dispose()
    const before = tile.start === start ? sentences.pop() : undefined
    start = tile.start
    sentences.push(addTile(before ?? noCells, values, tile, { relations, floor, most: cellsPerWord * tile.length }))
  }
  return joinCells(sentences)
}

const noCells: LikelyCells = { cells: new Int32Array(0), logits: new Float32Array(0) }

/** The most probable of the cells that a sentence has so far and those of one more of its tiles. */
function addTile(
  before: LikelyCells,
  values: Float32Array,
  tile: PairTile,
  { relations, floor, most }: { readonly relations: number; readonly floor: number; readonly most: number },
): LikelyCells {
  let count = before.logits.length
  const room = values.reduce((sum, logit) => (logit >= floor ? sum + 1 : sum), count)
  const [cells, logits] = [new Int32Array(3 * room), new Float32Array(room)]
  cells.set(before.cells)
  logits.set(before.logits)
  values.forEach((logit, at) => {
    if (!(logit >= floor)) return
    const pair = Math.floor(at / relations)
    cells[3 * count] = tile.first + Math.floor(pair / tile.length)
    cells[3 * count + 1] = tile.start + (pair % tile.length)
    cells[3 * count + 2] = at % relations
    logits[count++] = logit
  })
  const kept = keepMostProbable({ cells, logits }, count, most).count
  return { cells: cells.slice(0, 3 * kept), logits: logits.slice(0, kept) }
}

/** The cells of several sentences, one after another. */
export function joinCells(sentences: readonly LikelyCells[]): LikelyCells {
  const count = sentences.reduce((sum, { logits }) => sum + logits.length, 0)
  const joined = { cells: new Int32Array(3 * count), logits: new Float32Array(count) }
  let at = 0
  for (const { cells, logits } of sentences) {
    joined.cells.set(cells, 3 * at)
    joined.logits.set(logits, at)
    at += logits.length
  }
  return joined
}
