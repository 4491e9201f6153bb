/** Chris Doty-Humphrey's small fast counter generator (sfc32): 32 bits a call from a state of four integers. */

/** Integers in an array of their own, so that drawing millions allocates nothing. */
export type RandomState = Int32Array

/** The state of a key; nearby keys give unrelated ones. */
export function startState(key: readonly number[]): RandomState {
  const state = Int32Array.of(hash(key, 1), hash(key, 2), hash(key, 3), 1)
  for (let warmUp = 0; warmUp < 12; warmUp++) nextBits(state)
  return state
}

/** The next 32 bits as a signed integer. */
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
  return state[index] as number // there are four
}

/** Mixes integers into 32 bits (the finaliser of MurmurHash3 after every one). */
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
