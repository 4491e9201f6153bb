/** KL divergence of diagonal normal distributions, four numbers at a time. */
import { loadFirst, storeFirst } from './lanes'
import { log, madd } from './math'

/** Number of values that are summed in float32 before they are added to a sum in float64. */
const numbersPerSum: i32 = 256

/** Half the sum of ratio + distance - log(ratio) - 1 over `count` numbers. */
export function divergence(count: i32, mean: usize, variance: usize, priorMean: usize, priorVariance: usize): f64 {
  const one = f32x4.splat(1)
  let total: f64 = 0
  for (let left = count; left > 0;) {
    const rest = max(0, left - numbersPerSum)
    let sum = f32x4.splat(0)
    for (; left > rest; left -= 4) {
      const spread = inFirst(loadFirst(variance, left), left)
      const priorSpread = inFirst(loadFirst(priorVariance, left), left)
      const apart = f32x4.sub(loadFirst(mean, left), loadFirst(priorMean, left))
      const precision = f32x4.div(one, priorSpread)
      const ratio = f32x4.mul(spread, precision)
      const term = madd(f32x4.mul(apart, apart), precision, f32x4.sub(ratio, one))
      sum = f32x4.add(sum, f32x4.sub(term, log(ratio)))
      mean += 16
      variance += 16
      priorMean += 16
      priorVariance += 16
    }
    total += <f64>f32x4.extract_lane(sum, 0) + <f64>f32x4.extract_lane(sum, 1)
    total += <f64>f32x4.extract_lane(sum, 2) + <f64>f32x4.extract_lane(sum, 3)
  }
  return 0.5 * total
}

/** Gradients of the four inputs, multiplied by `gradient`. */
export function divergenceBack(
  count: i32,
  gradient: f32,
  mean: usize,
  variance: usize,
  priorMean: usize,
  priorVariance: usize,
  dMean: usize,
  dVariance: usize,
  dPriorMean: usize,
  dPriorVariance: usize,
): void {
  const one = f32x4.splat(1)
  const whole = f32x4.splat(gradient)
  const half = f32x4.splat(0.5 * gradient)
  for (let left = count; left > 0; left -= 4) {
    const spread = inFirst(loadFirst(variance, left), left)
    const precision = f32x4.div(one, inFirst(loadFirst(priorVariance, left), left))
    const apart = f32x4.sub(loadFirst(mean, left), loadFirst(priorMean, left))
    const towards = f32x4.mul(whole, f32x4.mul(apart, precision))
    const pull = f32x4.mul(madd(apart, apart, spread), precision)
    storeFirst(dMean, towards, left)
    storeFirst(dVariance, f32x4.mul(half, f32x4.sub(precision, f32x4.div(one, spread))), left)
    storeFirst(dPriorMean, f32x4.neg(towards), left)
    storeFirst(dPriorVariance, f32x4.mul(half, f32x4.mul(precision, f32x4.sub(one, pull))), left)
    mean += 16
    variance += 16
    priorMean += 16
    priorVariance += 16
    dMean += 16
    dVariance += 16
    dPriorMean += 16
    dPriorVariance += 16
  }
}

/**
 * Replaces lanes beyond the first `count` by 1, so that nothing is divided by 0 and they add nothing to a divergence.
 */
function inFirst(lanes: v128, count: i32): v128 {
  if (count >= 4) return lanes
  const one: f32 = 1
  if (count < 2) lanes = f32x4.replace_lane(lanes, 1, one)
  if (count < 3) lanes = f32x4.replace_lane(lanes, 2, one)
  return f32x4.replace_lane(lanes, 3, one)
}
