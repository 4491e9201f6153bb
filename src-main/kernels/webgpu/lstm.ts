/**
 * LSTM in WGSL: one dispatch walks all steps. Each group of threads takes one sentence, each thread some of its units.
 */
import * as tf from '@tensorflow/tfjs-core'
import {
  lstmGradientKernel,
  lstmKernel,
  type LstmGradients,
  type LstmInputs,
  type LstmOutputs,
  type LstmTrace,
} from '../lstm.ts'
import { registerWebgpuKernel, runProgram, splitRows } from './program.ts'

export function registerLstm(): void {
  registerWebgpuKernel(lstmKernel, (inputs, { stepSizes }) => runSteps(inputs, stepSizes))
  registerWebgpuKernel(lstmGradientKernel, (inputs, { stepSizes }) => backThroughSteps(inputs, stepSizes))
}

function runSteps({ gates, recurrent }: LstmInputs, stepSizes: readonly number[]): LstmOutputs {
  const [k, h] = [gates.shape[0], recurrent.shape[0]]
  const flat = runProgram({
    name: 'lstm',
    inputs: { gates, recurrent, starts: startsOf(stepSizes) },
    numbers: { h, k },
    size: 6 * k * h,
    ...perSentence(h, stepSizes),
    declarations: walk,
    body: /* wgsl */ `
      let h = uniforms.h;
      let activated = uniforms.k * h;
      let cells = 5 * activated;
      let sentence = i32(workgroupId.x);
      let count = stepsOfSentence(sentence);
      for (var step = 0; step < count; step++) {
        let row = starts[step] + sentence;
        let before = starts[max(step - 1, 0)] + sentence;
        for (var unit = i32(localIndex); unit < h; unit += threads) {
          let at = row * 4 * h + unit;
          var sum = vec4<f32>(gates[at], gates[at + h], gates[at + 2 * h], gates[at + 3 * h]);
          var cell = 0.0;
          if (step > 0) {
            for (var u = 0; u < h; u++) {
              let gate = u * 4 * h + unit;
              sum += result[before * h + u] *
                vec4<f32>(recurrent[gate], recurrent[gate + h], recurrent[gate + 2 * h], recurrent[gate + 3 * h]);
            }
            cell = result[cells + before * h + unit];
          }
          let i = sigmoid(sum.x);
          let f = sigmoid(sum.y);
          let g = squash(sum.z);
          let o = sigmoid(sum.w);
          cell = f * cell + i * g;
          result[row * h + unit] = o * squash(cell);
          result[activated + at] = i;
          result[activated + at + h] = f;
          result[activated + at + 2 * h] = g;
          result[activated + at + 3 * h] = o;
          result[cells + row * h + unit] = cell;
        }
        storageBarrier();
      }`,
  })
  return splitRows(flat, k, { states: h, activated: 4 * h, cells: h })
}

function backThroughSteps(
  { gradient, recurrent, states, activated, cells }: LstmTrace,
  stepSizes: readonly number[],
): LstmGradients {
  const [k, h] = states.shape
  const flat = runProgram({
    name: 'lstm gradient',
    inputs: {
      gradient,
      back: tf.transpose(recurrent), // neighbouring threads read neighbouring numbers
      states,
      activated,
      cells,
      starts: startsOf(stepSizes),
    },
    numbers: { h, k },
    size: 6 * k * h,
    ...perSentence(h, stepSizes),
    declarations: walk,
    body: /* wgsl */ `
      let h = uniforms.h;
      let carried = 4 * uniforms.k * h; // gradients of the cells, for the step before
      let previous = 5 * uniforms.k * h; // the states of the step before, 0 before the first
      let sentence = i32(workgroupId.x);
      let count = stepsOfSentence(sentence);
      for (var step = count - 1; step >= 0; step--) {
        let row = starts[step] + sentence;
        let before = starts[max(step - 1, 0)] + sentence;
        let after = starts[step + 1] + sentence;
        for (var unit = i32(localIndex); unit < h; unit += threads) {
          let at = row * h + unit;
          let gate = row * 4 * h + unit;
          var dState = gradient[at];
          var dCell = 0.0;
          if (step + 1 < count) {
            for (var column = 0; column < 4 * h; column++) {
              dState += result[after * 4 * h + column] * back[column * h + unit];
            }
            dCell = result[carried + after * h + unit];
          }
          let i = activated[gate];
          let f = activated[gate + h];
          let g = activated[gate + 2 * h];
          let o = activated[gate + 3 * h];
          let squashed = squash(cells[at]);
          dCell += dState * o * (1.0 - squashed * squashed);
          let isFirst = step == 0;
          result[gate] = dCell * g * i * (1.0 - i);
          result[gate + h] = select(dCell * cells[before * h + unit] * f * (1.0 - f), 0.0, isFirst);
          result[gate + 2 * h] = dCell * i * (1.0 - g * g);
          result[gate + 3 * h] = dState * squashed * o * (1.0 - o);
          result[carried + at] = dCell * f;
          result[previous + at] = select(states[before * h + unit], 0.0, isFirst);
        }
        storageBarrier();
      }`,
  })
  const { dGates, previous } = splitRows(flat, k, { dGates: 4 * h, carried: h, previous: h })
  return { dGates, dRecurrent: tf.matMul(previous, dGates, true) }
}

/** First packed row of every step, and the end of the last step. */
function startsOf(stepSizes: readonly number[]): tf.Tensor1D {
  let start = 0
  return tf.tensor1d([0, ...stepSizes.map((rows) => (start += rows))], 'int32')
}

/** Sizes of a dispatch with one group per sentence. A group can have 256 threads on every card. */
function perSentence(h: number, stepSizes: readonly number[]): { threads: [number, 1]; groups: [number] } {
  return { threads: [Math.min(256, 32 * Math.ceil(h / 32)), 1], groups: [stepSizes[0] ?? 0] }
}

/**
 * WGSL functions of the walk. All threads of a group must meet a barrier; the uniform load proves that they walk the
 * same number of steps.
 */
const walk = /* wgsl */ `
  var<workgroup> found : i32;

  fn stepsOfSentence(sentence : i32) -> i32 {
    if (localIndex == 0u) {
      var count = 0;
      while (count + 1 < uniforms.startsShape && starts[count] + sentence < starts[count + 1]) { count++; }
      found = count;
    }
    return workgroupUniformLoad(&found);
  }

  fn sigmoid(x : f32) -> f32 { return 1.0 / (1.0 + exp(-x)); }

  // tanh itself overflows on some cards
  fn squash(x : f32) -> f32 {
    let e = exp(-2.0 * abs(x));
    return sign(x) * (1.0 - e) / (1.0 + e);
  }`
