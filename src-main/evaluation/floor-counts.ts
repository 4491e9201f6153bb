/** FloorCounts: what a memory floor emits and how much of that is right, for every fraction at once. */
import { toScores, type Scores } from './scores.ts'

/** Triples of one subject and one object. */
export interface Pair {
  /** Number of training sentences that hold both strings. */
  both: number
  readonly triples: RememberedTriple[]
}

export interface RememberedTriple {
  readonly type: string
  /** Number of the key by which it is compared with gold; triples of different strings may share one. */
  readonly key: number
  /** Number of training sentences in which it is gold. */
  gold: number
  /** The highest step of `fractions` at which it is emitted; -1 until that is asked for. */
  step: number
}

export const fractions = Array.from({ length: 21 }, (_, step) => step / 20)

export interface FloorCounts {
  /**
   * @param gold number of gold triples of the sentence.
   * @param known keys of those that were remembered, each once.
   */
  add(held: readonly Pair[], gold: number, known: readonly number[]): void
  /** Scores of emitting what was gold in at least this fraction. */
  scores(step: number): Scores
}

/** @param keys number of all keys. */
export function createFloorCounts(keys: number): FloorCounts {
  const predicted = fractions.map(() => 0)
  const correct = fractions.map(() => 0)
  let total = 0
  /** The highest step of each key in the sentence at hand; -1 for one that is not emitted. */
  const steps = new Int8Array(keys).fill(-1)
  const from = (counts: readonly number[], step: number): number =>
    counts.slice(step).reduce((sum, number) => sum + number, 0)
  return {
    add(held, gold, known) {
      total += gold
      const emitted: number[] = []
      for (const pair of held)
        for (const triple of pair.triples) {
          if (triple.step < 0) triple.step = highestStep(triple.gold, pair.both)
          const before = steps[triple.key] ?? -1
          if (before < 0) emitted.push(triple.key)
          if (before < triple.step) steps[triple.key] = triple.step
        }
      for (const key of known) {
        const step = steps[key] ?? -1
        if (step >= 0) correct[step] = (correct[step] ?? 0) + 1
      }
      for (const key of emitted) {
        const step = steps[key] ?? 0
        predicted[step] = (predicted[step] ?? 0) + 1
        steps[key] = -1
      }
    },
    scores: (step) => toScores(total, from(predicted, step), from(correct, step)),
  }
}

/** The last of `fractions` that the share does not fall below. */
function highestStep(gold: number, both: number): number {
  // unanchored gold may be gold in more sentences than hold both strings
  const share = both === 0 ? 0 : Math.min(1, gold / both)
  return fractions.findLastIndex((fraction) => share >= fraction)
}
