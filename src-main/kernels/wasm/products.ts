/** Matrix products on WASM for all transpositions. The stock kernel is fast only where nothing is transposed. */
import * as tf from '@tensorflow/tfjs-core'
import { bytes, modes, padded, transposedDepth } from './layout.ts'
import type { WasmHeap } from './module.ts'
import { replaceKernel } from './replace-kernel.ts'

/** One product C [m, n] = A B, whose operands may be stored transposed. */
interface Shape {
  readonly m: number
  readonly k: number
  readonly n: number
  readonly transposeA: boolean
  readonly transposeB: boolean
}

export function registerProducts(heap: WasmHeap): void {
  replaceKernel('BatchMatMul', (stock) => (call) => {
    const { a, b } = call.inputs as Record<'a' | 'b', tf.TensorInfo> // inputs of BatchMatMul
    const { transposeA, transposeB } = call.attrs as unknown as tf.BatchMatMulAttrs
    return multiplyAll(heap, a, b, transposeA, transposeB) ?? stock(call)
  })
  replaceKernel('_FusedMatMul', (stock) => (call) => {
    const { a, b, bias } = call.inputs as Record<'a' | 'b', tf.TensorInfo> & { readonly bias?: tf.TensorInfo }
    const { transposeA, transposeB, activation } = call.attrs as unknown as tf._FusedMatMulAttrs
    const isOurs = activation === 'linear' || activation === 'relu'
    const result = isOurs ? multiplyAll(heap, a, b, transposeA, transposeB, bias) : null
    if (result && activation === 'relu')
      heap.functions.rectify({ values: heap.offsetOf(result), count: tf.util.sizeFromShape(result.shape) })
    return result ?? stock(call)
  })
}

/**
 * The product of all batches; null where it is left to the stock kernel: broadcasting, biases of several rows, and
 * inputs that it refuses.
 */
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
  const wide = padded(n)
  // a C whose rows do not fill their last panel is computed beside it first
  const target = wide === n ? c : heap.scratch('product', bytes(m, wide))
  const { multiply, multiplyTransposed, packPanels, packPanelsTransposed, transpose, copyRows } = heap.functions
  const product = { target, targetStride: wide, rows: m, columns: wide, inner: k, mode: modes.overwrite }
  if (transposeA && !transposeB && !bias) {
    const right = wide === n ? b : padRows(heap, 'right', b, k, n)
    const scratch = heap.scratch('block', bytes(transposedDepth, wide))
    multiplyTransposed({ a, aStride: m, b: right, bStride: wide, ...product, scratch })
  } else {
    const panels = heap.scratch('panels', bytes(k, wide))
    if (transposeB) packPanelsTransposed({ source: b, stride: k, rows: k, columns: n, target: panels })
    else packPanels({ source: b, stride: n, rows: k, columns: n, target: panels })
    const left = transposeA ? heap.scratch('left', bytes(m, k)) : a
    if (transposeA) transpose({ source: a, rows: k, columns: m, target: left })
    multiply({ a: left, aStride: k, panels, ...product, bias })
  }
  if (target !== c) copyRows({ source: target, sourceStride: wide, target: c, targetStride: n, rows: m, columns: n })
}

/** Address of a bias of n numbers; one number stands for all columns. */
function biasRow(heap: WasmHeap, bias: tf.TensorInfo, n: number): number {
  const from = heap.offsetOf(bias)
  if (bias.shape[0] === n) return padRows(heap, 'bias', from, 1, n)
  const to = heap.scratch('bias', bytes(1, padded(n)))
  heap.floats(to, padded(n)).fill(heap.floats(from, 1)[0] ?? 0)
  return to
}

/** Address of rows of n numbers filled up with 0 to a multiple of 8 numbers each. */
function padRows(heap: WasmHeap, name: string, source: number, rows: number, n: number): number {
  const wide = padded(n)
  if (wide === n) return source
  const target = heap.scratch(name, bytes(rows, wide))
  heap.functions.copyRows({ source, sourceStride: n, target, targetStride: wide, rows, columns: n })
  return target
}
