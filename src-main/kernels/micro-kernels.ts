/**
 * Generator of the micro-kernels in AssemblyScript: products of a few rows with eight columns, whose sums never leave
 * the registers. The language has no arrays of variables, so every row is spelt out.
 */

const columnsPerPanel = 8
const bytesPerRow = columnsPerPanel * 4
/** Number of steps of the depth in one turn of a loop. */
const unrolledRows = 4
const unrolledColumns = 2

/** Numbers of rows, and of columns of a transposed operand, that one micro-kernel takes; largest first, down to 1. */
interface MicroSizes {
  readonly rows: readonly number[]
  readonly columns: readonly number[]
}

/** Source text of `assembly/micro.ts`. */
export function microKernels({ rows, columns }: MicroSizes): string {
  return [
    "import { madd } from './math'",
    ...rows.map(rowsKernel),
    rowsDriver(rows),
    ...columns.map(columnsKernel),
    columnsDriver(columns),
  ].join('\n')
}

/** Function for any number of rows of A times one panel; its parameters are those of the micro-kernels. */
function rowsDriver(sizes: readonly number[]): string {
  return `export function rowsTimesPanel(a: usize, lda: usize, panel: usize, k: i32, c: usize, ldc: usize, rows: i32, mode: i32, bias: usize): void {
  let left = rows
  ${sizes
    .map(
      (size) => `while (left >= ${size}) {
    rows${size}(a, lda, panel, k, c, ldc, mode, bias)
    a += ${size} * lda; c += ${size} * ldc; left -= ${size}
  }`,
    )
    .join('\n')}
}`
}

/** Function for any number of columns of A, each times eight columns of B. */
function columnsDriver(sizes: readonly number[]): string {
  return `export function columnsTimesPanel(a: usize, lda: usize, b: usize, ldb: usize, k: i32, c: usize, ldc: usize, columns: i32, mode: i32): void {
  let left = columns
  ${sizes
    .map(
      (size) => `while (left >= ${size}) {
    columns${size}(a, lda, b, ldb, k, c, ldc, mode)
    a += ${size * 4}; c += ${size} * ldc; left -= ${size}
  }`,
    )
    .join('\n')}
}`
}

const each = (count: number, line: (row: number) => string): string =>
  Array.from({ length: count }, (_, row) => line(row)).join('\n')

/**
 * Micro-kernel for C [count x 8] from rows of A and one packed panel [k][8]; strides in bytes. Mode 0 writes, 1 adds,
 * 2 writes 0 where the value in C is not above 0 (the gradient of a rectifier in place of its value).
 */
function rowsKernel(count: number): string {
  const step = (at: number): string => `{
    const b0 = v128.load(b, ${at * bytesPerRow}), b1 = v128.load(b, ${at * bytesPerRow + 16})
    let s: v128
    ${each(count, (row) => `s = v128.load32_splat(a${row}, ${at * 4}); ${accumulate(row)}`)}
  }`
  return `export function rows${count}(a: usize, lda: usize, panel: usize, k: i32, c: usize, ldc: usize, mode: i32, bias: usize): void {
  ${each(count, (row) => `let a${row}: usize = a + ${row} * lda`)}
  ${each(count, (row) => `let c${row}0: v128 = f32x4.splat(0), c${row}1: v128 = f32x4.splat(0)`)}
  let b = panel
  const end: usize = b + (<usize>(k & ~${unrolledRows - 1}) << 5)
  while (b < end) {
    ${each(unrolledRows, step)}
    b += ${unrolledRows * bytesPerRow}
    ${each(count, (row) => `a${row} += ${unrolledRows * 4}`)}
  }
  for (let rest = k & ${unrolledRows - 1}; rest > 0; rest--) {
    ${step(0)}
    b += ${bytesPerRow}
    ${each(count, (row) => `a${row} += 4`)}
  }
  if (mode == 2) {
    const zero = f32x4.splat(0)
    ${each(
      count,
      (row) =>
        `v128.store(c, v128.and(c${row}0, f32x4.gt(v128.load(c), zero))); v128.store(c, v128.and(c${row}1, f32x4.gt(v128.load(c, 16), zero)), 16); c += ldc`,
    )}
    return
  }
  if (bias) {
    ${each(
      count,
      (row) =>
        `v128.store(c, f32x4.add(v128.load(bias), c${row}0)); v128.store(c, f32x4.add(v128.load(bias, 16), c${row}1), 16); c += ldc`,
    )}
    return
  }
  ${storeRows(count)}
}`
}

/**
 * Micro-kernel for C [count x 8] from columns of A [k x count] and rows of B, both stored by rows; strides in bytes.
 * Mode 0 writes, 1 adds.
 */
function columnsKernel(count: number): string {
  const step = `{
    const b0 = v128.load(b), b1 = v128.load(b, 16)
    let s: v128
    ${each(count, (row) => `s = v128.load32_splat(a, ${row * 4}); ${accumulate(row)}`)}
    a += lda; b += ldb
  }`
  return `export function columns${count}(a: usize, lda: usize, b: usize, ldb: usize, k: i32, c: usize, ldc: usize, mode: i32): void {
  ${each(count, (row) => `let c${row}0: v128 = f32x4.splat(0), c${row}1: v128 = f32x4.splat(0)`)}
  while (k >= ${unrolledColumns}) {
    ${each(unrolledColumns, () => step)}
    k -= ${unrolledColumns}
  }
  if (k) ${step}
  ${storeRows(count)}
}`
}

const accumulate = (row: number): string => `c${row}0 = madd(s, b0, c${row}0); c${row}1 = madd(s, b1, c${row}1)`

const storeRows = (count: number): string => `if (mode == 1) {
    ${each(
      count,
      (row) =>
        `v128.store(c, f32x4.add(v128.load(c), c${row}0)); v128.store(c, f32x4.add(v128.load(c, 16), c${row}1), 16); c += ldc`,
    )}
    return
  }
  ${each(count, (row) => `v128.store(c, c${row}0); v128.store(c, c${row}1, 16); c += ldc`)}`
