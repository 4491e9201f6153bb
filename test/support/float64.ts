/** The operations of the kernels in plain float64 JavaScript, and their gradients by central differences. */

/** Row by row. */
export type Matrix = readonly (readonly number[])[]

export const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x))
const softplus = (x: number): number => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)))

export const toMatrix = (values: ArrayLike<number>, columns: number): Matrix =>
  Array.from({ length: columns === 0 ? 0 : values.length / columns }, (_, row) =>
    Array.from({ length: columns }, (_, column) => values[row * columns + column] ?? 0),
  )

export function product(a: Matrix, b: Matrix): Matrix {
  return a.map((row) => (b[0] ?? []).map((_, column) => row.reduce((sum, x, k) => sum + x * (b[k]?.[column] ?? 0), 0)))
}

/** Gates [k, 4h] of packed steps, recurrent [h, 4h] → states [k, h]. */
export function lstmStates(gates: Matrix, recurrent: Matrix, stepSizes: readonly number[]): Matrix {
  const width = recurrent.length
  const states: number[][] = []
  let [before, cells]: [number[][], number[][]] = [[], []]
  let offset = 0
  for (const rows of stepSizes) {
    const sums = gates
      .slice(offset, offset + rows)
      .map((row, b) =>
        row.map((x, column) => x + (before[b] ?? []).reduce((sum, h, u) => sum + h * (recurrent[u]?.[column] ?? 0), 0)),
      )
    const gate = (b: number, unit: number, at: number): number => sums[b]?.[at * width + unit] ?? 0
    const units = Array.from({ length: width }, (_, unit) => unit)
    cells = sums.map((_, b) =>
      units.map(
        (u) => sigmoid(gate(b, u, 1)) * (cells[b]?.[u] ?? 0) + sigmoid(gate(b, u, 0)) * Math.tanh(gate(b, u, 2)),
      ),
    )
    before = sums.map((_, b) => units.map((u) => sigmoid(gate(b, u, 3)) * Math.tanh(cells[b]?.[u] ?? 0)))
    states.push(...before)
    offset += rows
  }
  return states
}

export interface CellWeights {
  readonly update: Matrix
  readonly updateBias: readonly number[]
  readonly reset: Matrix
  readonly resetBias: readonly number[]
  readonly candidate: Matrix
  readonly candidateBias: readonly number[]
}

/** Equation (7). */
export function gatedCellOutput(shared: Matrix, shown: Matrix, weights: CellWeights): Matrix {
  const affine = (row: readonly number[], kernel: Matrix, bias: readonly number[]): number[] =>
    bias.map((b, column) => row.reduce((sum, x, k) => sum + x * (kernel[k]?.[column] ?? 0), b))
  return shared.map((h, row) => {
    const y = shown[row] ?? []
    const z = affine([...h, ...y], weights.update, weights.updateBias).map(sigmoid)
    const u = affine([...h, ...y], weights.reset, weights.resetBias).map(sigmoid)
    const reset = h.map((x, at) => x * (u[at] ?? 0))
    const c = affine([...reset, ...y], weights.candidate, weights.candidateBias).map(Math.tanh)
    return h.map((x, at) => (1 - (z[at] ?? 0)) * x + (z[at] ?? 0) * (c[at] ?? 0))
  })
}

export interface Pairs {
  readonly left: Matrix
  readonly right: Matrix
  readonly kernel: Matrix
  readonly bias: readonly number[]
}

/** Logits by `${subject row} ${object row}`, for the pairs inside every sentence. */
export function pairLogits64({ left, right, kernel, bias }: Pairs, lengths: readonly number[]): Map<string, number[]> {
  const logits = new Map<string, number[]>()
  let start = 0
  for (const length of lengths) {
    for (let i = start; i < start + length; i++)
      for (let j = start; j < start + length; j++) {
        const features = (left[i] ?? []).map((a, at) => Math.max(0, a + (right[j]?.[at] ?? 0)))
        logits.set(
          `${i} ${j}`,
          bias.map((b, r) => features.reduce((sum, x, k) => sum + x * (kernel[k]?.[r] ?? 0), b)),
        )
      }
    start += length
  }
  return logits
}

/** Sum over all cells of softplus(z) - z y. */
export function pairLoss64(pairs: Pairs, lengths: readonly number[], cells: readonly number[]): number {
  const logits = pairLogits64(pairs, lengths)
  let loss = 0
  for (const row of logits.values()) for (const z of row) loss += softplus(z)
  for (let at = 0; at < cells.length; at += 3)
    loss -= logits.get(`${cells[at]} ${cells[at + 1]}`)?.[cells[at + 2] ?? 0] ?? 0
  return loss
}

/** Largest logit over the second word [k, l]. */
export function pairMaximum64(pairs: Pairs, lengths: readonly number[]): Matrix {
  const rows: number[][] = pairs.left.map(() => pairs.bias.map(() => Number.NEGATIVE_INFINITY))
  for (const [pair, logits] of pairLogits64(pairs, lengths)) {
    const row = rows[Number(pair.split(' ')[0])] ?? []
    logits.forEach((z, r) => (row[r] = Math.max(row[r] ?? 0, z)))
  }
  return rows
}

/** Gradient of `value` with respect to every number of `at`, by central differences. */
export function gradient64(value: (at: Float64Array) => number, at: ArrayLike<number>, step = 1e-6): Float64Array {
  const point = Float64Array.from(at)
  return point.map((x, index) => {
    point[index] = x + step
    const above = value(point)
    point[index] = x - step
    const below = value(point)
    point[index] = x
    return (above - below) / (2 * step)
  })
}

/** KL of diagonal normal distributions, summed; all of one length. */
export function divergence64(
  mean: readonly number[],
  variance: readonly number[],
  priorMean: readonly number[],
  priorVariance: readonly number[],
): number {
  const terms = mean.map((m, at) => {
    const [v, rm, rv] = [variance[at] ?? 0, priorMean[at] ?? 0, priorVariance[at] ?? 0]
    return v / rv + (m - rm) ** 2 / rv - Math.log(v / rv) - 1
  })
  return 0.5 * terms.reduce((sum, term) => sum + term, 0)
}
