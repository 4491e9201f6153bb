/** FloorCounts: what a memory floor emits and how much of that is right, for every fraction at once. */
import { fractions, type RememberedTriples } from './remembered-triples.ts'
import { toScores, type Scores } from './scores.ts'

export interface FloorCounts {
  /**
   * @param held the pairs whose strings stand in the sentence.
   * @param gold number of gold triples of the sentence.
   * @param known keys of those that were remembered, each once.
   */
  add(held: readonly number[], gold: number, known: Iterable<number>): void
  /** Scores of emitting what was gold in at least this fraction. */
  scores(step: number): Scores
}

/** @param keys number of all keys. */
export function createFloorCounts(memory: RememberedTriples, keys: number): FloorCounts {
  const predicted = fractions.map(() => 0)
  const correct = fractions.map(() => 0)
  let total = 0
  /** The highest step of each key in the sentence at hand; -1 for one that is not emitted. */
  const steps = new Int8Array(keys).fill(-1)
  let emitted: number[] = []
  const from = (counts: readonly number[], step: number): number =>
    counts.slice(step).reduce((sum, number) => sum + number, 0)
  const emit = (key: number, step: number): void => {
    const before = steps[key] ?? -1
    if (before < 0) emitted.push(key)
    if (before < step) steps[key] = step
  }
  return {
    add(held, gold, known) {
      total += gold
      emitted = []
      for (const pair of held) memory.each(pair, emit)
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
