/** Reading pairs without gold: the cells worth keeping and, where it is asked for, the largest logit of every word and relation. */
import * as tf from '@tensorflow/tfjs-core'
import { defineKernel, hasKernel } from './kernel.ts'
import { logitsOf, tilesOf, type PairInputs } from './pair-tiles.ts'

/** Cells at or above the floor, in the order of their rows: number c stands at [3c, 3c + 2] and [c]. */
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
  const { lengths, floor, withMaximum = false } = asked
  if (!hasKernel(fused)) {
    const [maximum = null] = withMaximum ? maximumOf({ ...inputs }, { lengths }) : []
    return {
      maximum: maximum as tf.Tensor2D | null,
      needed: [inputs.left, inputs.right],
      cells: () => readTiles(inputs, asked),
    }
  }
  const outputs = tf.engine().runKernel(fused, { ...inputs }, { lengths: [...lengths], floor, withMaximum })
  const [cells, logits, maximum] = outputs as [tf.Tensor2D, tf.Tensor1D, tf.Tensor2D?] // in this order
  return {
    maximum: maximum ?? null,
    needed: [cells, logits],
    cells: async () => ({ cells: await cells.data<'int32'>(), logits: await logits.data<'float32'>() }),
  }
}

async function readTiles(inputs: PairInputs, { lengths, floor }: Asked): Promise<ReadCells> {
  const relations = inputs.bias.size
  const cells: number[] = []
  const logits: number[] = []
  for (const tile of tilesOf(lengths, inputs.left.shape[1] + relations)) {
    const tensor = logitsOf(inputs, tile)
    const values = await tensor.data<'float32'>()
    tensor.dispose()
    values.forEach((logit, at) => {
      if (logit < floor) return
      const pair = Math.floor(at / relations)
      cells.push(tile.first + Math.floor(pair / tile.length), tile.start + (pair % tile.length), at % relations)
      logits.push(logit)
    })
  }
  return { cells: Int32Array.from(cells), logits: Float32Array.from(logits) }
}
