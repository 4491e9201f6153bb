/**
 * All pairs of words of one sentence, in tiles of rows that stay in the first-level cache: features relu(left_i + right_j),
 * their logits, and what is wanted of these. Nothing as large as the pairs of a sentence exists.
 *
 * Widths d and l are multiples of 8 here: what is added is 0. Pair p is (p / words, p % words).
 */
import { expOfNegative, log1pOfUnit } from './math'
import { columnsTimesPanel, rowsTimesPanel } from './micro'

/** Pairs of a tile: with d = 200 its features take 19 KB. */
export const tileRows: i32 = 24

/** Features of the pairs from `first`, [rows x d]. */
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

/** Raises the maximum of one first word [l] and notes the second word that has it; a tie leaves the earlier one. */
export function raiseMaximum(
  logits: usize,
  rows: i32,
  l: i32,
  j: i32,
  start: i32,
  maximum: usize,
  winners: usize,
): void {
  const outer = (<usize>l) << 2
  for (let n: usize = 0; n < outer; n += 16) {
    let best = j == 0 ? f32x4.splat(-Infinity) : v128.load(maximum + n)
    let winner = v128.load(winners + n)
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

/**
 * Replaces the logits of a tile by their loss's gradient, sigmoid(z), adds that to the bias's, and returns the sum of
 * softplus(z). Cells that hold are subtracted by the caller; `mask` has all bits set in the l lanes that count.
 */
export function lossOfTile(logits: usize, rows: i32, l: i32, mask: usize, dBias: usize): f64 {
  const outer = (<usize>l) << 2
  const zero = f32x4.splat(0)
  const one = f32x4.splat(1)
  let loss: f64 = 0
  for (let n: usize = 0; n < outer; n += 16) {
    const counts = v128.load(mask + n)
    let sum = zero
    let bias = zero
    let at = logits + n
    for (let row = 0; row < rows; row++) {
      const z = v128.load(at)
      const e = expOfNegative(f32x4.neg(f32x4.abs(z)))
      const s = f32x4.div(one, f32x4.add(one, e))
      const p = v128.and(counts, v128.bitselect(s, f32x4.mul(e, s), f32x4.ge(z, zero)))
      sum = f32x4.add(sum, v128.and(counts, f32x4.add(f32x4.max(z, zero), log1pOfUnit(e))))
      bias = f32x4.add(bias, p)
      v128.store(at, p)
      at += outer
    }
    v128.store(dBias + n, f32x4.add(v128.load(dBias + n), bias))
    loss += <f64>f32x4.extract_lane(sum, 0) + <f64>f32x4.extract_lane(sum, 1)
    loss += <f64>f32x4.extract_lane(sum, 2) + <f64>f32x4.extract_lane(sum, 3)
  }
  return loss
}

/** Adds a tile's gradients to the kernel's panels and to left and right; its features are used up. */
export function backThroughTile(
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
    // rows of one first word
    const run = min(rows - row, words - j)
    addRows(features + <usize>row * inner, run, inner, dLeft + <usize>i * inner, dRight + <usize>j * inner)
    row += run
    j = 0
    i++
  }
}

/** Adds each row to one of right's, and their sum to one row of left. */
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

/**
 * Loss of one sentence and its gradients, added to what is there; with `maximum` not 0 also the largest logit of every
 * first word and the packed row of its second word. cells: `count` times (pair, relation), sorted.
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

function raiseMaxima(
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
 * Largest logits of one sentence and every cell at or above `floor`: (subject row, object row, relation) to `found`, its
 * logit to `values`. Returns how many there are; no more than `room` are written.
 */
export function pairReading(
  words: i32,
  d: i32,
  l: i32,
  relations: i32,
  left: usize,
  right: usize,
  panels: usize,
  bias: usize,
  features: usize,
  logits: usize,
  start: i32,
  maximum: usize,
  winners: usize,
  floor: f32,
  found: usize,
  values: usize,
  room: i32,
): i32 {
  const outer = (<usize>l) << 2
  const pairs = words * words
  const least = f32x4.splat(floor)
  let count = 0
  for (let first = 0; first < pairs; first += tileRows) {
    const rows = min(tileRows, pairs - first)
    fillFeatures(left, right, words, d, first, rows, features)
    fillLogits(features, panels, bias, d, l, rows, logits)
    raiseMaxima(logits, rows, words, l, first, start, maximum, winners)
    for (let row = 0; row < rows; row++)
      for (let n = 0; n < l; n += 4) {
        const at = logits + <usize>row * outer + ((<usize>n) << 2)
        if (!v128.any_true(f32x4.ge(v128.load(at), least))) continue
        for (let relation = n; relation < min(n + 4, relations); relation++) {
          const z = load<f32>(at + ((<usize>(relation - n)) << 2))
          if (z < floor) continue
          if (count < room) {
            const cell = found + <usize>count * 12
            store<i32>(cell, start + (first + row) / words)
            store<i32>(cell, start + ((first + row) % words), 4)
            store<i32>(cell, relation, 8)
            store<f32>(values + ((<usize>count) << 2), z)
          }
          count++
        }
      }
  }
  return count
}

/**
 * Gradient of the maximum alone: one pair for each of `words` first words and each relation. right and dRight begin at
 * row 0 of the batch, left and dLeft at the first word; columns and dColumns are the kernel by columns [l x d].
 */
export function pairMaximumGradient(
  words: i32,
  d: i32,
  relations: i32,
  gradient: usize,
  winners: usize,
  left: usize,
  right: usize,
  columns: usize,
  dLeft: usize,
  dRight: usize,
  dColumns: usize,
  dBias: usize,
): void {
  const stride = (<usize>d) << 2
  const zero = f32x4.splat(0)
  for (let i = 0; i < words; i++) {
    for (let relation = 0; relation < relations; relation++) {
      const value = load<f32>(gradient)
      const j = <usize>load<i32>(winners)
      gradient += 4
      winners += 4
      if (value == 0) continue
      const bias = dBias + ((<usize>relation) << 2)
      store<f32>(bias, load<f32>(bias) + value)
      const weight = f32x4.splat(value)
      const b = right + j * stride
      const db = dRight + j * stride
      const column = columns + <usize>relation * stride
      const dColumn = dColumns + <usize>relation * stride
      for (let n: usize = 0; n < stride; n += 16) {
        const sum = f32x4.add(v128.load(left + n), v128.load(b + n))
        const isActive = f32x4.gt(sum, zero)
        v128.store(dColumn + n, f32x4.add(v128.load(dColumn + n), v128.and(isActive, f32x4.mul(sum, weight))))
        const back = v128.and(isActive, f32x4.mul(weight, v128.load(column + n)))
        v128.store(dLeft + n, f32x4.add(v128.load(dLeft + n), back))
        v128.store(db + n, f32x4.add(v128.load(db + n), back))
      }
    }
    left += stride
    dLeft += stride
  }
}

/** Panels [columns / 8][rows][8] → [rows x columns], `width` columns of them. */
export function unpackPanels(panels: usize, rows: i32, width: i32, target: usize): void {
  for (let n = 0; n < width; n += 8) {
    const bytes = (<usize>min(8, width - n)) << 2
    for (let row = 0; row < rows; row++) {
      memory.copy(target + ((<usize>(row * width + n)) << 2), panels, bytes)
      panels += 32
    }
  }
}
