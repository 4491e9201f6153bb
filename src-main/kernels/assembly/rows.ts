/** Rows of matrices: copied between widths, gathered by number, and summed. */
import { loadFirst, storeFirst } from './lanes'

/** Copies [rows, columns] between matrices whose rows are `from` and `to` numbers apart. */
export function copyMatrix(source: usize, from: i32, target: usize, to: i32, rows: i32, columns: i32): void {
  for (let row = 0; row < rows; row++) {
    let column = 0
    for (; column + 4 <= columns; column += 4) v128.store(target + (column << 2), v128.load(source + (column << 2)))
    if (column < columns) {
      const last = loadFirst(source + (column << 2), columns - column)
      storeFirst(target + (column << 2), last, columns - column)
    }
    source += (<usize>from) << 2
    target += (<usize>to) << 2
  }
}

/** Adds the sum over all rows of a matrix [rows, columns] to `sums` [columns]. */
export function addColumnSums(source: usize, rows: i32, columns: i32, sums: usize): void {
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column += 4) {
      const at: usize = (<usize>column) << 2
      const left = columns - column
      storeFirst(sums + at, f32x4.add(loadFirst(sums + at, left), loadFirst(source + at, left)), left)
    }
    source += (<usize>columns) << 2
  }
}

/**
 * Copies row numbers[r] of source, which has `count` rows, to row r of target; both are `columns` wide. Returns -1, or
 * the position of the first number that is no row, from which on nothing is copied.
 */
export function gatherRows(source: usize, count: i32, numbers: usize, target: usize, rows: i32, columns: i32): i32 {
  const width: usize = (<usize>columns) << 2
  for (let row = 0; row < rows; row++) {
    const number = load<u32>(numbers + ((<usize>row) << 2))
    if (number >= <u32>count) return row
    memory.copy(target, source + <usize>number * width, width)
    target += width
  }
  return -1
}
