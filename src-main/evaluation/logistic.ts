/** Logistic regression with few features, fitted by Newton's method. */

export const sigmoid = (logit: number): number => 1 / (1 + Math.exp(-logit))

/** The log odds of a probability, which is kept away from 0 and 1 by a millionth. */
export function logitOf(probability: number): number {
  const kept = Math.min(1 - 1e-6, Math.max(1e-6, probability))
  return Math.log(kept / (1 - kept))
}

export interface Example {
  readonly features: readonly number[]
  /** 0 to 1. */
  readonly target: number
  /** Added to the log odds, and not fitted. */
  readonly offset?: number
}

/** Weight of the penalty on the squared coefficients, which keeps them finite where the targets can be separated. */
const usualPenalty = 1e-3
const steps = 50

/** Coefficients of the features, in their order, that make the targets most likely. */
export function fitLogistic(examples: readonly Example[], penalty: number = usualPenalty): number[] {
  const size = examples[0]?.features.length ?? 0
  let coefficients = new Array<number>(size).fill(0)
  let loss = lossOf(examples, coefficients, penalty)
  for (let step = 0; step < steps; step++) {
    const move = newtonMove(examples, coefficients, penalty)
    // halved until it is downhill: far from the optimum a whole step overshoots
    let share = 1
    let next = coefficients.map((value, at) => value - (move[at] ?? 0))
    let nextLoss = lossOf(examples, next, penalty)
    while (!(nextLoss <= loss) && share > 1e-4) {
      share /= 2
      const shorter = share
      next = coefficients.map((value, at) => value - shorter * (move[at] ?? 0))
      nextLoss = lossOf(examples, next, penalty)
    }
    if (!(nextLoss <= loss)) return coefficients
    const isDone = loss - nextLoss < 1e-10
    coefficients = next
    loss = nextLoss
    if (isDone) return coefficients
  }
  return coefficients
}

const scoreOf = ({ features, offset = 0 }: Example, coefficients: readonly number[]): number =>
  features.reduce((sum, feature, at) => sum + feature * (coefficients[at] ?? 0), offset)

function lossOf(examples: readonly Example[], coefficients: readonly number[], penalty: number): number {
  const size = coefficients.reduce((sum, value) => sum + value * value, 0)
  return examples.reduce(
    (sum, example) => {
      const score = scoreOf(example, coefficients)
      // log(1 + exp(score)) without overflow
      return sum + Math.max(0, score) + Math.log1p(Math.exp(-Math.abs(score))) - example.target * score
    },
    (penalty / 2) * size,
  )
}

function newtonMove(examples: readonly Example[], coefficients: readonly number[], penalty: number): number[] {
  const size = coefficients.length
  const gradient = coefficients.map((value) => penalty * value)
  const hessian = coefficients.map((_, row) => coefficients.map((__, column) => (row === column ? penalty : 0)))
  for (const example of examples) {
    const probability = sigmoid(scoreOf(example, coefficients))
    const curvature = probability * (1 - probability)
    for (let row = 0; row < size; row++) {
      const feature = example.features[row] ?? 0
      gradient[row] = (gradient[row] ?? 0) + (probability - example.target) * feature
      const cells = hessian[row] ?? []
      for (let column = 0; column < size; column++)
        cells[column] = (cells[column] ?? 0) + curvature * feature * (example.features[column] ?? 0)
    }
  }
  return solve(hessian, gradient)
}

/** Solves a system of few equations by elimination with pivots. */
function solve(matrix: readonly (readonly number[])[], values: readonly number[]): number[] {
  const size = values.length
  const rows = matrix.map((row, at) => [...row, values[at] ?? 0])
  const cell = (row: number, column: number): number => rows[row]?.[column] ?? 0
  for (let column = 0; column < size; column++) {
    let pivot = column
    for (let row = column + 1; row < size; row++)
      if (Math.abs(cell(row, column)) > Math.abs(cell(pivot, column))) pivot = row
    const [upper, lower] = [rows[column], rows[pivot]]
    if (!upper || !lower) continue
    rows[column] = lower
    rows[pivot] = upper
    for (let row = column + 1; row < size; row++) {
      const factor = cell(row, column) / cell(column, column)
      rows[row] = (rows[row] ?? []).map((value, at) => value - factor * cell(column, at))
    }
  }
  const solution = new Array<number>(size).fill(0)
  for (let row = size - 1; row >= 0; row--) {
    const known = solution.reduce((sum, value, at) => (at > row ? sum + value * cell(row, at) : sum), 0)
    solution[row] = (cell(row, size) - known) / cell(row, row)
  }
  return solution
}
