/** Matrix products on WASM, however the operands lie: the stock kernel is fast only where nothing is transposed. */
import * as tf from '@tensorflow/tfjs-core'
import type { WasmHeap } from './module.ts'
import { replaceKernel } from './replace-kernel.ts'

/** One product: C [m, n] = A B, each operand possibly stored transposed. */
interface Shape {
  readonly m: number
  readonly k: number
  readonly n: number
  readonly transposeA: boolean
  readonly transposeB: boolean
}

const roundUp = (n: number): number => Math.ceil(n / 8) * 8

/** Depth of a block of `multiplyTransposed`. */
const transposedDepth = 96

export function registerProducts(heap: WasmHeap): void {
  replaceKernel('BatchMatMul', (stock) => (call) => {
    const { a, b } = call.inputs as Record<'a' | 'b', tf.TensorInfo> // what BatchMatMul is called with
    const { transposeA, transposeB } = call.attrs as unknown as tf.BatchMatMulAttrs
    return multiplyAll(heap, a, b, transposeA, transposeB) ?? stock(call)
  })
  replaceKernel('_FusedMatMul', (stock) => (call) => {
    const { a, b, bias } = call.inputs as Record<'a' | 'b', tf.TensorInfo> & { readonly bias?: tf.TensorInfo }
    const { transposeA, transposeB, activation } = call.attrs as unknown as tf._FusedMatMulAttrs
    const isOurs = activation === 'linear' || activation === 'relu'
    const result = isOurs ? multiplyAll(heap, a, b, transposeA, transposeB, bias) : null
    if (result && activation === 'relu')
      heap.functions.rectify(heap.offsetOf(result), tf.util.sizeFromShape(result.shape))
    return result ?? stock(call)
  })
}

/** Null for what is left to the stock kernel: broadcasting, biases of several rows, and what it refuses. */
function multiplyAll(
  heap: WasmHeap,
  a: tf.TensorInfo,
  b: tf.TensorInfo,
  transposeA: boolean,
  transposeB: boolean,
  bias?: tf.TensorInfo,
): tf.TensorInfo | null {
  const [outerA, outerB] = [a.shape.slice(0, -2), b.shape.slice(0, -2)]
  const [rowsA = 0, columnsA = 0] = a.shape.slice(-2)
  const [rowsB = 0, columnsB = 0] = b.shape.slice(-2)
  const [m, k, n] = [transposeA ? columnsA : rowsA, transposeA ? rowsA : columnsA, transposeB ? rowsB : columnsB]
  const areNumbers = a.dtype === 'float32' && b.dtype === 'float32'
  const isRow = !bias || (bias.shape.length === 1 && [1, n].includes(bias.shape[0] ?? 0))
  if (!areNumbers || !isRow || outerA.join() !== outerB.join()) return null
  const result = heap.output([...outerA, m, n])
  const count = outerA.reduce((product, size) => product * size, 1)
  const shape = { m, k, n, transposeA, transposeB }
  const biasOffset = bias ? biasRow(heap, bias, n) : 0
  for (let at = 0; at < count; at++)
    multiplyOne(
      heap,
      heap.offsetOf(a) + at * m * k * 4,
      heap.offsetOf(b) + at * k * n * 4,
      heap.offsetOf(result) + at * m * n * 4,
      shape,
      biasOffset,
    )
  return result
}

function multiplyOne(heap: WasmHeap, a: number, b: number, c: number, shape: Shape, bias: number): void {
  const { m, k, n, transposeA, transposeB } = shape
  const wide = roundUp(n)
  // rows of C that do not fill their last panel are written beside it first
  const target = wide === n ? c : heap.scratch('product', m * wide * 4)
  const { multiply, multiplyTransposed, packPanels, packPanelsTransposed, transpose } = heap.functions
  if (transposeA && !transposeB && !bias) {
    const right = wide === n ? b : padded(heap, 'right', b, k, n)
    multiplyTransposed(
      a,
      m,
      right,
      wide,
      target,
      wide,
      m,
      wide,
      k,
      0,
      heap.scratch('block', transposedDepth * wide * 4),
    )
  } else {
    const panels = heap.scratch('panels', k * wide * 4)
    if (transposeB) packPanelsTransposed(b, k, k, n, panels)
    else packPanels(b, n, k, n, panels)
    const left = transposeA ? heap.scratch('left', m * k * 4) : a
    if (transposeA) transpose(a, k, m, left)
    multiply(left, k, panels, target, wide, m, wide, k, 0, bias)
  }
  if (target !== c) heap.functions.copyRows(target, wide, c, n, m, n)
}

/** A bias for every column, also where there is one for all. */
function biasRow(heap: WasmHeap, bias: tf.TensorInfo, n: number): number {
  const from = heap.offsetOf(bias)
  if (bias.shape[0] === n) return padded(heap, 'bias', from, 1, n)
  const to = heap.scratch('bias', roundUp(n) * 4)
  heap.floats(to, roundUp(n)).fill(heap.floats(from, 1)[0] ?? 0)
  return to
}

/** Rows of n numbers as rows of a multiple of 8, filled with 0. */
function padded(heap: WasmHeap, name: string, from: number, rows: number, n: number): number {
  const wide = roundUp(n)
  if (wide === n) return from
  const to = heap.scratch(name, rows * wide * 4)
  heap.functions.copyRows(from, n, to, wide, rows, n)
  return to
}
