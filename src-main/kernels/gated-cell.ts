/** Gated cell, equation (7): how much of a word's shared state gives way to what its early predictions suggest. */
import * as tf from '@tensorflow/tfjs-core'
import { defineKernel } from './kernel.ts'

/** The three gates read [h ; y']: the upper d rows of their kernels belong to h, the lower y rows to y'. */
interface GateKernels<T = tf.Tensor2D> {
  /** [d + y, d] each. */
  readonly updateKernel: T
  readonly resetKernel: T
  readonly candidateKernel: T
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

/** What the gradient reads beside the kernels; all [k, d] but shown [k, y]. */
interface Trace {
  readonly gradient: tf.Tensor2D
  readonly shared: tf.Tensor2D
  readonly shown: tf.Tensor2D
  readonly update: tf.Tensor2D
  readonly reset: tf.Tensor2D
  readonly candidate: tf.Tensor2D
}

/** Returns (1 - z) * h + z * c [k, d], with update gate z, reset gate u and candidate c = tanh(Wc [u * h ; y'] + bc). */
export function gatedCell(inputs: GatedCellInputs): tf.Tensor2D {
  return runCell({ ...inputs }, {})[0] as tf.Tensor2D // the output comes first
}

const gatedCellGradient = defineKernel<keyof (Trace & GateKernels)>('GatedCellGradient', backThroughGates)

const saved = ['shared', 'shown', 'updateKernel', 'resetKernel', 'candidateKernel'] as const

const runCell = defineKernel<keyof GatedCellInputs>('GatedCell', openGates, {
  saves: saved,
  savesOutputs: [false, true, true, true],
  values: [true, false, false, false],
  of([gradient], tensors) {
    const kept = Object.fromEntries([...saved, 'update', 'reset', 'candidate'].map((name, at) => [name, tensors[at]]))
    const inputs = { gradient, ...kept } as unknown as Record<keyof (Trace & GateKernels), tf.Tensor>
    const names = ['shared', 'shown', 'updateKernel', 'updateBias', 'resetKernel', 'resetBias', 'candidateKernel']
    const gradients = gatedCellGradient(inputs, {})
    return Object.fromEntries([...names, 'candidateBias'].map((name, at) => [name, gradients[at]]))
  },
})

/** → out, update, reset, candidate, all [k, d]. */
function openGates(inputs: Record<keyof GatedCellInputs, tf.Tensor>): tf.Tensor[] {
  const cell = inputs as unknown as GatedCellInputs // the kernel's own inputs
  const read = join(cell.shared, cell.shown)
  const update = tf.sigmoid(affine(read, cell.updateKernel, cell.updateBias))
  const reset = tf.sigmoid(affine(read, cell.resetKernel, cell.resetBias))
  const candidate = tf.tanh(
    affine(join(tf.mul(reset, cell.shared), cell.shown), cell.candidateKernel, cell.candidateBias),
  )
  return [tf.add(cell.shared, tf.mul(update, tf.sub(candidate, cell.shared))), update, reset, candidate]
}

/** → gradients of shared, shown, and kernel and bias of update, reset and candidate. */
function backThroughGates(inputs: Record<keyof (Trace & GateKernels), tf.Tensor>): tf.Tensor[] {
  const { gradient, shared, shown, update, reset, candidate, ...kernels } = inputs as unknown as Trace & GateKernels
  const width = shared.shape[1]
  const dUpdate = tf.mul<tf.Tensor2D>(tf.mul(gradient, tf.sub(candidate, shared)), sigmoidSlope(update))
  const dCandidate = tf.mul<tf.Tensor2D>(tf.mul(gradient, update), tf.sub(1, tf.square(candidate)))
  const throughCandidate = back(dCandidate, kernels.candidateKernel)
  const dResetState = state(throughCandidate, width)
  const dReset = tf.mul<tf.Tensor2D>(tf.mul(dResetState, shared), sigmoidSlope(reset))
  const throughGates = tf.add<tf.Tensor2D>(back(dUpdate, kernels.updateKernel), back(dReset, kernels.resetKernel))
  const kept = tf.add(tf.mul(gradient, tf.sub(1, update)), tf.mul(dResetState, reset))
  const read = join(shared, shown)
  return [
    tf.add(kept, state(throughGates, width)),
    tf.add(rest(throughCandidate, width), rest(throughGates, width)),
    tf.matMul(read, dUpdate, true),
    tf.sum(dUpdate, 0),
    tf.matMul(read, dReset, true),
    tf.sum(dReset, 0),
    tf.matMul(join(tf.mul(reset, shared), shown), dCandidate, true),
    tf.sum(dCandidate, 0),
  ]
}

const affine = (x: tf.Tensor2D, kernel: tf.Tensor2D, bias: tf.Tensor1D): tf.Tensor2D =>
  tf.add(tf.matMul(x, kernel), bias)

const back = (gradient: tf.Tensor2D, kernel: tf.Tensor2D): tf.Tensor2D => tf.matMul(gradient, kernel, false, true)

const join = (state: tf.Tensor2D, shown: tf.Tensor2D): tf.Tensor2D =>
  shown.size === 0 ? state : tf.concat2d([state, shown], 1)

/** The columns of h and those of y' in [h ; y']. */
const state = (x: tf.Tensor2D, width: number): tf.Tensor2D => tf.slice2d(x, [0, 0], [-1, width])
const rest = (x: tf.Tensor2D, width: number): tf.Tensor2D => tf.slice2d(x, [0, width], [x.shape[0], x.shape[1] - width])

/** Derivative of the sigmoid, from its value. */
const sigmoidSlope = (value: tf.Tensor): tf.Tensor => tf.mul(value, tf.sub(1, value))
