/** The threshold by which guesses reach their best F1. */
import { storedCellFloor } from '#main/document/prediction'
import type { TripleGuess } from './triple-guesses.ts'

type Guess = Pick<TripleGuess, 'probability' | 'isRight' | 'sentence'>

/** F1 of the guesses that pass the threshold of their sentence, against so many gold triples. */
export function f1Of(guesses: readonly Guess[], thresholdOf: (guess: Guess) => number, gold: number): number {
  const passed = guesses.filter((guess) => guess.probability >= thresholdOf(guess))
  return f1(passed.filter(({ isRight }) => isRight).length, passed.length, gold)
}

const f1 = (right: number, found: number, gold: number): number =>
  gold + found === 0 ? 0 : (2 * right) / (found + gold)

/**
 * The best threshold, halfway between two neighbouring probabilities. Of equally good ones the nearest to `usual` is
 * taken, and `usual` itself where it is as good.
 */
export function bestThreshold(guesses: readonly Guess[], usual: number, gold: number): number {
  const sorted = guesses.toSorted((a, b) => b.probability - a.probability)
  let best = { threshold: usual, score: f1Of(guesses, () => usual, gold) }
  let right = 0
  for (const [at, { probability, isRight }] of sorted.entries()) {
    right += Number(isRight)
    const next = sorted[at + 1]?.probability ?? storedCellFloor
    if (next === probability) continue // what is equally probable passes together
    const found = { threshold: (probability + next) / 2, score: f1(right, at + 1, gold) }
    const isNearer = Math.abs(found.threshold - usual) < Math.abs(best.threshold - usual)
    if (found.score > best.score || (found.score === best.score && isNearer)) best = found
  }
  return best.threshold === usual ? usual : Number(best.threshold.toFixed(4))
}
