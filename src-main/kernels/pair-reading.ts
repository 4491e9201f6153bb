/** Reading pairs without gold: the most probable cells and, where it is asked for, the largest logit of every word and relation. */
import * as tf from '@tensorflow/tfjs-core'
import { defineKernel, hasKernel } from './kernel.ts'
import { keepMostProbable } from './most-probable.ts'
import { logitsOf, tilesOf, type PairInputs, type PairTile } from './pair-tiles.ts'

/** Cells at or above the floor, of each sentence the most probable, in the order of their rows: number c stands at [3c, 3c + 2] and [c]. */
export interface ReadCells {
  /** Subject row, object row, relation, one after another. */
  readonly cells: Int32Array
  readonly logits: Float32Array
}

export interface PairReading {
  /** The largest logit over the second word [k, l]; null where nobody asked for it. */
  readonly maximum: tf.Tensor2D | null
  /** What `cells` reads from, beside the weights: a tidy that returns the reading keeps it, and the caller disposes it. */
  readonly needed: readonly tf.Tensor[]
  cells(): Promise<ReadCells>
}

interface Asked {
  readonly lengths: readonly number[]
  /** Logit from which a cell is kept. */
  readonly floor: number
  /** As many cells of a sentence are kept for each of its words, whatever the model finds likely. */
  readonly cellsPerWord: number
  /** Left out, there is none. */
  readonly withMaximum?: boolean
}

const maximumOf = defineKernel<keyof PairInputs, Pick<Asked, 'lengths'>>('PairMaximum', (inputs, { lengths }) => {
  const pairs = inputs as unknown as PairInputs // by their names
  const tiles = tilesOf(lengths, pairs.left.shape[1] + pairs.bias.size)
  if (tiles.length === 0) return [tf.zeros([0, pairs.bias.size])]
  const parts = tiles.map((tile) =>
    tf.tidy(() => tf.max(tf.reshape(logitsOf(pairs, tile), [tile.rows, tile.length, -1]), 1)),
  )
  return [tf.concat(parts, 0)]
})

/**
 * A backend may have a kernel that finds both in one walk over the pairs: `PairReading`, with the outputs cells int32
 * [c, 3], logits [c] and, if asked for, maximum [k, l]. Others walk twice, since what is read back may only come later.
 */
const fused = 'PairReading'

export function readPairs(inputs: PairInputs, asked: Asked): PairReading {
  const { lengths, floor, cellsPerWord, withMaximum = false } = asked
  if (!hasKernel(fused)) {
    const [maximum = null] = withMaximum ? maximumOf({ ...inputs }, { lengths }) : []
    return {
      maximum: maximum as tf.Tensor2D | null,
      needed: [inputs.left, inputs.right],
      cells: () => readTiles(inputs, asked),
    }
  }
  const outputs = tf
    .engine()
    .runKernel(fused, { ...inputs }, { lengths: [...lengths], floor, cellsPerWord, withMaximum })
  const [cells, logits, maximum] = outputs as [tf.Tensor2D, tf.Tensor1D, tf.Tensor2D?] // in this order
  return {
    maximum: maximum ?? null,
    needed: [cells, logits],
    cells: async () => ({ cells: await cells.data<'int32'>(), logits: await logits.data<'float32'>() }),
  }
}

async function readTiles(inputs: PairInputs, { lengths, floor, cellsPerWord }: Asked): Promise<ReadCells> {
  const relations = inputs.bias.size
  const sentences: ReadCells[] = []
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

const noCells: ReadCells = { cells: new Int32Array(0), logits: new Float32Array(0) }

/** The most probable cells of what a sentence has so far and of one more of its tiles. */
function addTile(
  before: ReadCells,
  values: Float32Array,
  tile: PairTile,
  { relations, floor, most }: { readonly relations: number; readonly floor: number; readonly most: number },
): ReadCells {
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
export function joinCells(sentences: readonly ReadCells[]): ReadCells {
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
