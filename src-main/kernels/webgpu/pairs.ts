/** The pair scorer with its loss and its maximum in WGSL, chunk by chunk. */
import * as tf from '@tensorflow/tfjs-core'
import { pairLossAndMaximumKernel, pairLossKernel, pairMaximumGradientKernel } from '../pair-loss.ts'
import { pairMaximumKernel } from '../pair-prediction.ts'
import type { PairGold, PairInputs, PairLossOutputs } from '../pairs.ts'
import { tidyAll } from '../tidy.ts'
import { goldBits, pairTables } from './pair-chunks.ts'
import { runKernelGradient, runLossSums, runWordGradient } from './pair-gradients.ts'
import { runLogits } from './pair-logits.ts'
import { runMaximum, runMaximumGradient } from './pair-maximum.ts'
import { registerWebgpuKernel } from './program.ts'

export function registerPairs(): void {
  registerWebgpuKernel(pairLossKernel, (inputs, gold) => lossOf(chunksOf(inputs, gold, false)))
  registerWebgpuKernel(pairLossAndMaximumKernel, (inputs, gold) => {
    const parts = chunksOf(inputs, gold, true)
    const winners = tf.cast(join(parts.flatMap((part) => part.winners ?? [])), 'int32')
    return { ...lossOf(parts), maximum: join(parts.flatMap(({ maximum }) => maximum ?? [])), winners }
  })
  registerWebgpuKernel(pairMaximumKernel, (inputs, { lengths }) => ({ maximum: maximumOf(inputs, lengths) }))
  registerWebgpuKernel(pairMaximumGradientKernel, (inputs, { lengths }) =>
    runMaximumGradient(inputs, pairTables(lengths, inputs.kernel.shape[1])),
  )
}

interface ChunkParts {
  /** Loss of every relation type and gradient of the bias [2, l]. */
  readonly sums: tf.Tensor2D
  /** Gradients of left for the chunk's rows, of right for all rows, of the kernel. */
  readonly dLeft: tf.Tensor2D
  readonly dRight: tf.Tensor2D
  readonly dKernel: tf.Tensor2D
  readonly maximum?: tf.Tensor2D
  readonly winners?: tf.Tensor2D
}

function chunksOf(inputs: PairInputs, { lengths, cells }: PairGold, withMaximum: boolean): ChunkParts[] {
  const l = inputs.bias.size
  const tables = pairTables(lengths, l)
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

function maximumOf(inputs: PairInputs, lengths: readonly number[]): tf.Tensor2D {
  const l = inputs.bias.size
  if (lengths.every((length) => length === 0)) return tf.zeros([0, l])
  const tables = pairTables(lengths, l)
  return join(
    tables.chunks.map((chunk) => tf.tidy(() => runMaximum(chunk, runLogits(inputs, chunk), tables, l).maximum)),
  )
}

const addAll = <T extends tf.Tensor>(tensors: T[]): T => (tensors.length === 1 ? (tensors[0] as T) : tf.addN(tensors))
const join = (rows: tf.Tensor2D[]): tf.Tensor2D => tf.concat2d(rows, 0)
