/** Loss and gradients of a chunk of pairs from its logits. The gradient of a logit is computed where it is needed. */
import * as tf from '@tensorflow/tfjs-core'
import type { PairInputs } from '../pairs.ts'
import { wordsPerPair, type PairChunk, type PairTables } from './pair-chunks.ts'
import { featureOfPair } from './pair-logits.ts'
import { runPerNumber, runProgram } from './program.ts'
import { productThreads, tileColumns, tiledProduct, tileRowsOf } from './tiled-product.ts'

/** A chunk with the logits [pairs x l] of its pairs and the bits of its gold cells. */
interface ScoredChunk {
  readonly chunk: PairChunk
  readonly logits: tf.Tensor1D
  readonly gold: tf.Tensor1D
}

/**
 * WGSL functions for the gradient of a logit. They need the inputs logits and gold, and the numbers l and
 * wordsPerPair.
 */
const logitGradient = /* wgsl */ `
  fn isGold(pair : i32, relation : i32) -> f32 {
    return f32((gold[pair * uniforms.wordsPerPair + (relation >> 5u)] >> u32(relation & 31)) & 1);
  }
  fn gradientOf(pair : i32, relation : i32) -> f32 {
    return 1.0 / (1.0 + exp(-logits[pair * uniforms.l + relation])) - isGold(pair, relation);
  }`

/** Number of pairs in a stage. Sums are made in stages, so that float32 keeps its digits. */
const pairsPerStage = 128

/** Loss of every relation type and gradient of the bias [2, l]. */
export function runLossSums({ chunk, logits, gold }: ScoredChunk, l: number): tf.Tensor2D {
  const stages = Math.ceil(chunk.pairs / pairsPerStage)
  const parts = runPerNumber({
    name: 'pair loss',
    inputs: { logits, gold },
    numbers: { l, pairs: chunk.pairs, wordsPerPair: wordsPerPair(l) },
    size: stages * 2 * l,
    count: stages * l,
    declarations: logitGradient,
    body: /* wgsl */ `
      let relation = index % uniforms.l;
      let stage = index / uniforms.l;
      let first = stage * ${pairsPerStage};
      var loss = 0.0;
      var bias = 0.0;
      for (var pair = first; pair < min(first + ${pairsPerStage}, uniforms.pairs); pair++) {
        let z = logits[pair * uniforms.l + relation];
        loss += max(z, 0.0) + log(1.0 + exp(-abs(z))) - z * isGold(pair, relation);
        bias += gradientOf(pair, relation);
      }
      result[2 * stage * uniforms.l + relation] = loss;
      result[(2 * stage + 1) * uniforms.l + relation] = bias;`,
  })
  return tf.sum(tf.reshape(parts, [stages, 2, l]), 0)
}

const rowsPerThread = 4
/** Number of pairs in a part. Products over many pairs are divided into parts, so that the card is busy. */
const pairsPerPart = 512

/** Gradient of the kernel [d, l]. */
export function runKernelGradient(
  { chunk, logits, gold }: ScoredChunk,
  { left, right, kernel }: PairInputs,
): tf.Tensor2D {
  const [d, l] = kernel.shape
  const parts = Math.ceil(chunk.pairs / pairsPerPart)
  const sums = runProgram({
    name: 'pair kernel gradient',
    inputs: { left, right, words: chunk.words, logits, gold },
    numbers: { d, l, pairs: chunk.pairs, wordsPerPair: wordsPerPair(l) },
    size: parts * d * l,
    threads: productThreads,
    groups: [parts, Math.ceil(d / tileRowsOf(rowsPerThread)), Math.ceil(l / tileColumns)],
    declarations: /* wgsl */ `
      ${featureOfPair}
      ${logitGradient}
      fn pairAt(at : i32) -> i32 { return i32(workgroupId.x) * ${pairsPerPart} + at; }
      fn readA(row : i32, at : i32) -> f32 {
        if (row >= uniforms.d || pairAt(at) >= uniforms.pairs) { return 0.0; }
        return featureOf(pairAt(at), row);
      }
      fn readB(at : i32, relation : i32) -> f32 {
        if (pairAt(at) >= uniforms.pairs || relation >= uniforms.l) { return 0.0; }
        return gradientOf(pairAt(at), relation);
      }
      ${tiledProduct({ rowsPerThread, rowsLieTogether: true })}`,
    body: /* wgsl */ `
      let firstRow = i32(workgroupId.y) * tileRows;
      let firstRelation = i32(workgroupId.z) * ${tileColumns};
      var sums = product(firstRow, firstRelation, ${pairsPerPart});
      for (var row = 0; row < rowsPerThread; row++) {
        let at = rowOf(firstRow) + row;
        for (var column = 0; column < 4; column++) {
          let relation = columnOf(firstRelation) + column;
          if (at < uniforms.d && relation < uniforms.l) {
            result[(i32(workgroupId.x) * uniforms.d + at) * uniforms.l + relation] = sums[row][column];
          }
        }
      }`,
  })
  return tf.sum(tf.reshape(sums, [parts, d, l]), 0)
}

/** Number of partners per thread. It is small, since most sentences have fewer words than the tile has rows. */
const partnersPerThread = 2

/**
 * Gradient of left for the chunk's rows [rows, d], or of right for all rows [k, d]. A group takes one word and walks
 * its partners; the gradient of a feature is summed before it is written.
 */
export function runWordGradient(
  side: 'left' | 'right',
  { chunk, logits, gold }: ScoredChunk,
  { left, right, kernel }: PairInputs,
  { placesTensor }: PairTables,
): tf.Tensor2D {
  const [d, l] = kernel.shape
  const isLeft = side === 'left'
  const rows = isLeft ? chunk.rows : left.shape[0]
  const { firstRow, firstPair } = chunk
  const flat = runProgram({
    name: `pair ${side} gradient`,
    inputs: { left, right, kernel, places: placesTensor, logits, gold },
    numbers: { d, l, firstRow, firstPair, rows, endRow: firstRow + chunk.rows, wordsPerPair: wordsPerPair(l) },
    size: rows * d,
    threads: productThreads,
    groups: [Math.min(rows, groupsAtMost), Math.ceil(d / tileColumns), Math.ceil(rows / groupsAtMost)],
    declarations: /* wgsl */ `
      ${logitGradient}
      var<workgroup> partners : vec3<i32>; // the word, its first partner, the end of its partners
      var<private> word : i32;
      var<private> firstPartner : i32;
      var<private> endPartner : i32;

      fn pairWith(partner : i32) -> i32 {
        let subject = ${isLeft ? 'word' : 'partner'};
        let object = ${isLeft ? 'partner' : 'word'};
        return places[3 * subject + 2] - uniforms.firstPair + object - places[3 * subject];
      }
      fn readA(row : i32, at : i32) -> f32 {
        let partner = firstPartner + row;
        if (partner >= endPartner || at >= uniforms.l) { return 0.0; }
        return gradientOf(pairWith(partner), at);
      }
      fn readB(at : i32, column : i32) -> f32 {
        if (at >= uniforms.l || column >= uniforms.d) { return 0.0; }
        return kernel[column * uniforms.l + at];
      }
      ${tiledProduct({ rowsPerThread: partnersPerThread })}`,
    body: /* wgsl */ `
      let slot = i32(workgroupId.z) * ${groupsAtMost} + i32(workgroupId.x);
      if (localIndex == 0u) {
        let own = ${isLeft ? 'uniforms.firstRow + slot' : 'slot'};
        partners = vec3<i32>(0, 0, 0);
        if (slot < uniforms.rows) {
          let start = places[3 * own];
          let end = start + places[3 * own + 1];
          partners = ${isLeft ? 'vec3<i32>(own, start, end)' : 'vec3<i32>(own, max(start, uniforms.firstRow), min(end, uniforms.endRow))'};
        }
      }
      let found = workgroupUniformLoad(&partners);
      word = found.x;
      endPartner = found.z;
      let firstColumn = i32(workgroupId.y) * ${tileColumns};
      var total = vec4<f32>();
      for (var first = found.y; first < found.z; first += tileRows) {
        firstPartner = first;
        let sums = product(0, firstColumn, uniforms.l);
        for (var row = 0; row < rowsPerThread; row++) {
          let partner = rowOf(first) + row;
          for (var column = 0; column < 4; column++) {
            let at = columnOf(firstColumn) + column;
            if (partner < found.z && at < uniforms.d) {
              let subject = ${isLeft ? 'word' : 'partner'};
              let object = ${isLeft ? 'partner' : 'word'};
              let isOpen = left[subject * uniforms.d + at] + right[object * uniforms.d + at] > 0.0;
              total[column] += select(0.0, sums[row][column], isOpen);
            }
          }
        }
      }
      // the tiles are done with: their memory takes the sums of the 16 rows of threads
      for (var column = 0; column < 4; column++) {
        tileB[localId.y][columnOf(0) + column] = total[column];
      }
      workgroupBarrier();
      let at = firstColumn + i32(localIndex);
      if (localIndex < ${tileColumns}u && at < uniforms.d && slot < uniforms.rows) {
        var sum = 0.0;
        for (var row = 0; row < 16; row++) { sum += tileB[row][localIndex]; }
        result[slot * uniforms.d + at] = sum;
      }`,
  })
  return tf.reshape(flat, [rows, d])
}

/** Largest number of groups in one direction. */
const groupsAtMost = 32_768
