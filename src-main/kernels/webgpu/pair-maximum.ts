/** Largest logit of every first word and relation type, and its gradient, which only one pair of each has. */
import * as tf from '@tensorflow/tfjs-core'
import type { PairGradients, WinnerInputs } from '../pairs.ts'
import type { PairChunk, PairTables } from './pair-chunks.ts'
import { runPerNumber } from './program.ts'

/** Maximum over the second words, and the rows of the words that have it, both [rows, l]. The first word wins a tie. */
export function runMaximum(
  chunk: PairChunk,
  logits: tf.Tensor1D,
  { placesTensor }: PairTables,
  l: number,
): { maximum: tf.Tensor2D; winners: tf.Tensor2D } {
  const { rows, firstRow, firstPair } = chunk
  const flat = runPerNumber({
    name: 'pair maximum',
    inputs: { logits, places: placesTensor },
    numbers: { l, firstRow, firstPair },
    size: 2 * rows * l,
    count: rows * l,
    body: /* wgsl */ `
      let row = uniforms.firstRow + index / uniforms.l;
      let start = places[3 * row];
      let length = places[3 * row + 1];
      let first = (places[3 * row + 2] - uniforms.firstPair) * uniforms.l + index % uniforms.l;
      var most = logits[first];
      var winner = 0;
      for (var second = 1; second < length; second++) {
        let z = logits[first + second * uniforms.l];
        if (z > most) {
          most = z;
          winner = second;
        }
      }
      result[index] = most;
      result[uniforms.count + index] = f32(start + winner);`,
  })
  const [maximum, winners] = tf.split(tf.reshape(flat, [2 * rows, l]), 2) as [tf.Tensor2D, tf.Tensor2D]
  return { maximum, winners }
}

/** Number of rows whose winners one thread sums. */
const rowsPerPart = 64

/** Gradients of the maximum, which only the winning pairs have. */
export function runMaximumGradient(inputs: WinnerInputs, { placesTensor }: PairTables): PairGradients {
  const { gradient, winners, left, right } = inputs
  const [d, l] = inputs.kernel.shape
  const kernel = tf.transpose(inputs.kernel) // neighbouring threads read neighbouring numbers
  const [k] = left.shape
  const parts = Math.ceil(k / rowsPerPart)
  const dLeft = runPerNumber({
    name: 'pair maximum left gradient',
    inputs: { gradient, winners, left, right, kernel },
    numbers: { d, l },
    size: k * d,
    declarations: isOpen,
    body: /* wgsl */ `
      let at = index % uniforms.d;
      let row = index / uniforms.d;
      var sum = 0.0;
      for (var relation = 0; relation < uniforms.l; relation++) {
        let cell = row * uniforms.l + relation;
        let through = gradient[cell] * kernel[relation * uniforms.d + at];
        sum += select(0.0, through, isOpen(row, winners[cell], at));
      }
      result[index] = sum;`,
  })
  const dRight = runPerNumber({
    name: 'pair maximum right gradient',
    inputs: { gradient, winners, left, right, kernel, places: placesTensor },
    numbers: { d, l },
    size: k * d,
    declarations: isOpen,
    body: /* wgsl */ `
      let at = index % uniforms.d;
      let own = index / uniforms.d;
      let start = places[3 * own];
      let end = start + places[3 * own + 1];
      var sum = 0.0;
      for (var row = start; row < end; row++) {
        if (!isOpen(row, own, at)) { continue; }
        for (var relation = 0; relation < uniforms.l; relation++) {
          let cell = row * uniforms.l + relation;
          if (winners[cell] == own) { sum += gradient[cell] * kernel[relation * uniforms.d + at]; }
        }
      }
      result[index] = sum;`,
  })
  const dKernel = runPerNumber({
    name: 'pair maximum kernel gradient',
    inputs: { gradient, winners, left, right },
    numbers: { d, l, k },
    size: parts * l * d,
    body: /* wgsl */ `
      let at = index % uniforms.d;
      let relation = (index / uniforms.d) % uniforms.l;
      let first = index / (uniforms.d * uniforms.l) * ${rowsPerPart};
      var sum = 0.0;
      for (var row = first; row < min(first + ${rowsPerPart}, uniforms.k); row++) {
        let cell = row * uniforms.l + relation;
        let feature = left[row * uniforms.d + at] + right[winners[cell] * uniforms.d + at];
        sum += gradient[cell] * max(feature, 0.0);
      }
      result[index] = sum;`,
  })
  return {
    dLeft: tf.reshape(dLeft, [k, d]),
    dRight: tf.reshape(dRight, [k, d]),
    dKernel: tf.transpose(tf.sum<tf.Tensor2D>(tf.reshape<tf.Rank.R3>(dKernel, [parts, l, d]), 0)),
    dBias: tf.sum(gradient, 0),
  }
}

/** WGSL function: whether the feature of a pair is above 0, so that a gradient passes it. */
const isOpen = /* wgsl */ `
  fn isOpen(subject : i32, object : i32, at : i32) -> bool {
    return left[subject * uniforms.d + at] + right[object * uniforms.d + at] > 0.0;
  }`
