/** LSTM over packed rows: a step has only the sentences that are still running, so that nothing is padded. */
import * as tf from '@tensorflow/tfjs-core'
import { defineKernel } from './kernel.ts'

interface Steps {
  /** Number of sentences still running at every step, longest first; the numbers never increase, and sum to k. */
  readonly stepSizes: readonly number[]
}

export interface LstmInputs {
  /** Affine map of the input, step by step, with the gates in the order i f g o [k, 4h]. */
  readonly gates: tf.Tensor2D
  /** [h, 4h]. */
  readonly recurrent: tf.Tensor2D
}

export interface LstmOutputs {
  /** [k, h]. */
  readonly states: tf.Tensor2D
  /** Gates after their sigmoid or tanh [k, 4h]. */
  readonly activated: tf.Tensor2D
  /** [k, h]. */
  readonly cells: tf.Tensor2D
}

export interface LstmTrace extends LstmOutputs {
  /** Gradient of the states [k, h]. */
  readonly gradient: tf.Tensor2D
  readonly recurrent: tf.Tensor2D
}

export interface LstmGradients {
  /** [k, 4h]. */
  readonly dGates: tf.Tensor2D
  /** [h, 4h]. */
  readonly dRecurrent: tf.Tensor2D
}

export const lstmGradientKernel = defineKernel({
  name: 'LstmGradient',
  outputs: { dGates: 'value', dRecurrent: 'value' },
  reference: backThroughSteps,
})

export const lstmKernel = defineKernel({
  name: 'Lstm',
  outputs: { states: 'value', activated: 'trace', cells: 'trace' },
  reference: runSteps,
  gradient: {
    saves: ['recurrent', 'states', 'activated', 'cells'],
    of({ states }, saved, { stepSizes }) {
      const { dGates, dRecurrent } = lstmGradientKernel({ gradient: states, ...saved }, { stepSizes })
      return { gates: dGates, recurrent: dRecurrent }
    },
  },
})

/**
 * States [k, h] from gates [k, 4h] and the recurrent kernel [h, 4h] (see `LstmInputs`). The first step starts from
 * zeros.
 */
export function lstm(gates: tf.Tensor2D, recurrent: tf.Tensor2D, stepSizes: readonly number[]): tf.Tensor2D {
  return lstmKernel({ gates, recurrent }, { stepSizes }).states
}

/** Matrix [rows, h] of one step. */
type Row = tf.Tensor2D

function runSteps({ gates, recurrent }: LstmInputs, { stepSizes }: Steps): LstmOutputs {
  const width = recurrent.shape[0]
  const trace: { state: Row; activated: Row; cell: Row }[] = []
  let offset = 0
  for (const rows of stepSizes) {
    const input = tf.slice2d(gates, [offset, 0], [rows, 4 * width])
    const last = trace.at(-1)
    const running = (x: Row): Row => tf.slice2d(x, [0, 0], [rows, width])
    const sum = last ? tf.add<Row>(input, tf.matMul(running(last.state), recurrent)) : input
    const gate = (at: number): Row => tf.slice2d(sum, [0, at * width], [rows, width])
    const [i, f, g, o] = [tf.sigmoid(gate(0)), tf.sigmoid(gate(1)), tf.tanh(gate(2)), tf.sigmoid(gate(3))]
    const entered = tf.mul<Row>(i, g)
    const cell = last ? tf.add<Row>(tf.mul(f, running(last.cell)), entered) : entered
    trace.push({ state: tf.mul(o, tf.tanh(cell)), activated: tf.concat2d([i, f, g, o], 1), cell })
    offset += rows
  }
  return {
    states: join(trace.map(({ state }) => state)),
    activated: join(trace.map(({ activated }) => activated)),
    cells: join(trace.map(({ cell }) => cell)),
  }
}

function backThroughSteps(
  { gradient, recurrent, states, activated, cells }: LstmTrace,
  { stepSizes }: Steps,
): LstmGradients {
  const width = recurrent.shape[0]
  const offsets = offsetsOf(stepSizes)
  const back = tf.transpose(recurrent)
  const perStep: Row[] = []
  let [dNextState, dNextCell] = [tf.zeros<tf.Rank.R2>([0, width]), tf.zeros<tf.Rank.R2>([0, width])]
  for (let t = stepSizes.length - 1; t >= 0; t--) {
    const [offset, rows, before] = [offsets[t] ?? 0, stepSizes[t] ?? 0, offsets[t - 1]]
    const step = (x: tf.Tensor2D, from = offset): Row => tf.slice2d(x, [from, 0], [rows, width])
    const gate = (at: number): Row => tf.slice2d(activated, [offset, at * width], [rows, width])
    const [i, f, g, o] = [gate(0), gate(1), gate(2), gate(3)]
    const squashed = tf.tanh(step(cells))
    const dState = tf.add<Row>(step(gradient), fill(dNextState, rows))
    const dCell = tf.add<Row>(fill(dNextCell, rows), tf.mul(tf.mul(dState, o), tanhSlope(squashed)))
    // the first step starts from an empty cell, so that nothing passes the forget gate
    const dForget = before === undefined ? tf.zerosLike(dCell) : tf.mul(dCell, step(cells, before))
    const dGates = tf.concat2d(
      [
        tf.mul(tf.mul(dCell, g), sigmoidSlope(i)),
        tf.mul(dForget, sigmoidSlope(f)),
        tf.mul(tf.mul(dCell, i), tanhSlope(g)),
        tf.mul(tf.mul(dState, squashed), sigmoidSlope(o)),
      ],
      1,
    )
    perStep.unshift(dGates)
    dNextCell = tf.mul(dCell, f)
    dNextState = tf.matMul(dGates, back)
  }
  const dGates = join(perStep)
  const previous = stepSizes.slice(1).map((rows, t) => tf.slice2d(states, [offsets[t] ?? 0, 0], [rows, width]))
  if (previous.length === 0) return { dGates, dRecurrent: tf.zerosLike(recurrent) }
  const later = tf.slice2d(dGates, [stepSizes[0] ?? 0, 0], [-1, 4 * width])
  return { dGates, dRecurrent: tf.matMul(join(previous), later, true, false) }
}

/** First packed row of every step. */
function offsetsOf(stepSizes: readonly number[]): number[] {
  let offset = 0
  return stepSizes.map((rows) => (offset += rows) - rows)
}

const join = (steps: Row[]): Row => tf.concat2d(steps, 0)

/** As many rows as asked for, zeros for the missing ones: sentences that have ended send no gradient back. */
function fill(x: Row, rows: number): Row {
  const [found, width] = x.shape
  if (found === rows) return x
  const none = tf.zeros<tf.Rank.R2>([rows - found, width])
  return found === 0 ? none : tf.concat2d([x, none], 0)
}

/** Derivative of the sigmoid at the point where its value is `value`. */
const sigmoidSlope = (value: tf.Tensor): tf.Tensor => tf.mul(value, tf.sub(1, value))

/** Derivative of tanh at the point where its value is `value`. */
const tanhSlope = (value: tf.Tensor): tf.Tensor => tf.sub(1, tf.square(value))
