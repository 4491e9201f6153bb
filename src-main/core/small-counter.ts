/** Chris Doty-Humphrey's small fast counter generator (sfc32): 32 bits per call from a state of four integers. */

/** State of a generator: integers in an array, so that millions of draws allocate nothing. */
export type RandomState = Int32Array

/** State of a key. Similar keys give unrelated states. */
export function startState(key: readonly number[]): RandomState {
  const state = Int32Array.of(hash(key, 1), hash(key, 2), hash(key, 3), 1)
  for (let warmUp = 0; warmUp < 12; warmUp++) nextBits(state)
  return state
}

/** Next 32 bits, as a signed integer. */
export function nextBits(state: RandomState): number {
  const a = at(state, 0)
  const b = at(state, 1)
  const c = at(state, 2)
  const counter = at(state, 3)
  const result = (((a + b) | 0) + counter) | 0
  state[3] = counter + 1
  state[0] = b ^ (b >>> 9)
  state[1] = c + (c << 3)
  state[2] = ((c << 21) | (c >>> 11)) + result
  return result
}

/** 32 bits as a number in [0, 1). */
export function toUnit(bits: number): number {
  return (bits >>> 0) / 2 ** 32
}

function at(state: RandomState, index: number): number {
  return state[index] as number // the state has four integers
}

/** Hash of integers in 32 bits (the finaliser of MurmurHash3 after every integer). */
function hash(key: readonly number[], salt: number): number {
  let mixed = Math.imul(salt, 0x9e3779b1)
  for (const part of key) {
    mixed ^= Math.imul(part | 0, 0x85ebca6b) ^ Math.imul(Math.floor(part / 2 ** 32), 0xc2b2ae35)
    mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b)
    mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35)
    mixed = (mixed ^ (mixed >>> 16)) + 0x6d2b79f5
  }
  return mixed | 0
}
