/** The pair scorer with its loss and its maximum in WGSL, chunk by chunk. */
import * as tf from '@tensorflow/tfjs-core'
import type { PairGold } from '../pair-loss.ts'
import type { PairInputs } from '../pair-tiles.ts'
import { tidyAll } from '../tidy.ts'
import { goldBits, pairTables } from './pair-chunks.ts'
import { runKernelGradient, runLossSums, runWordGradient } from './pair-gradients.ts'
import { runLogits } from './pair-logits.ts'
import { runMaximum, runMaximumGradient } from './pair-maximum.ts'
import { registerWebgpuKernel } from './program.ts'

export function registerPairs(): void {
  const pairs = (inputs: object) => inputs as PairInputs // by their names
  const gold = (attributes: tf.NamedAttrMap) => attributes as unknown as PairGold // as the kernels ask for
  registerWebgpuKernel('PairLoss', (inputs, attributes) => withLoss(pairs(inputs), gold(attributes), false))
  registerWebgpuKernel('PairLossAndMaximum', (inputs, attributes) => withLoss(pairs(inputs), gold(attributes), true))
  registerWebgpuKernel('PairMaximum', (inputs, attributes) => [maximumOf(pairs(inputs), gold(attributes).lengths)])
  registerWebgpuKernel('PairMaximumGradient', (inputs, attributes) =>
    runMaximumGradient(
      inputs as Parameters<typeof runMaximumGradient>[0],
      pairTables(gold(attributes).lengths, inputs['kernel']?.shape[1] ?? 0),
    ),
  )
}

/** → loss, gradients of left, right, kernel and bias; and, if asked, maximum and rows of the winners, [k, l] both. */
function withLoss(inputs: PairInputs, { lengths, cells }: PairGold, withMaximum: boolean): tf.Tensor[] {
  const l = inputs.bias.size
  const tables = pairTables(lengths, l)
  const parts = tables.chunks.map((chunk) =>
    tidyAll(() => {
      const logits = runLogits(inputs, chunk)
      const scored = { chunk, logits, gold: goldBits(tables, chunk, cells, l) }
      return {
        sums: runLossSums(scored, l),
        left: runWordGradient('left', scored, inputs, tables),
        right: runWordGradient('right', scored, inputs, tables),
        kernel: runKernelGradient(scored, inputs),
        ...(withMaximum ? runMaximum(chunk, logits, tables, l) : {}),
      }
    }),
  )
  const sums = addAll(parts.map((part) => part.sums))
  const [losses, bias] = tf.unstack(sums) as [tf.Tensor1D, tf.Tensor1D]
  const gradients = [
    join(parts.map(({ left }) => left)),
    addAll(parts.map(({ right }) => right)),
    addAll(parts.map(({ kernel }) => kernel)),
    bias,
  ]
  if (!withMaximum) return [tf.sum(losses), ...gradients]
  const winners = tf.cast(join(parts.flatMap((part) => part.winners ?? [])), 'int32')
  return [tf.sum(losses), ...gradients, join(parts.flatMap(({ maximum }) => maximum ?? [])), winners]
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
