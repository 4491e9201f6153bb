/**
 * Seeded random numbers. A generator is identified by integers (seed, step, ...), so that a resumed run draws the same
 * numbers again.
 */
import { nextBits, startState, toUnit } from '#main/core/small-counter'
import { drawNormal } from './ziggurat.ts'

export interface Random {
  /** Uniform number in [0, 1). */
  uniform(): number
  /** Standard normal number. */
  normal(): number
  /** Uniform integer in [0, below). */
  integer(below: number): number
  /** Fills the array as if every value were drawn by `uniform`. */
  fillUniform(values: Float32Array): void
  /** Fills the array as if every value were drawn by `normal`. */
  fillNormal(values: Float32Array): void
}

/** A key for a sentence by its words: 32 bits (FNV-1a), the same wherever the sentence stands. */
export function keyOfWords(words: readonly string[]): number {
  let hash = 0x811c9dc5
  for (const word of words)
    for (let at = 0; at <= word.length; at++) {
      const unit = at === word.length ? 0x20 : word.charCodeAt(at)
      hash = Math.imul(hash ^ unit, 0x01000193)
    }
  return hash >>> 0
}

/** Generator of a key. Similar keys give unrelated sequences. */
export function createRandom(...key: readonly number[]): Random {
  const state = startState(key)
  const uniform = (): number => toUnit(nextBits(state))
  return {
    uniform,
    normal: () => drawNormal(state),
    integer: (below) => Math.floor(uniform() * below),
    fillUniform(values) {
      for (let at = 0; at < values.length; at++) values[at] = toUnit(nextBits(state))
    },
    fillNormal(values) {
      for (let at = 0; at < values.length; at++) values[at] = drawNormal(state)
    },
  }
}
