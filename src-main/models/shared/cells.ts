/** Cells: maps from a word's state and what it is shown beside it to a new state. */
import * as tf from '@tensorflow/tfjs-core'
import { gatedCell } from '#main/kernels/gated-cell'
import { dense, denseWeights, type WeightSpec, type Weights } from './weights.ts'

/**
 * A cell maps [h ; y'] → [k, d]: equation (7), the cell that the released code has instead, or the affine map "without
 * GRU".
 */
interface Cell {
  weights(name: string, input: number, width: number): WeightSpec[]
  apply(shared: tf.Tensor2D, shown: tf.Tensor2D | null, weights: Weights, name: string): tf.Tensor2D
}

const gates = ['update', 'reset', 'candidate'] as const

export type CellName = 'gated' | 'reset-after' | 'affine'

export const cells: Readonly<Record<CellName, Cell>> = {
  gated: {
    weights: (name, input, width) => gates.flatMap((gate) => denseWeights(`${name}.${gate}`, input, width)),
    apply(shared, shown, weights, name) {
      const kernel = (gate: string) => weights(`${name}.${gate}.kernel`) as tf.Tensor2D // its spec has this shape
      const bias = (gate: string) => weights(`${name}.${gate}.bias`) as tf.Tensor1D
      return gatedCell({
        shared,
        shown: shown ?? tf.zeros<tf.Rank.R2>([shared.shape[0], 0]),
        updateKernel: kernel('update'),
        updateBias: bias('update'),
        resetKernel: kernel('reset'),
        resetBias: bias('reset'),
        candidateKernel: kernel('candidate'),
        candidateBias: bias('candidate'),
      })
    },
  },
  'reset-after': {
    weights: (name, input, width) =>
      gates.flatMap((gate) => [
        ...denseWeights(`${name}.${gate}.input`, input - width, width),
        ...denseWeights(`${name}.${gate}.recurrent`, width, width),
      ]),
    apply(shared, shown, weights, name) {
      const read = shown ?? tf.zeros<tf.Rank.R2>([shared.shape[0], 0])
      const input = (gate: string) => dense(read, weights, `${name}.${gate}.input`)
      const recurrent = (gate: string) => dense(shared, weights, `${name}.${gate}.recurrent`)
      const open = (gate: string) => tf.sigmoid(tf.add(input(gate), recurrent(gate)))
      const candidate = tf.tanh(tf.add(input('candidate'), tf.mul(open('reset'), recurrent('candidate'))))
      // PyTorch's update gate keeps what equation (7)'s replaces
      return tf.add(candidate, tf.mul(open('update'), tf.sub(shared, candidate)))
    },
  },
  affine: {
    weights: denseWeights,
    apply: (shared, shown, weights, name) => dense(join(shared, shown), weights, name),
  },
}

function join(state: tf.Tensor2D, shown: tf.Tensor2D | null): tf.Tensor2D {
  return shown ? tf.concat2d([state, shown], 1) : state
}
