/** Last numbers of a row whose width is no multiple of four. Lanes beyond it are neither read nor written. */

/** The first `count` numbers at `pointer`, followed by zeros; all lanes for four or more. */
export function loadFirst(pointer: usize, count: i32): v128 {
  if (count >= 4) return v128.load(pointer)
  let lanes = v128.load32_zero(pointer)
  if (count > 1) lanes = f32x4.replace_lane(lanes, 1, load<f32>(pointer, 4))
  if (count > 2) lanes = f32x4.replace_lane(lanes, 2, load<f32>(pointer, 8))
  return lanes
}

/** Writes the first `count` lanes; all lanes for four or more. */
export function storeFirst(pointer: usize, lanes: v128, count: i32): void {
  if (count >= 4) {
    v128.store(pointer, lanes)
    return
  }
  store<f32>(pointer, f32x4.extract_lane(lanes, 0))
  if (count > 1) store<f32>(pointer, f32x4.extract_lane(lanes, 1), 4)
  if (count > 2) store<f32>(pointer, f32x4.extract_lane(lanes, 2), 8)
}
