/** Loss over all pairs of a sentence with its gradients, in one walk over their tiles. */
import { expOfNegative, log1p, madd } from './math'
import { columnsTimesPanel, rowsTimesPanel } from './micro'
import { fillFeatures, fillLogits, raiseMaxima, tileRows } from './pairs'

/**
 * Loss of one sentence. Its gradients are added to the given ones. With `maximum` not 0, the largest logit of every
 * first word and the packed row of its second word are written too. cells: `count` times (pair, relation), sorted.
 */
export function pairLoss(
  words: i32,
  d: i32,
  l: i32,
  left: usize,
  right: usize,
  panels: usize,
  backPanels: usize,
  bias: usize,
  mask: usize,
  cells: usize,
  count: i32,
  dLeft: usize,
  dRight: usize,
  dPanels: usize,
  dBias: usize,
  features: usize,
  logits: usize,
  start: i32,
  maximum: usize,
  winners: usize,
): f64 {
  const outer = (<usize>l) << 2
  const pairs = words * words
  const end = cells + ((<usize>count) << 3)
  let loss: f64 = 0
  for (let first = 0; first < pairs; first += tileRows) {
    const rows = min(tileRows, pairs - first)
    fillFeatures(left, right, words, d, first, rows, features)
    fillLogits(features, panels, bias, d, l, rows, logits)
    if (maximum) raiseMaxima(logits, rows, words, l, first, start, maximum, winners)
    let last = cells
    while (last < end && load<i32>(last) < first + rows) {
      loss -= <f64>load<f32>(logits + <usize>(load<i32>(last) - first) * outer + ((<usize>load<i32>(last, 4)) << 2))
      last += 8
    }
    loss += lossOfTile(logits, rows, l, mask, dBias)
    for (; cells < last; cells += 8) {
      const relation = (<usize>load<i32>(cells, 4)) << 2
      subtractOne(logits + <usize>(load<i32>(cells) - first) * outer + relation)
      subtractOne(dBias + relation)
    }
    backThroughTile(features, logits, backPanels, words, d, l, first, rows, dLeft, dRight, dPanels)
  }
  return loss
}

function subtractOne(at: usize): void {
  store<f32>(at, load<f32>(at) - 1)
}

/**
 * Replaces the logits of a tile by the gradient of their loss, sigmoid(z), adds that to the gradient of the bias, and
 * returns the sum of softplus(z). The caller subtracts the cells that hold; `mask` has all bits set in the l lanes
 * that count.
 * softplus(z) is max(z, 0) + log(1 + e) with e = exp(-|z|). One logarithm is taken per column, that of the product of
 * all 1 + e. The product is kept minus 1, which loses nothing where every e is small, and is at most 2^24.
 */
function lossOfTile(logits: usize, rows: i32, l: i32, mask: usize, dBias: usize): f64 {
  const outer = (<usize>l) << 2
  const zero = f32x4.splat(0)
  const one = f32x4.splat(1)
  let loss: f64 = 0
  for (let n: usize = 0; n < outer; n += 16) {
    const counts = v128.load(mask + n)
    let sum = zero
    let product = zero
    let bias = zero
    let at = logits + n
    for (let row = 0; row < rows; row++) {
      const z = v128.load(at)
      const e = expOfNegative(f32x4.neg(f32x4.abs(z)))
      const s = f32x4.div(one, f32x4.add(one, e))
      const p = v128.and(counts, v128.bitselect(s, f32x4.mul(e, s), f32x4.ge(z, zero)))
      sum = f32x4.add(sum, f32x4.max(z, zero))
      product = madd(product, e, f32x4.add(product, e))
      bias = f32x4.add(bias, p)
      v128.store(at, p)
      at += outer
    }
    v128.store(dBias + n, f32x4.add(v128.load(dBias + n), bias))
    sum = v128.and(counts, f32x4.add(sum, log1p(product)))
    loss += <f64>f32x4.extract_lane(sum, 0) + <f64>f32x4.extract_lane(sum, 1)
    loss += <f64>f32x4.extract_lane(sum, 2) + <f64>f32x4.extract_lane(sum, 3)
  }
  return loss
}

/** Adds a tile's gradients to the kernel's panels and to left and right. The tile's features are overwritten. */
function backThroughTile(
  features: usize,
  logits: usize,
  backPanels: usize,
  words: i32,
  d: i32,
  l: i32,
  first: i32,
  rows: i32,
  dLeft: usize,
  dRight: usize,
  dPanels: usize,
): void {
  const inner = (<usize>d) << 2
  const outer = (<usize>l) << 2
  for (let n: usize = 0; n < outer; n += 32)
    columnsTimesPanel(features, inner, logits + n, outer, rows, dPanels + n * d, 32, d, 1)
  for (let n: usize = 0; n < inner; n += 32)
    rowsTimesPanel(logits, outer, backPanels + n * l, l, features + n, inner, rows, 2, 0)
  let row = 0
  let i = first / words
  let j = first % words
  while (row < rows) {
    // pairs of one first word
    const run = min(rows - row, words - j)
    addRows(features + <usize>row * inner, run, inner, dLeft + <usize>i * inner, dRight + <usize>j * inner)
    row += run
    j = 0
    i++
  }
}

/** Adds each row to one row of right, and their sum to one row of left. */
function addRows(from: usize, rows: i32, stride: usize, left: usize, right: usize): void {
  for (let n: usize = 0; n < stride; n += 32) {
    let sum = v128.load(left + n)
    let sum2 = v128.load(left + n, 16)
    let at = from + n
    let to = right + n
    for (let row = 0; row < rows; row++) {
      const a = v128.load(at)
      const b = v128.load(at, 16)
      sum = f32x4.add(sum, a)
      sum2 = f32x4.add(sum2, b)
      v128.store(to, f32x4.add(v128.load(to), a))
      v128.store(to, f32x4.add(v128.load(to, 16), b), 16)
      at += stride
      to += stride
    }
    v128.store(left + n, sum)
    v128.store(left + n, sum2, 16)
  }
}

/** Converts panels [columns / 8][rows][8] to a matrix [rows x columns], of which `width` columns are written. */
export function unpackPanels(panels: usize, rows: i32, width: i32, target: usize): void {
  for (let n = 0; n < width; n += 8) {
    const bytes = (<usize>min(8, width - n)) << 2
    for (let row = 0; row < rows; row++) {
      memory.copy(target + ((<usize>(row * width + n)) << 2), panels, bytes)
      panels += 32
    }
  }
}
