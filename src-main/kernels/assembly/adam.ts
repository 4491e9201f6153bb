/** Adam and sums of squares, four numbers at a time. */
import { loadFirst, storeFirst } from './lanes'
import { madd } from './math'

/** Reads weight, gradient and moments, and writes the new weight and moments to other addresses. */
export function adamMove(
  count: i32,
  weight: usize,
  gradient: usize,
  first: usize,
  second: usize,
  newWeight: usize,
  newFirst: usize,
  newSecond: usize,
  rate: f32,
  correction: f32,
  scale: f32,
  decayFirst: f64,
  decaySecond: f64,
  epsilon: f32,
): void {
  // moments move towards the new value by these shares, since float32 represents 0.001 better than 0.999
  const share = f32x4.splat(<f32>(1 - decayFirst))
  const shareOfSquares = f32x4.splat(<f32>(1 - decaySecond))
  for (let left = count; left > 0; left -= 4) {
    const g = f32x4.mul(loadFirst(gradient, left), f32x4.splat(scale))
    const oldMean = loadFirst(first, left)
    const oldSpread = loadFirst(second, left)
    const mean = madd(share, f32x4.sub(g, oldMean), oldMean)
    const spread = madd(shareOfSquares, f32x4.sub(f32x4.mul(g, g), oldSpread), oldSpread)
    const root = madd(f32x4.sqrt(spread), f32x4.splat(correction), f32x4.splat(epsilon))
    const moved = madd(f32x4.splat(-rate), f32x4.div(mean, root), loadFirst(weight, left))
    storeFirst(newWeight, moved, left)
    storeFirst(newFirst, mean, left)
    storeFirst(newSecond, spread, left)
    weight += 16
    gradient += 16
    first += 16
    second += 16
    newWeight += 16
    newFirst += 16
    newSecond += 16
  }
}

/** Number of values that are summed in float32 before they are added to a sum in float64. */
const numbersPerSum: i32 = 1024

export function sumOfSquares(x: usize, count: i32): f64 {
  let total: f64 = 0
  for (let left = count; left > 0;) {
    const rest = max(0, left - numbersPerSum)
    let sum = f32x4.splat(0)
    for (; left > rest; left -= 4) {
      const lanes = loadFirst(x, left)
      sum = madd(lanes, lanes, sum)
      x += 16
    }
    total += <f64>f32x4.extract_lane(sum, 0) + <f64>f32x4.extract_lane(sum, 1)
    total += <f64>f32x4.extract_lane(sum, 2) + <f64>f32x4.extract_lane(sum, 3)
  }
  return total
}
