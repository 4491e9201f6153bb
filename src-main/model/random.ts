/** Seeded random numbers. A generator is named by integers (seed, step, ...), so a resumed run draws the same again. */
import { nextBits, startState, toUnit } from './small-counter.ts'
import { drawNormal } from './ziggurat.ts'

export interface Random {
  /** Uniform in [0, 1). */
  uniform(): number
  /** Standard normal. */
  normal(): number
  /** Uniform integer in [0, below). */
  integer(below: number): number
  /** As if every value were drawn by `uniform`. */
  fillUniform(values: Float32Array): void
  /** As if every value were drawn by `normal`. */
  fillNormal(values: Float32Array): void
}

/** The generator of a key; nearby keys give unrelated sequences. */
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
