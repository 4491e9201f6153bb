/** LSTM and gated cell in plain float64 JavaScript with their gradients written out: fast enough for wide rows. */
import { sigmoid } from './float64.ts'

/** Row by row, `columns` numbers each. */
export interface Rows {
  readonly values: Float64Array
  readonly columns: number
}

export const toRows = (values: ArrayLike<number>, columns: number): Rows => ({
  values: Float64Array.from(values),
  columns,
})
const zeros = (rows: number, columns: number): Rows => toRows(new Float64Array(rows * columns), columns)

const count = ({ values, columns }: Rows): number => values.length / columns
const get = (x: Rows, row: number, column: number): number => x.values[row * x.columns + column] ?? 0

function generate(rows: number, columns: number, value: (row: number, column: number) => number): Rows {
  const result = zeros(rows, columns)
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++) result.values[row * columns + column] = value(row, column)
  return result
}

/** Every value from those at the same place. */
function each(of: (...values: number[]) => number, first: Rows, ...others: readonly Rows[]): Rows {
  const values = first.values.map((x, at) => of(x, ...others.map((other) => other.values[at] ?? 0)))
  return { values, columns: first.columns }
}

const transpose = (x: Rows): Rows => generate(x.columns, count(x), (row, column) => get(x, column, row))

function product(a: Rows, b: Rows): Rows {
  return generate(count(a), b.columns, (row, column) => {
    let sum = 0
    for (let k = 0; k < a.columns; k++) sum += get(a, row, k) * get(b, k, column)
    return sum
  })
}

const beside = (a: Rows, b: Rows): Rows =>
  generate(count(a), a.columns + b.columns, (row, column) =>
    column < a.columns ? get(a, row, column) : get(b, row, column - a.columns),
  )
const columnsOf = (x: Rows, first: number, columns: number): Rows =>
  generate(count(x), columns, (row, column) => get(x, row, first + column))
const rowsOf = (x: Rows, first: number, rows: number): Rows => ({
  values: x.values.slice(first * x.columns, (first + rows) * x.columns),
  columns: x.columns,
})
const columnSums = (x: Rows): Rows => product(toRows(new Float64Array(count(x)).fill(1), count(x)), x)

export interface CellInputs {
  readonly shared: Rows
  readonly shown: Rows
  readonly updateKernel: Rows
  readonly updateBias: Rows
  readonly resetKernel: Rows
  readonly resetBias: Rows
  readonly candidateKernel: Rows
  readonly candidateBias: Rows
}

/** Equation (7), and the gradient of every input for the gradient of what comes out. */
export function gatedCell64(inputs: CellInputs, gradient: Rows): { out: Rows; gradients: Rows[] } {
  const { shared: h, shown, updateKernel, resetKernel, candidateKernel } = inputs
  const width = h.columns
  const affine = (x: Rows, kernel: Rows, bias: Rows): Rows => {
    const products = product(x, kernel)
    return generate(count(x), width, (row, column) => get(products, row, column) + get(bias, 0, column))
  }
  const read = beside(h, shown)
  const z = each(sigmoid, affine(read, updateKernel, inputs.updateBias))
  const u = each(sigmoid, affine(read, resetKernel, inputs.resetBias))
  const resetRead = beside(
    each((h, u) => h * u, h, u),
    shown,
  )
  const c = each(Math.tanh, affine(resetRead, candidateKernel, inputs.candidateBias))
  const out = each((h, z, c) => (1 - z) * h + z * c, h, z, c)

  const dUpdate = each((g, h, z, c) => g * (c - h) * z * (1 - z), gradient, h, z, c)
  const dCandidate = each((g, z, c) => g * z * (1 - c * c), gradient, z, c)
  const dResetRead = product(dCandidate, transpose(candidateKernel))
  const dReset = each((d, h, u) => d * h * u * (1 - u), columnsOf(dResetRead, 0, width), h, u)
  const dRead = each(
    (a, b) => a + b,
    product(dUpdate, transpose(updateKernel)),
    product(dReset, transpose(resetKernel)),
  )
  const dShared = each(
    (d, g, z, r, u) => d + g * (1 - z) + r * u,
    columnsOf(dRead, 0, width),
    gradient,
    z,
    columnsOf(dResetRead, 0, width),
    u,
  )
  const dShown = each(
    (a, b) => a + b,
    columnsOf(dRead, width, shown.columns),
    columnsOf(dResetRead, width, shown.columns),
  )
  const ofGate = (input: Rows, d: Rows): Rows[] => [product(transpose(input), d), columnSums(d)]
  return {
    out,
    gradients: [dShared, dShown, ...ofGate(read, dUpdate), ...ofGate(read, dReset), ...ofGate(resetRead, dCandidate)],
  }
}

/** States of packed steps, and the gradients of gates and recurrent kernel for the gradient of the states. */
export function lstm64(
  gates: Rows,
  recurrent: Rows,
  stepSizes: readonly number[],
  gradient: Rows,
): { states: Rows; gradients: Rows[] } {
  const width = count(recurrent)
  const total = count(gates)
  const [states, cells, dGates] = [zeros(total, width), zeros(total, width), zeros(total, 4 * width)]
  const activated = zeros(total, 4 * width)
  const starts = stepSizes.map((_, t) => stepSizes.slice(0, t).reduce((sum, size) => sum + size, 0))
  stepSizes.forEach((rows, t) => {
    const start = starts[t] ?? 0
    const products = t === 0 ? zeros(rows, 4 * width) : product(rowsOf(states, starts[t - 1] ?? 0, rows), recurrent)
    for (let row = 0; row < rows; row++)
      for (let unit = 0; unit < width; unit++) {
        const sum = (gate: number): number =>
          get(gates, start + row, gate * width + unit) + get(products, row, gate * width + unit)
        const [i, f, g, o] = [sigmoid(sum(0)), sigmoid(sum(1)), Math.tanh(sum(2)), sigmoid(sum(3))]
        const before = t === 0 ? 0 : get(cells, (starts[t - 1] ?? 0) + row, unit)
        const at = (start + row) * width + unit
        cells.values[at] = f * before + i * g
        states.values[at] = o * Math.tanh(cells.values[at] ?? 0)
        ;[i, f, g, o].forEach((x, gate) => (activated.values[((start + row) * 4 + gate) * width + unit] = x))
      }
  })
  const dRecurrent = zeros(width, 4 * width)
  const back = transpose(recurrent)
  const dCells = zeros(stepSizes[0] ?? 0, width)
  let dStates = zeros(stepSizes[0] ?? 0, width)
  for (let t = stepSizes.length - 1; t >= 0; t--) {
    const [start, rows, last] = [starts[t] ?? 0, stepSizes[t] ?? 0, starts[t - 1] ?? 0]
    for (let row = 0; row < rows; row++)
      for (let unit = 0; unit < width; unit++) {
        const gate = (at: number): number => get(activated, start + row, at * width + unit)
        const [i, f, g, o] = [gate(0), gate(1), gate(2), gate(3)]
        const shown = Math.tanh(get(cells, start + row, unit))
        const dState = get(gradient, start + row, unit) + get(dStates, row, unit)
        const dCell = get(dCells, row, unit) + dState * o * (1 - shown * shown)
        const before = t === 0 ? 0 : get(cells, last + row, unit)
        const slopes = [
          dCell * g * i * (1 - i),
          dCell * before * f * (1 - f),
          dCell * i * (1 - g * g),
          dState * shown * o * (1 - o),
        ]
        slopes.forEach((x, at) => (dGates.values[((start + row) * 4 + at) * width + unit] = x))
        dCells.values[row * width + unit] = dCell * f
      }
    if (t === 0) break
    const dStep = rowsOf(dGates, start, rows)
    const reached = product(dStep, back)
    dStates = generate(stepSizes[t - 1] ?? 0, width, (row, unit) => (row < rows ? get(reached, row, unit) : 0))
    const more = product(transpose(rowsOf(states, last, rows)), dStep)
    dRecurrent.values.forEach((x, at) => (dRecurrent.values[at] = x + (more.values[at] ?? 0)))
  }
  return { states, gradients: [dGates, dRecurrent] }
}
