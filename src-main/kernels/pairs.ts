/** Inputs and outputs of the kernels over pairs of words. */
import type * as tf from '@tensorflow/tfjs-core'

/**
 * Inputs of equation (11): cell (i, j) of a sentence has the logits kernel' relu(left_i + right_j) + bias, where left and
 * right [k, d] are the two halves of Wm [h_i ; h_j] + bm, kernel [d, l], bias [l].
 */
export interface PairInputs {
  readonly left: tf.Tensor2D
  readonly right: tf.Tensor2D
  readonly kernel: tf.Tensor2D
  readonly bias: tf.Tensor1D
}

/** Gradients of `PairInputs`, each in the shape of its input. */
export interface PairGradients {
  readonly dLeft: tf.Tensor2D
  readonly dRight: tf.Tensor2D
  readonly dKernel: tf.Tensor2D
  readonly dBias: tf.Tensor1D
}

/** The pairs of a batch and which cells hold. */
export interface PairGold {
  /** Number of words of every sentence, in the order of their rows. */
  readonly lengths: readonly number[]
  /** Distinct cells that hold: subject row, object row, relation, one after another, in this order. */
  readonly cells: readonly number[]
}

export interface PairLossOutputs extends PairGradients {
  readonly loss: tf.Scalar
}

export interface PairLossAndMaximumOutputs extends PairLossOutputs {
  /** The largest logit over the second word of every first word and relation type [k, l]. */
  readonly maximum: tf.Tensor2D
  /** Row of the second word that has the maximum [k, l], int32. */
  readonly winners: tf.Tensor2D
}

/** Inputs of the maximum's gradient. */
export interface WinnerInputs extends Omit<PairInputs, 'bias'> {
  /** Gradient of the maximum [k, l]. */
  readonly gradient: tf.Tensor2D
  /** Row of the second word that has the maximum [k, l], int32. */
  readonly winners: tf.Tensor2D
}
