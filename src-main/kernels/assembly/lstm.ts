/** LSTM: the computation of one step beside its product with the recurrent kernel, forward and back, for any width. */
import { loadFirst, storeFirst } from './lanes'
import { madd, sigmoid, tanh } from './math'

/**
 * Applies the gates and moves the cells. gates and activated [rows, 4 width]; product [rows, productWidth]: the
 * previous states times the recurrent kernel; previous (cells), states and cells [rows, width].
 */
export function lstmStep(
  gates: usize,
  product: usize,
  productWidth: i32,
  previous: usize,
  states: usize,
  activated: usize,
  cells: usize,
  rows: i32,
  width: i32,
): void {
  const gate: usize = (<usize>width) << 2 // bytes from one gate to the next
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < width; column += 4) {
      const at: usize = (<usize>column) << 2
      const left = width - column
      moveCells(gates + at, product + at, previous + at, states + at, activated + at, cells + at, gate, left)
    }
    gates += 4 * gate
    product += (<usize>productWidth) << 2
    previous += gate
    states += gate
    activated += 4 * gate
    cells += gate
  }
}

function moveCells(
  gates: usize,
  product: usize,
  previous: usize,
  states: usize,
  activated: usize,
  cells: usize,
  gate: usize,
  count: i32,
): void {
  const i = sigmoid(gateSum(gates, product, 0, count))
  const f = sigmoid(gateSum(gates, product, gate, count))
  const g = tanh(gateSum(gates, product, 2 * gate, count))
  const o = sigmoid(gateSum(gates, product, 3 * gate, count))
  const cell = madd(f, loadFirst(previous, count), f32x4.mul(i, g))
  storeFirst(cells, cell, count)
  storeFirst(states, f32x4.mul(o, tanh(cell)), count)
  storeFirst(activated, i, count)
  storeFirst(activated + gate, f, count)
  storeFirst(activated + 2 * gate, g, count)
  storeFirst(activated + 3 * gate, o, count)
}

function gateSum(gates: usize, product: usize, at: usize, count: i32): v128 {
  return f32x4.add(loadFirst(gates + at, count), loadFirst(product + at, count))
}

/**
 * Gradients of the gates before their sigmoid and tanh. gradient and dStates (from the next step, rows dStatesWidth
 * apart) are gradients of the states; dCells [rows, width] is the gradient of the cells, and is replaced by that of
 * the previous cells.
 */
export function lstmStepBack(
  gradient: usize,
  dStates: usize,
  dStatesWidth: i32,
  dCells: usize,
  previous: usize,
  activated: usize,
  cells: usize,
  dGates: usize,
  dGatesWidth: i32,
  rows: i32,
  width: i32,
): void {
  const gate: usize = (<usize>width) << 2
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < width; column += 4) {
      const at: usize = (<usize>column) << 2
      const left = width - column
      moveBack(
        gradient + at,
        dStates + at,
        dCells + at,
        previous + at,
        activated + at,
        cells + at,
        dGates + at,
        gate,
        left,
      )
    }
    gradient += gate
    dStates += (<usize>dStatesWidth) << 2
    dCells += gate
    previous += gate
    activated += 4 * gate
    cells += gate
    dGates += (<usize>dGatesWidth) << 2
  }
}

function moveBack(
  gradient: usize,
  dStates: usize,
  dCells: usize,
  previous: usize,
  activated: usize,
  cells: usize,
  dGates: usize,
  gate: usize,
  count: i32,
): void {
  const one = f32x4.splat(1)
  const i = loadFirst(activated, count)
  const f = loadFirst(activated + gate, count)
  const g = loadFirst(activated + 2 * gate, count)
  const o = loadFirst(activated + 3 * gate, count)
  const shown = tanh(loadFirst(cells, count))
  const dState = f32x4.add(loadFirst(gradient, count), loadFirst(dStates, count))
  const dShown = f32x4.mul(dState, o)
  const dCell = madd(dShown, f32x4.sub(one, f32x4.mul(shown, shown)), loadFirst(dCells, count))
  const dForget = f32x4.mul(dCell, loadFirst(previous, count))
  storeFirst(dCells, f32x4.mul(dCell, f), count)
  storeFirst(dGates, f32x4.mul(f32x4.mul(dCell, g), f32x4.mul(i, f32x4.sub(one, i))), count)
  storeFirst(dGates + gate, f32x4.mul(dForget, f32x4.mul(f, f32x4.sub(one, f))), count)
  storeFirst(dGates + 2 * gate, f32x4.mul(f32x4.mul(dCell, i), f32x4.sub(one, f32x4.mul(g, g))), count)
  storeFirst(dGates + 3 * gate, f32x4.mul(f32x4.mul(dState, shown), f32x4.mul(o, f32x4.sub(one, o))), count)
}
