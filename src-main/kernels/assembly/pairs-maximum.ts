/**
 * Gradient of the largest logits. Only one pair per first word and relation type has one, so there are no tiles and no
 * products.
 */

/**
 * Gradients of the maximum for `words` first words. right and dRight begin at row 0 of the batch, left and dLeft at
 * the first word; columns and dColumns are the kernel by columns [l x d].
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
      // two vectors at a time, so that a compiler that joins neighbours finds them side by side
      for (let n: usize = 0; n < stride; n += 32) {
        const sum = f32x4.add(v128.load(left + n), v128.load(b + n))
        const sum2 = f32x4.add(v128.load(left + n, 16), v128.load(b + n, 16))
        const isActive = f32x4.gt(sum, zero)
        const isActive2 = f32x4.gt(sum2, zero)
        const share = v128.and(isActive, f32x4.mul(sum, weight))
        const share2 = v128.and(isActive2, f32x4.mul(sum2, weight))
        v128.store(dColumn + n, f32x4.add(v128.load(dColumn + n), share))
        v128.store(dColumn + n, f32x4.add(v128.load(dColumn + n, 16), share2), 16)
        const back = v128.and(isActive, f32x4.mul(weight, v128.load(column + n)))
        const back2 = v128.and(isActive2, f32x4.mul(weight, v128.load(column + n, 16)))
        v128.store(dLeft + n, f32x4.add(v128.load(dLeft + n), back))
        v128.store(dLeft + n, f32x4.add(v128.load(dLeft + n, 16), back2), 16)
        v128.store(db + n, f32x4.add(v128.load(db + n), back))
        v128.store(db + n, f32x4.add(v128.load(db + n, 16), back2), 16)
      }
    }
    left += stride
    dLeft += stride
  }
}
