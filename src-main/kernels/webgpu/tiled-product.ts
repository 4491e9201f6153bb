/** Matrix product in WGSL: a group of threads computes a tile of it in its shared memory. */

/** Size of a group: 16 x 16 threads, each of which keeps `rowsPerThread` x 4 numbers of the product. */
export const productThreads = [16, 16] as const
export const tileColumns = 64
export const tileRowsOf = (rowsPerThread: number): number => 16 * rowsPerThread

/**
 * WGSL function `product(firstRow, firstColumn, inner)`: the thread's rows from `rowOf(firstRow)` on, and its four
 * columns from `columnOf(firstColumn)` on. The program declares the operands, 0 outside their bounds: `readA(row, at)`
 * and `readB(at, column)`. With `rowsLieTogether` neighbouring threads read neighbouring rows of A, else neighbouring
 * places of one row.
 */
export function tiledProduct({ rowsPerThread, rowsLieTogether = false }: ProductShape): string {
  const rows = tileRowsOf(rowsPerThread)
  return /* wgsl */ `
  const tileRows = ${rows};
  const rowsPerThread = ${rowsPerThread};
  const depth = 16;
  var<workgroup> tileA : array<array<f32, tileRows>, depth>;
  var<workgroup> tileB : array<array<f32, ${tileColumns}>, depth>;

  fn rowOf(first : i32) -> i32 { return first + i32(localId.y) * rowsPerThread; }
  fn columnOf(first : i32) -> i32 { return first + i32(localId.x) * 4; }

  fn product(firstRow : i32, firstColumn : i32, inner : i32) -> array<vec4<f32>, rowsPerThread> {
    var sums : array<vec4<f32>, rowsPerThread>;
    let y = i32(localId.y) * rowsPerThread;
    let x = i32(localId.x) * 4;
    for (var first = 0; first < inner; first += depth) {
      for (var part = i32(localIndex); part < tileRows * depth; part += threads) {
        ${rowsLieTogether ? 'let row = part % tileRows; let at = part / tileRows;' : 'let at = part % depth; let row = part / depth;'}
        tileA[at][row] = readA(firstRow + row, first + at);
      }
      for (var part = i32(localIndex); part < ${tileColumns} * depth; part += threads) {
        let at = part / ${tileColumns};
        let column = part % ${tileColumns};
        tileB[at][column] = readB(first + at, firstColumn + column);
      }
      workgroupBarrier();
      for (var at = 0; at < depth; at++) {
        let b = vec4<f32>(tileB[at][x], tileB[at][x + 1], tileB[at][x + 2], tileB[at][x + 3]);
        for (var row = 0; row < rowsPerThread; row++) { sums[row] += tileA[at][y + row] * b; }
      }
      workgroupBarrier();
    }
    return sums;
  }`
}

interface ProductShape {
  readonly rowsPerThread: number
  readonly rowsLieTogether?: boolean
}
