/** Matrix products from packed panels: blocks that stay in the caches, micro-kernels that stay in registers. */
import { loadFirst, storeFirst } from './lanes'
import { columnsTimesPanel, rowsTimesPanel } from './micro'

/** Number of rows of A that share a pass over a panel; `depthBlock` is the depth of a pass. */
const rowBlock = 120
const depthBlock = 256
/**
 * Depth of a pass of a transposed product, whose operands are both stored by rows. wasm/layout.ts has the same number.
 */
const transposedDepth = 96

/** Packs B [K x N], with rows `ld` floats apart, into panels of 8 columns [ceil(N / 8)][K][8], filled up with zeros. */
export function packPanels(source: usize, ld: i32, K: i32, N: i32, target: usize): void {
  const stride = (<usize>ld) << 2
  for (let n = 0; n < N; n += 8) {
    const width = N - n
    let from = source + ((<usize>n) << 2)
    for (let k = 0; k < K; k++) {
      if (width >= 8) {
        v128.store(target, v128.load(from))
        v128.store(target, v128.load(from, 16), 16)
      } else
        for (let column = 0; column < 8; column++)
          store<f32>(target + ((<usize>column) << 2), column < width ? load<f32>(from + ((<usize>column) << 2)) : 0)
      target += 32
      from += stride
    }
  }
}

/** Packs the transpose of B, which is stored as [N x K] with rows `ld` floats apart, into the same panels. */
export function packPanelsTransposed(source: usize, ld: i32, K: i32, N: i32, target: usize): void {
  const stride = (<usize>ld) << 2
  for (let n = 0; n < N; n += 8) {
    const width = N - n
    const from = source + <usize>n * stride
    let k = 0
    if (width >= 8)
      for (; k + 4 <= K; k += 4) {
        transpose4(from + ((<usize>k) << 2), stride, target)
        transpose4(from + 4 * stride + ((<usize>k) << 2), stride, target + 16)
        target += 128
      }
    for (; k < K; k++) {
      for (let column = 0; column < 8; column++)
        store<f32>(
          target + ((<usize>column) << 2),
          column < width ? load<f32>(from + <usize>column * stride + ((<usize>k) << 2)) : 0,
        )
      target += 32
    }
  }
}

/** Transposes four rows of four numbers into four half rows of a panel. */
function transpose4(from: usize, stride: usize, target: usize): void {
  const a = v128.load(from)
  const b = v128.load(from + stride)
  const c = v128.load(from + 2 * stride)
  const d = v128.load(from + 3 * stride)
  const ab = v128.shuffle<f32>(a, b, 0, 4, 1, 5)
  const cd = v128.shuffle<f32>(c, d, 0, 4, 1, 5)
  const ab2 = v128.shuffle<f32>(a, b, 2, 6, 3, 7)
  const cd2 = v128.shuffle<f32>(c, d, 2, 6, 3, 7)
  v128.store(target, v128.shuffle<f32>(ab, cd, 0, 1, 4, 5))
  v128.store(target, v128.shuffle<f32>(ab, cd, 2, 3, 6, 7), 32)
  v128.store(target, v128.shuffle<f32>(ab2, cd2, 0, 1, 4, 5), 64)
  v128.store(target, v128.shuffle<f32>(ab2, cd2, 2, 3, 6, 7), 96)
}

/**
 * Computes C [M x N8] = bias + A [M x K] B (mode 0), or C + A B (mode 1). N8 is N rounded up to a multiple of 8;
 * leading dimensions are in floats; bias is an address of N8 floats, or 0. An empty sum, K = 0, is 0.
 */
export function multiply(
  A: usize,
  lda: i32,
  panels: usize,
  C: usize,
  ldc: i32,
  M: i32,
  N: i32,
  K: i32,
  mode: i32,
  bias: usize,
): void {
  const strideA = (<usize>lda) << 2
  const strideC = (<usize>ldc) << 2
  let k = 0
  do {
    const depth = min(depthBlock, K - k)
    const adds = k > 0 ? 1 : mode
    for (let m = 0; m < M; m += rowBlock) {
      const rows = min(rowBlock, M - m)
      for (let n = 0; n < N; n += 8) {
        const panel = panels + ((<usize>n * <usize>K + ((<usize>k) << 3)) << 2)
        const from = A + <usize>m * strideA + ((<usize>k) << 2)
        const to = C + <usize>m * strideC + ((<usize>n) << 2)
        rowsTimesPanel(
          from,
          strideA,
          panel,
          depth,
          to,
          strideC,
          rows,
          adds,
          adds || !bias ? 0 : bias + ((<usize>n) << 2),
        )
      }
    }
    k += depthBlock
  } while (k < K)
}

/**
 * Computes C [M x N] = (transposed A) B (mode 0), or C + (transposed A) B (mode 1), with A [K x M] and B [K x N], N a
 * multiple of 8. `scratch` has N x 96 floats, into which a block of B is packed.
 */
export function multiplyTransposed(
  A: usize,
  lda: i32,
  B: usize,
  ldb: i32,
  C: usize,
  ldc: i32,
  M: i32,
  N: i32,
  K: i32,
  mode: i32,
  scratch: usize,
): void {
  const strideA = (<usize>lda) << 2
  const strideB = (<usize>ldb) << 2
  const strideC = (<usize>ldc) << 2
  let k = 0
  do {
    const depth = min(transposedDepth, K - k)
    packPanels(B + <usize>k * strideB, ldb, depth, N, scratch)
    for (let n = 0; n < N; n += 8)
      columnsTimesPanel(
        A + <usize>k * strideA,
        strideA,
        scratch + ((<usize>n * <usize>depth) << 2),
        32,
        depth,
        C + ((<usize>n) << 2),
        strideC,
        M,
        k > 0 ? 1 : mode,
      )
    k += transposedDepth
  } while (k < K)
}

/** Replaces negative numbers by 0. */
export function rectify(pointer: usize, count: i32): void {
  for (let left = count; left > 0; left -= 4) {
    storeFirst(pointer, f32x4.max(loadFirst(pointer, left), f32x4.splat(0)), left)
    pointer += 16
  }
}

/** Copies `width` floats of every row and sets the rest of the target's row to 0; strides are in floats. */
export function copyRows(
  source: usize,
  sourceStride: i32,
  target: usize,
  targetStride: i32,
  rows: i32,
  width: i32,
): void {
  const bytes = (<usize>min(width, targetStride)) << 2
  const rest = ((<usize>targetStride) << 2) - bytes
  for (let row = 0; row < rows; row++) {
    memory.copy(target, source, bytes)
    memory.fill(target + bytes, 0, rest)
    source += (<usize>sourceStride) << 2
    target += (<usize>targetStride) << 2
  }
}

/** Transposes a matrix [rows x columns] into [columns x rows]. */
export function transpose(source: usize, rows: i32, columns: i32, target: usize): void {
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++)
      store<f32>(
        target + ((<usize>(column * rows + row)) << 2),
        load<f32>(source + ((<usize>(row * columns + column)) << 2)),
      )
}
