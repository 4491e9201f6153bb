/** Elementary functions of four float32 numbers at a time. */

/** a x b + c, rounded once where the processor can. */
export function madd(a: v128, b: v128, c: v128): v128 {
  return ASC_FEATURE_RELAXED_SIMD ? f32x4.relaxed_madd(a, b, c) : f32x4.add(f32x4.mul(a, b), c)
}

/**
 * exp(x) for x <= 0 (Cody and Waite's reduction, a polynomial of degree 6). Values below -80 count as -80, to avoid
 * denormal numbers.
 */
export function expOfNegative(x: v128): v128 {
  const clamped = f32x4.max(x, f32x4.splat(-80))
  // adding 1.5 x 2^23 rounds to an integer, which is then in the lowest bits
  const shifted = madd(clamped, f32x4.splat(1.44269504088896), f32x4.splat(12582912))
  const n = f32x4.sub(shifted, f32x4.splat(12582912))
  let r = madd(n, f32x4.splat(-0.693359375), clamped)
  r = madd(n, f32x4.splat(2.1219444e-4), r)
  let p = madd(r, f32x4.splat(1.3888889e-3), f32x4.splat(8.3333333e-3))
  p = madd(p, r, f32x4.splat(4.1666667e-2))
  p = madd(p, r, f32x4.splat(1.6666667e-1))
  p = madd(p, r, f32x4.splat(0.5))
  p = madd(p, r, f32x4.splat(1))
  p = madd(p, r, f32x4.splat(1))
  return i32x4.add(p, i32x4.shl(shifted, 23))
}

/** log(1 + x) for x >= 0, up to 2^100. The rounding error of 1 + x is corrected at the end. */
export function log1p(x: v128): v128 {
  const one = f32x4.splat(1)
  const u = f32x4.add(one, x)
  return logOf(u, f32x4.div(f32x4.sub(x, f32x4.sub(u, one)), u))
}

/** log(x) for x > 0 that is no denormal number. */
export function log(x: v128): v128 {
  return logOf(x, f32x4.splat(0))
}

/**
 * log(x) + more. With x = 2^n m and m about 1, the logarithm of m is the series of the inverse hyperbolic tangent of
 * (m - 1) / (m + 1).
 */
function logOf(x: v128, more: v128): v128 {
  // 0x3f3504f3 is the square root of a half: m lies between that and the root of 2
  const n = i32x4.shr_s(i32x4.sub(x, i32x4.splat(0x3f3504f3)), 23)
  const f = f32x4.sub(i32x4.sub(x, i32x4.shl(n, 23)), f32x4.splat(1))
  const w = f32x4.div(f, f32x4.add(f, f32x4.splat(2)))
  const square = f32x4.mul(w, w)
  let p = madd(square, f32x4.splat(0.22222222), f32x4.splat(0.28571429))
  p = madd(p, square, f32x4.splat(0.4))
  p = madd(p, square, f32x4.splat(0.66666667))
  p = madd(p, square, f32x4.splat(2))
  return madd(f32x4.convert_i32x4_s(n), f32x4.splat(0.69314718), madd(p, w, more))
}

export function sigmoid(x: v128): v128 {
  const e = expOfNegative(f32x4.neg(f32x4.abs(x)))
  const s = f32x4.div(f32x4.splat(1), f32x4.add(f32x4.splat(1), e))
  return v128.bitselect(s, f32x4.mul(e, s), f32x4.ge(x, f32x4.splat(0)))
}

/**
 * tanh(x): near 0 by its series, elsewhere as (1 - e) / (1 + e) with e = exp(-2|x|), where nothing cancels. Three
 * terms of the series are not enough up to 0.25, so it goes on to x^9.
 */
export function tanh(x: v128): v128 {
  const size = f32x4.abs(x)
  const e = expOfNegative(f32x4.mul(size, f32x4.splat(-2)))
  const one = f32x4.splat(1)
  const large = f32x4.div(f32x4.sub(one, e), f32x4.add(one, e))
  const square = f32x4.mul(x, x)
  let p = madd(square, f32x4.splat(2.1869488e-2), f32x4.splat(-5.3968254e-2))
  p = madd(p, square, f32x4.splat(1.3333333e-1))
  p = madd(p, square, f32x4.splat(-3.3333333e-1))
  p = madd(p, square, one)
  const small = f32x4.mul(p, size)
  const value = v128.bitselect(small, large, f32x4.lt(size, f32x4.splat(0.25)))
  return v128.or(value, v128.and(x, i32x4.splat(i32.MIN_VALUE)))
}
