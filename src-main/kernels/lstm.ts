/** LSTM over time-major rows, with one product per step each way and one for the recurrent kernel's gradient. */
import * as tf from '@tensorflow/tfjs-core'
import { defineOperation } from './operation.ts'

/**
 * gates [n x B, 4h]: input and bias already mapped, step by step, gates in the order i f g o;
 * recurrent [h, 4h] → states [n x B, h], starting from zero.
 */
export function lstm(gates: tf.Tensor2D, recurrent: tf.Tensor2D, steps: number): tf.Tensor2D {
  const rows = gates.shape[0] / steps
  return defineOperation(
    (input: tf.Tensor2D, kernel: tf.Tensor2D) => {
      const trace = runSteps(input, kernel, steps, rows)
      const perStep = trace.flatMap(({ i, f, g, o, cell, squashed, state }) => [i, f, g, o, cell, squashed, state])
      return {
        value: tf.concat2d(
          trace.map(({ state }) => state),
          0,
        ),
        saved: [kernel, ...perStep],
      }
    },
    (gradient, [kernel, ...perStep]) => {
      const trace = Array.from({ length: steps }, (_, t) => toStep(perStep.slice(7 * t, 7 * t + 7) as tf.Tensor2D[]))
      return backThroughSteps(gradient, kernel as tf.Tensor2D, trace, rows)
    },
  )(gates, recurrent)
}

/** What one step leaves behind, each [B, h]: gates, cell, tanh of the cell, state. */
interface Step {
  readonly i: tf.Tensor2D
  readonly f: tf.Tensor2D
  readonly g: tf.Tensor2D
  readonly o: tf.Tensor2D
  readonly cell: tf.Tensor2D
  readonly squashed: tf.Tensor2D
  readonly state: tf.Tensor2D
}

function toStep(tensors: readonly tf.Tensor2D[]): Step {
  const [i, f, g, o, cell, squashed, state] = tensors as [Step['i'], ...Step['i'][]] as Required<typeof tensors>
  return { i, f, g, o, cell, squashed, state } as Step // seven were saved per step
}

function runSteps(gates: tf.Tensor2D, recurrent: tf.Tensor2D, steps: number, rows: number): Step[] {
  const width = recurrent.shape[0]
  const trace: Step[] = []
  for (let t = 0; t < steps; t++) {
    const input = tf.slice2d(gates, [t * rows, 0], [rows, 4 * width])
    const previous = trace.at(-1)
    const sum = previous ? tf.add<tf.Tensor2D>(input, tf.matMul(previous.state, recurrent)) : input
    const open = tf.sigmoid(sum)
    const column = (x: tf.Tensor2D, gate: number): tf.Tensor2D => tf.slice2d(x, [0, gate * width], [rows, width])
    const [i, f, g, o] = [column(open, 0), column(open, 1), tf.tanh(column(sum, 2)), column(open, 3)]
    const entered = tf.mul<tf.Tensor2D>(i, g)
    const cell = previous ? tf.add<tf.Tensor2D>(tf.mul(f, previous.cell), entered) : entered
    const squashed = tf.tanh(cell)
    trace.push({ i, f, g, o, cell, squashed, state: tf.mul(o, squashed) })
  }
  return trace
}

/** Gradients of gates [n x B, 4h] and of the recurrent kernel [h, 4h]. */
function backThroughSteps(
  gradient: tf.Tensor2D,
  recurrent: tf.Tensor2D,
  trace: readonly Step[],
  rows: number,
): [tf.Tensor2D, tf.Tensor2D] {
  const width = recurrent.shape[0]
  const back = tf.transpose(recurrent)
  const zero = tf.zeros<tf.Rank.R2>([rows, width])
  const gateGradients: tf.Tensor2D[] = []
  let [stateGradient, cellGradient] = [zero, zero]
  for (let t = trace.length - 1; t >= 0; t--) {
    const { i, f, g, o, squashed } = trace[t] as Step
    const dState = tf.add(stateGradient, tf.slice2d(gradient, [t * rows, 0], [rows, width]))
    const dCell = tf.add<tf.Tensor2D>(cellGradient, tf.mul(tf.mul(dState, o), tanhSlope(squashed)))
    const dGates = tf.concat2d(
      [
        tf.mul(tf.mul(dCell, g), sigmoidSlope(i)),
        tf.mul(tf.mul(dCell, trace[t - 1]?.cell ?? zero), sigmoidSlope(f)),
        tf.mul(tf.mul(dCell, i), tanhSlope(g)),
        tf.mul(tf.mul(dState, squashed), sigmoidSlope(o)),
      ],
      1,
    )
    gateGradients.unshift(dGates)
    cellGradient = tf.mul(dCell, f)
    stateGradient = tf.matMul(dGates, back)
  }
  const dGates = tf.concat2d(gateGradients, 0)
  const before = tf.concat2d([zero, ...trace.slice(0, -1).map(({ state }) => state)], 0)
  return [dGates, tf.matMul(before, dGates, true, false)]
}

/** Derivative of the sigmoid, from its value. */
const sigmoidSlope = (value: tf.Tensor): tf.Tensor => tf.mul(value, tf.sub(1, value))

/** Derivative of tanh, from its value. */
const tanhSlope = (value: tf.Tensor): tf.Tensor => tf.sub(1, tf.square(value))
