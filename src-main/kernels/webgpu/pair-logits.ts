/** Logits of a chunk of pairs. The features of a pair are computed where they are multiplied, and stored nowhere. */
import type * as tf from '@tensorflow/tfjs-core'
import type { PairInputs } from '../pairs.ts'
import type { PairChunk } from './pair-chunks.ts'
import { runProgram } from './program.ts'
import { productThreads, tileColumns, tiledProduct, tileRowsOf } from './tiled-product.ts'

const rowsPerThread = 4

/** Logits [pairs x l]. */
export function runLogits({ left, right, kernel, bias }: PairInputs, { words, pairs }: PairChunk): tf.Tensor1D {
  const [d, l] = kernel.shape
  return runProgram({
    name: 'pair logits',
    inputs: { left, right, kernel, bias, words },
    numbers: { d, l, pairs },
    size: pairs * l,
    threads: productThreads,
    groups: [Math.ceil(pairs / tileRowsOf(rowsPerThread)), Math.ceil(l / tileColumns)],
    declarations: /* wgsl */ `
      ${featureOfPair}
      fn readA(pair : i32, at : i32) -> f32 {
        if (pair >= uniforms.pairs || at >= uniforms.d) { return 0.0; }
        return featureOf(pair, at);
      }
      fn readB(at : i32, relation : i32) -> f32 {
        if (at >= uniforms.d || relation >= uniforms.l) { return 0.0; }
        return kernel[at * uniforms.l + relation];
      }
      ${tiledProduct({ rowsPerThread })}`,
    body: /* wgsl */ `
      let firstPair = i32(workgroupId.x) * tileRows;
      let firstRelation = i32(workgroupId.y) * ${tileColumns};
      var sums = product(firstPair, firstRelation, uniforms.d);
      for (var row = 0; row < rowsPerThread; row++) {
        let pair = rowOf(firstPair) + row;
        for (var column = 0; column < 4; column++) {
          let relation = columnOf(firstRelation) + column;
          if (pair < uniforms.pairs && relation < uniforms.l) {
            result[pair * uniforms.l + relation] = sums[row][column] + bias[relation];
          }
        }
      }`,
  })
}

/**
 * WGSL function for relu(left_i + right_j) at one index. It needs the inputs left, right and words, and the number d.
 */
export const featureOfPair = /* wgsl */ `
  fn featureOf(pair : i32, at : i32) -> f32 {
    return max(left[words[2 * pair] * uniforms.d + at] + right[words[2 * pair + 1] * uniforms.d + at], 0.0);
  }`
