/** Gated cell, equation (7): replaces part of a word's shared state by what its early predictions suggest. */
import * as tf from '@tensorflow/tfjs-core'
import { defineKernel } from './kernel.ts'

/** Kernels of the three gates, whose input is [h ; y']: the upper d rows belong to h, the lower y rows to y'; [d + y, d] each. */
interface GateKernels {
  readonly updateKernel: tf.Tensor2D
  readonly resetKernel: tf.Tensor2D
  readonly candidateKernel: tf.Tensor2D
}

export interface GatedCellInputs extends GateKernels {
  /** h [k, d]. */
  readonly shared: tf.Tensor2D
  /** y' [k, y]; y may be 0. */
  readonly shown: tf.Tensor2D
  /** [d] each. */
  readonly updateBias: tf.Tensor1D
  readonly resetBias: tf.Tensor1D
  readonly candidateBias: tf.Tensor1D
}

/** All tensors are [k, d]. */
interface CellOutputs {
  readonly out: tf.Tensor2D
  readonly update: tf.Tensor2D
  readonly reset: tf.Tensor2D
  readonly candidate: tf.Tensor2D
}

type CellTrace = GateKernels &
  Pick<GatedCellInputs, 'shared' | 'shown'> &
  Pick<CellOutputs, 'update' | 'reset' | 'candidate'>

/** Gradients of the inputs, each in the shape of its input. */
interface CellGradients {
  readonly dShared: tf.Tensor
  readonly dShown: tf.Tensor
  readonly dUpdateKernel: tf.Tensor
  readonly dUpdateBias: tf.Tensor
  readonly dResetKernel: tf.Tensor
  readonly dResetBias: tf.Tensor
  readonly dCandidateKernel: tf.Tensor
  readonly dCandidateBias: tf.Tensor
}

export const gatedCellGradientKernel = defineKernel({
  name: 'GatedCellGradient',
  outputs: {
    dShared: 'value',
    dShown: 'value',
    dUpdateKernel: 'value',
    dUpdateBias: 'value',
    dResetKernel: 'value',
    dResetBias: 'value',
    dCandidateKernel: 'value',
    dCandidateBias: 'value',
  },
  reference: backThroughGates,
})

export const gatedCellKernel = defineKernel({
  name: 'GatedCell',
  outputs: { out: 'value', update: 'trace', reset: 'trace', candidate: 'trace' },
  reference: openGates,
  gradient: {
    saves: ['shared', 'shown', 'updateKernel', 'resetKernel', 'candidateKernel', 'update', 'reset', 'candidate'],
    of({ out }, trace) {
      const gradients = gatedCellGradientKernel({ gradient: out, ...trace }, {})
      return {
        shared: gradients.dShared,
        shown: gradients.dShown,
        updateKernel: gradients.dUpdateKernel,
        updateBias: gradients.dUpdateBias,
        resetKernel: gradients.dResetKernel,
        resetBias: gradients.dResetBias,
        candidateKernel: gradients.dCandidateKernel,
        candidateBias: gradients.dCandidateBias,
      }
    },
  },
})

/** Output (1 - z) * h + z * c [k, d] with update gate z, reset gate u and candidate c = tanh(Wc [u * h ; y'] + bc). */
export function gatedCell(inputs: GatedCellInputs): tf.Tensor2D {
  return gatedCellKernel(inputs, {}).out
}

function openGates(cell: GatedCellInputs): CellOutputs {
  const input = join(cell.shared, cell.shown)
  const update = tf.sigmoid(affine(input, cell.updateKernel, cell.updateBias))
  const reset = tf.sigmoid(affine(input, cell.resetKernel, cell.resetBias))
  const candidate = tf.tanh(
    affine(join(tf.mul(reset, cell.shared), cell.shown), cell.candidateKernel, cell.candidateBias),
  )
  const out = tf.add<tf.Tensor2D>(cell.shared, tf.mul(update, tf.sub(candidate, cell.shared)))
  return { out, update, reset, candidate }
}

function backThroughGates({
  gradient,
  shared,
  shown,
  update,
  reset,
  candidate,
  ...kernels
}: CellTrace & { readonly gradient: tf.Tensor2D }): CellGradients {
  const width = shared.shape[1]
  const dUpdate = tf.mul<tf.Tensor2D>(tf.mul(gradient, tf.sub(candidate, shared)), sigmoidSlope(update))
  const dCandidate = tf.mul<tf.Tensor2D>(tf.mul(gradient, update), tf.sub(1, tf.square(candidate)))
  const throughCandidate = back(dCandidate, kernels.candidateKernel)
  const dResetState = state(throughCandidate, width)
  const dReset = tf.mul<tf.Tensor2D>(tf.mul(dResetState, shared), sigmoidSlope(reset))
  const throughGates = tf.add<tf.Tensor2D>(back(dUpdate, kernels.updateKernel), back(dReset, kernels.resetKernel))
  const kept = tf.add(tf.mul(gradient, tf.sub(1, update)), tf.mul(dResetState, reset))
  const input = join(shared, shown)
  return {
    dShared: tf.add(kept, state(throughGates, width)),
    dShown: tf.add(rest(throughCandidate, width), rest(throughGates, width)),
    dUpdateKernel: tf.matMul(input, dUpdate, true),
    dUpdateBias: tf.sum(dUpdate, 0),
    dResetKernel: tf.matMul(input, dReset, true),
    dResetBias: tf.sum(dReset, 0),
    dCandidateKernel: tf.matMul(join(tf.mul(reset, shared), shown), dCandidate, true),
    dCandidateBias: tf.sum(dCandidate, 0),
  }
}

const affine = (x: tf.Tensor2D, kernel: tf.Tensor2D, bias: tf.Tensor1D): tf.Tensor2D =>
  tf.add(tf.matMul(x, kernel), bias)

const back = (gradient: tf.Tensor2D, kernel: tf.Tensor2D): tf.Tensor2D => tf.matMul(gradient, kernel, false, true)

const join = (state: tf.Tensor2D, shown: tf.Tensor2D): tf.Tensor2D =>
  shown.size === 0 ? state : tf.concat2d([state, shown], 1)

/** The columns of h in [h ; y']. */
const state = (x: tf.Tensor2D, width: number): tf.Tensor2D => tf.slice2d(x, [0, 0], [-1, width])
/** The columns of y' in [h ; y']. */
const rest = (x: tf.Tensor2D, width: number): tf.Tensor2D => tf.slice2d(x, [0, width], [x.shape[0], x.shape[1] - width])

/** Derivative of the sigmoid at the point where its value is `value`. */
const sigmoidSlope = (value: tf.Tensor): tf.Tensor => tf.mul(value, tf.sub(1, value))
