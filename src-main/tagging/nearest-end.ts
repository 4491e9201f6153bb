/** Spans from the probabilities that a word begins and that it ends one: a start goes with the nearest end that follows (CasRel, section 3). */

export interface FoundSpan {
  readonly start: number
  /** The word behind its last one. */
  readonly end: number
  /** The smaller of the two probabilities. */
  readonly probability: number
}

/** Ends count from these probabilities on: spans of the first are there, those that only the second gives may be of use below it. */
const levels = [0.5, 0.2] as const

/** @param startOf the probability that a word begins a span; @param endOf that it ends one. */
export function spansOf(
  words: number,
  startOf: (word: number) => number,
  endOf: (word: number) => number,
): FoundSpan[] {
  const found = new Map<string, FoundSpan>()
  for (const level of levels) {
    let last = -1
    for (let word = words - 1; word >= 0; word--) {
      if (endOf(word) >= level) last = word
      if (last < 0 || startOf(word) < level) continue
      found.set(`${word} ${last}`, { start: word, end: last + 1, probability: Math.min(startOf(word), endOf(last)) })
    }
  }
  return [...found.values()]
}
