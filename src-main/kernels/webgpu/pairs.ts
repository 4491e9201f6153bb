/** Pair scorer with its loss and maximum in WGSL, in chunks. */
import * as tf from '@tensorflow/tfjs-core'
import { pairLossAndMaximumKernel, pairLossKernel, pairMaximumGradientKernel } from '../pair-loss.ts'
import { pairMaximumKernel } from '../pair-prediction.ts'
import type { PairGold, PairInputs, PairLossOutputs } from '../pairs.ts'
import { tidyAll } from '../tidy.ts'
import { goldBits, mostLogitsPerChunk, pairTables, type PairTables } from './pair-chunks.ts'
import { runKernelGradient, runLossSums, runWordGradient } from './pair-gradients.ts'
import { runLogits } from './pair-logits.ts'
import { runMaximum, runMaximumGradient } from './pair-maximum.ts'
import { registerWebgpuKernel } from './program.ts'

/** Tests ask for chunks so small that a batch has many. */
export function registerPairs(logitsPerChunk = mostLogitsPerChunk): void {
  const tablesOf = (kernel: tf.Tensor2D, lengths: readonly number[]): PairTables =>
    pairTables(lengths, kernel.shape[1], logitsPerChunk)
  registerWebgpuKernel(pairLossKernel, (inputs, { lengths, cells }) =>
    lossOf(chunksOf(inputs, tablesOf(inputs.kernel, lengths), cells, false)),
  )
  registerWebgpuKernel(pairLossAndMaximumKernel, (inputs, { lengths, cells }) => {
    const parts = chunksOf(inputs, tablesOf(inputs.kernel, lengths), cells, true)
    const winners = tf.cast(join(parts.flatMap((part) => part.winners ?? [])), 'int32')
    return { ...lossOf(parts), maximum: join(parts.flatMap(({ maximum }) => maximum ?? [])), winners }
  })
  registerWebgpuKernel(pairMaximumKernel, (inputs, { lengths }) => {
    if (lengths.every((length) => length === 0)) return { maximum: tf.zeros<tf.Rank.R2>([0, inputs.bias.size]) }
    return { maximum: maximumOf(inputs, tablesOf(inputs.kernel, lengths)) }
  })
  registerWebgpuKernel(pairMaximumGradientKernel, (inputs, { lengths }) =>
    runMaximumGradient(inputs, tablesOf(inputs.kernel, lengths)),
  )
}

interface ChunkParts {
  /** Loss of every relation type and gradient of the bias [2, l]. */
  readonly sums: tf.Tensor2D
  /** Gradient of left for the chunk's rows, of right for all rows, and of the kernel. */
  readonly dLeft: tf.Tensor2D
  readonly dRight: tf.Tensor2D
  readonly dKernel: tf.Tensor2D
  readonly maximum?: tf.Tensor2D
  readonly winners?: tf.Tensor2D
}

function chunksOf(
  inputs: PairInputs,
  tables: PairTables,
  cells: PairGold['cells'],
  withMaximum: boolean,
): ChunkParts[] {
  const l = inputs.bias.size
  return tables.chunks.map((chunk) =>
    tidyAll((): ChunkParts => {
      const logits = runLogits(inputs, chunk)
      const scored = { chunk, logits, gold: goldBits(tables, chunk, cells, l) }
      return {
        sums: runLossSums(scored, l),
        dLeft: runWordGradient('left', scored, inputs, tables),
        dRight: runWordGradient('right', scored, inputs, tables),
        dKernel: runKernelGradient(scored, inputs),
        ...(withMaximum ? runMaximum(chunk, logits, tables, l) : {}),
      }
    }),
  )
}

function lossOf(parts: readonly ChunkParts[]): PairLossOutputs {
  const [losses, dBias] = tf.unstack(addAll(parts.map(({ sums }) => sums))) as [tf.Tensor1D, tf.Tensor1D] // two rows
  return {
    loss: tf.sum(losses),
    dLeft: join(parts.map(({ dLeft }) => dLeft)),
    dRight: addAll(parts.map(({ dRight }) => dRight)),
    dKernel: addAll(parts.map(({ dKernel }) => dKernel)),
    dBias,
  }
}

function maximumOf(inputs: PairInputs, tables: PairTables): tf.Tensor2D {
  const maxima = tables.chunks.map((chunk) =>
    tf.tidy(() => runMaximum(chunk, runLogits(inputs, chunk), tables, inputs.bias.size).maximum),
  )
  return join(maxima)
}

const addAll = <T extends tf.Tensor>(tensors: T[]): T => (tensors.length === 1 ? (tensors[0] as T) : tf.addN(tensors))
const join = (rows: tf.Tensor2D[]): tf.Tensor2D => tf.concat2d(rows, 0)
