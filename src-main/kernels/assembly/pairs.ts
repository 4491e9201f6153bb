/**
 * All pairs of words of one sentence, in tiles of rows that stay in the first-level cache: features relu(left_i +
 * right_j), their logits, and the largest logits. Nothing as large as all pairs of a sentence exists.
 * Widths d and l are multiples of 8 here; what is filled up is 0. Pair p is (p / words, p % words).
 */
import { rowsTimesPanel } from './micro'

/**
 * Number of pairs in a tile: with d = 200 its features take 19 KB. wasm/pair-layout.ts has the same number, since
 * AssemblyScript cannot be imported there.
 */
export const tileRows: i32 = 24

/** Features [rows x d] of the pairs from `first` on. */
export function fillFeatures(
  left: usize,
  right: usize,
  words: i32,
  d: i32,
  first: i32,
  rows: i32,
  features: usize,
): void {
  const stride = (<usize>d) << 2
  const zero = f32x4.splat(0)
  let i = first / words
  let j = first % words
  for (let row = 0; row < rows; row++) {
    let a = left + <usize>i * stride
    let b = right + <usize>j * stride
    const end = a + stride
    while (a < end) {
      v128.store(features, f32x4.max(f32x4.add(v128.load(a), v128.load(b)), zero))
      v128.store(features, f32x4.max(f32x4.add(v128.load(a, 16), v128.load(b, 16)), zero), 16)
      a += 32
      b += 32
      features += 32
    }
    if (++j == words) {
      j = 0
      i++
    }
  }
}

/** Logits of a tile [rows x l] from its features and the packed kernel. */
export function fillLogits(
  features: usize,
  panels: usize,
  bias: usize,
  d: i32,
  l: i32,
  rows: i32,
  logits: usize,
): void {
  const inner = (<usize>d) << 2
  const outer = (<usize>l) << 2
  for (let n: usize = 0; n < outer; n += 32)
    rowsTimesPanel(features, inner, panels + n * d, d, logits + n, outer, rows, 0, bias + n)
}

/** Updates the maxima [words x l] of the first words whose pairs a tile holds, and the rows of their second words. */
export function raiseMaxima(
  logits: usize,
  rows: i32,
  words: i32,
  l: i32,
  first: i32,
  start: i32,
  maximum: usize,
  winners: usize,
): void {
  const outer = (<usize>l) << 2
  let row = 0
  let i = first / words
  let j = first % words
  while (row < rows) {
    const run = min(rows - row, words - j)
    const word = <usize>i * outer
    raiseMaximum(logits + <usize>row * outer, run, l, j, start, maximum + word, winners + word)
    row += run
    j = 0
    i++
  }
}

/**
 * Updates the maximum of one first word [l] and the row of its second word; a tie keeps the earlier one. Where no
 * logit is a number, the row is that of the sentence's first word, since rows must stay inside the tensors.
 */
function raiseMaximum(logits: usize, rows: i32, l: i32, j: i32, start: i32, maximum: usize, winners: usize): void {
  const outer = (<usize>l) << 2
  for (let n: usize = 0; n < outer; n += 16) {
    let best = j == 0 ? f32x4.splat(-Infinity) : v128.load(maximum + n)
    let winner = j == 0 ? i32x4.splat(start) : v128.load(winners + n)
    let at = logits + n
    for (let row = 0; row < rows; row++) {
      const z = v128.load(at)
      const isHigher = f32x4.gt(z, best)
      best = v128.bitselect(z, best, isHigher)
      winner = v128.bitselect(i32x4.splat(start + j + row), winner, isHigher)
      at += outer
    }
    v128.store(maximum + n, best)
    v128.store(winners + n, winner)
  }
}
