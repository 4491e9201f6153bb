/** Binary cross-entropy over all pairs and relation types, with its gradients, and the largest logit beside it. */
import * as tf from '@tensorflow/tfjs-core'
import { defineKernel } from './kernel.ts'
import { lossOfPairs, maximumGradientOfPairs } from './pair-loss-reference.ts'
import type { PairGold, PairInputs, PairLossAndMaximumOutputs, PairLossOutputs } from './pairs.ts'

/** Gradients for one pair per first word and relation type, the one with the largest logit. */
export const pairMaximumGradientKernel = defineKernel({
  name: 'PairMaximumGradient',
  outputs: { dLeft: 'value', dRight: 'value', dKernel: 'value', dBias: 'value' },
  reference: maximumGradientOfPairs,
})

/** The forward pass computes the gradients already: one walk over the pairs for both costs less than two. */
export const pairLossKernel = defineKernel({
  name: 'PairLoss',
  outputs: { loss: 'value', dLeft: 'trace', dRight: 'trace', dKernel: 'trace', dBias: 'trace' },
  reference(inputs: PairInputs, gold: PairGold): PairLossOutputs {
    const { loss, dLeft, dRight, dKernel, dBias } = lossOfPairs(inputs, gold)
    return { loss, dLeft, dRight, dKernel, dBias }
  },
  gradient: {
    saves: ['dLeft', 'dRight', 'dKernel', 'dBias'],
    of: ({ loss }, { dLeft, dRight, dKernel, dBias }) => ({
      left: tf.mul(dLeft, loss),
      right: tf.mul(dRight, loss),
      kernel: tf.mul(dKernel, loss),
      bias: tf.mul(dBias, loss),
    }),
  },
})

export const pairLossAndMaximumKernel = defineKernel({
  name: 'PairLossAndMaximum',
  outputs: {
    loss: 'value',
    dLeft: 'trace',
    dRight: 'trace',
    dKernel: 'trace',
    dBias: 'trace',
    maximum: 'value',
    winners: 'trace',
  },
  reference: (inputs: PairInputs, gold: PairGold): PairLossAndMaximumOutputs => lossOfPairs(inputs, gold),
  gradient: {
    saves: ['left', 'right', 'kernel', 'dLeft', 'dRight', 'dKernel', 'dBias', 'winners'],
    of({ loss, maximum }, { left, right, kernel, dLeft, dRight, dKernel, dBias, winners }, { lengths }) {
      const inputs = { gradient: maximum, winners, left, right, kernel }
      const ofMaximum = pairMaximumGradientKernel(inputs, { lengths })
      return {
        left: tf.add(tf.mul(dLeft, loss), ofMaximum.dLeft),
        right: tf.add(tf.mul(dRight, loss), ofMaximum.dRight),
        kernel: tf.add(tf.mul(dKernel, loss), ofMaximum.dKernel),
        bias: tf.add(tf.mul(dBias, loss), ofMaximum.dBias),
      }
    },
  },
})

/** Sum of the loss -log p = softplus(z) - z y over all cells, z being a cell's logit and y 1 where it holds. */
export function pairLoss(inputs: PairInputs, gold: PairGold): tf.Scalar {
  return pairLossKernel(inputs, gold).loss
}

/** The same loss, and the maximum [k, l] of `PairLossAndMaximumOutputs`; the first word wins a tie, as in PyTorch. */
export function pairLossAndMaximum(
  inputs: PairInputs,
  gold: PairGold,
): Pick<PairLossAndMaximumOutputs, 'loss' | 'maximum'> {
  const { loss, maximum } = pairLossAndMaximumKernel(inputs, gold)
  return { loss, maximum }
}
