/** Scores: counts, and the precision, recall and F1 that follow from them. */

export interface Scores {
  readonly gold: number
  readonly predicted: number
  readonly correct: number
  /** Precision from 0 to 1; like recall and F1, 0 where the denominator is 0. */
  readonly precision: number
  readonly recall: number
  readonly f1: number
}

export function toScores(gold: number, predicted: number, correct: number): Scores {
  const precision = predicted === 0 ? 0 : correct / predicted
  const recall = gold === 0 ? 0 : correct / gold
  const f1 = precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall)
  return { gold, predicted, correct, precision, recall, f1 }
}

/** Micro average: scores of the summed counts. */
export function sumScores(parts: readonly Scores[]): Scores {
  const total = (pick: (part: Scores) => number) => parts.reduce((sum, part) => sum + pick(part), 0)
  return toScores(
    total((part) => part.gold),
    total((part) => part.predicted),
    total((part) => part.correct),
  )
}
