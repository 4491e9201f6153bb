/** Prediction over the pairs of a sentence: the likely cells, and the largest logits. */
import { fillFeatures, fillLogits, raiseMaxima, tileRows } from './pairs'

/**
 * Writes every cell at or above `floor`, of the pairs from `begin` to before `end` of one sentence: (subject row,
 * object row, relation) to `found`, its logit to `values`. Returns their number; the caller has room for all. With
 * `maximum` not 0 it also updates the largest logits, for which a sentence must be walked from its first pair to its
 * last.
 */
export function pairPrediction(
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
  begin: i32,
  end: i32,
): i32 {
  const outer = (<usize>l) << 2
  const least = f32x4.splat(floor)
  let count = 0
  for (let first = begin; first < end; first += tileRows) {
    const rows = min(tileRows, end - first)
    fillFeatures(left, right, words, d, first, rows, features)
    fillLogits(features, panels, bias, d, l, rows, logits)
    if (maximum) raiseMaxima(logits, rows, words, l, first, start, maximum, winners)
    for (let row = 0; row < rows; row++) {
      if (!hasHigh(logits + <usize>row * outer, l, least)) continue // true of nearly all pairs
      for (let n = 0; n < l; n += 4) {
        const at = logits + <usize>row * outer + ((<usize>n) << 2)
        if (!v128.any_true(f32x4.ge(v128.load(at), least))) continue
        for (let relation = n; relation < min(n + 4, relations); relation++) {
          const z = load<f32>(at + ((<usize>(relation - n)) << 2))
          if (z < floor) continue
          const cell = found + <usize>count * 12
          store<i32>(cell, start + (first + row) / words)
          store<i32>(cell, start + ((first + row) % words), 4)
          store<i32>(cell, relation, 8)
          store<f32>(values + ((<usize>count) << 2), z)
          count++
        }
      }
    }
  }
  return count
}

/** Whether any of l logits is at least `least`; l is a multiple of 8. */
function hasHigh(at: usize, l: i32, least: v128): bool {
  let highest = v128.load(at)
  let highest2 = v128.load(at, 16)
  const end = at + ((<usize>l) << 2)
  for (at += 32; at < end; at += 32) {
    highest = f32x4.max(highest, v128.load(at))
    highest2 = f32x4.max(highest2, v128.load(at, 16))
  }
  return v128.any_true(f32x4.ge(f32x4.max(highest, highest2), least))
}
