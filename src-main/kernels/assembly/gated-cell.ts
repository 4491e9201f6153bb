/**
 * Gated cell, equation (7): the computation between its products, forward and back. Gates stand side by side in one
 * matrix [rows, 3 stride]: update, reset and candidate; stride is d filled up to a multiple of 8. The input of the
 * gates, [h ; y'], has rows `inputWidth` numbers apart. Other matrices are [rows, d].
 */
import { loadFirst, storeFirst } from './lanes'
import { madd, sigmoid, tanh } from './math'

/** Opens update and reset. In the input, h is replaced by u * h, which the candidate reads. */
export function openGates(
  gates: usize,
  stride: i32,
  shared: usize,
  update: usize,
  reset: usize,
  input: usize,
  inputWidth: i32,
  rows: i32,
  width: i32,
): void {
  const gate: usize = (<usize>stride) << 2
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < width; column += 4) {
      const at: usize = (<usize>column) << 2
      const left = width - column
      const u = sigmoid(v128.load(gates + gate + at))
      storeFirst(update + at, sigmoid(v128.load(gates + at)), left)
      storeFirst(reset + at, u, left)
      storeFirst(input + at, f32x4.mul(u, loadFirst(shared + at, left)), left)
    }
    gates += 3 * gate
    shared += (<usize>width) << 2
    update += (<usize>width) << 2
    reset += (<usize>width) << 2
    input += (<usize>inputWidth) << 2
  }
}

/** Candidate c = tanh of its gate, and output h + z (c - h). */
export function takeCandidate(
  gates: usize,
  stride: i32,
  shared: usize,
  update: usize,
  candidate: usize,
  out: usize,
  rows: i32,
  width: i32,
): void {
  const gate: usize = (<usize>stride) << 2
  gates += 2 * gate
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < width; column += 4) {
      const at: usize = (<usize>column) << 2
      const left = width - column
      const c = tanh(v128.load(gates + at))
      const h = loadFirst(shared + at, left)
      storeFirst(candidate + at, c, left)
      storeFirst(out + at, madd(loadFirst(update + at, left), f32x4.sub(c, h), h), left)
    }
    gates += 3 * gate
    shared += (<usize>width) << 2
    update += (<usize>width) << 2
    candidate += (<usize>width) << 2
    out += (<usize>width) << 2
  }
}

/**
 * Gradients of update and candidate before their sigmoid and tanh, into dGates. In the input, h is replaced by u * h,
 * as the candidate read it.
 */
export function candidateBack(
  gradient: usize,
  shared: usize,
  update: usize,
  reset: usize,
  candidate: usize,
  dGates: usize,
  stride: i32,
  input: usize,
  inputWidth: i32,
  rows: i32,
  width: i32,
): void {
  const gate: usize = (<usize>stride) << 2
  const one = f32x4.splat(1)
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < width; column += 4) {
      const at: usize = (<usize>column) << 2
      const left = width - column
      const g = loadFirst(gradient + at, left)
      const h = loadFirst(shared + at, left)
      const z = loadFirst(update + at, left)
      const c = loadFirst(candidate + at, left)
      const dUpdate = f32x4.mul(g, f32x4.sub(c, h))
      const dCandidate = f32x4.mul(g, z)
      storeFirst(dGates + at, f32x4.mul(dUpdate, f32x4.mul(z, f32x4.sub(one, z))), left)
      storeFirst(dGates + 2 * gate + at, f32x4.mul(dCandidate, f32x4.sub(one, f32x4.mul(c, c))), left)
      storeFirst(input + at, f32x4.mul(loadFirst(reset + at, left), h), left)
    }
    gradient += (<usize>width) << 2
    shared += (<usize>width) << 2
    update += (<usize>width) << 2
    reset += (<usize>width) << 2
    candidate += (<usize>width) << 2
    dGates += 3 * gate
    input += (<usize>inputWidth) << 2
  }
}

/**
 * Gradient of the reset before its sigmoid, into dGates. In dInput, whose rows are `dInputWidth` numbers apart, the
 * gradient of u * h becomes the part of the gradient of h that passes neither update nor reset. In the input, u * h is
 * replaced by h again.
 */
export function resetBack(
  gradient: usize,
  shared: usize,
  update: usize,
  reset: usize,
  dGates: usize,
  stride: i32,
  dInput: usize,
  dInputWidth: i32,
  input: usize,
  inputWidth: i32,
  rows: i32,
  width: i32,
): void {
  const gate: usize = (<usize>stride) << 2
  const one = f32x4.splat(1)
  dGates += gate
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < width; column += 4) {
      const at: usize = (<usize>column) << 2
      const left = width - column
      const h = loadFirst(shared + at, left)
      const u = loadFirst(reset + at, left)
      const dResetState = loadFirst(dInput + at, left)
      const kept = f32x4.mul(loadFirst(gradient + at, left), f32x4.sub(one, loadFirst(update + at, left)))
      storeFirst(dGates + at, f32x4.mul(f32x4.mul(dResetState, h), f32x4.mul(u, f32x4.sub(one, u))), left)
      storeFirst(dInput + at, madd(dResetState, u, kept), left)
      storeFirst(input + at, h, left)
    }
    gradient += (<usize>width) << 2
    shared += (<usize>width) << 2
    update += (<usize>width) << 2
    reset += (<usize>width) << 2
    dGates += 3 * gate
    dInput += (<usize>dInputWidth) << 2
    input += (<usize>inputWidth) << 2
  }
}
