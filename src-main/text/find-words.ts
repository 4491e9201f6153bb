/** Search for a phrase among the words of a sentence. */

export interface Place {
  /** Index of the first word of the first occurrence. */
  readonly start: number
  readonly end: number
  /** Number of occurrences in the sentence, overlapping ones included. */
  readonly occurrences: number
}

/** Indices of the words at which `phrase` begins among `words`; occurrences may overlap. */
export function findStarts(words: readonly string[], phrase: readonly string[]): number[] {
  const starts: number[] = []
  for (let start = 0; phrase.length > 0 && start + phrase.length <= words.length; start++)
    if (phrase.every((word, offset) => words[start + offset] === word)) starts.push(start)
  return starts
}

/** Place of `phrase` among `words`; null when it does not occur. */
export function findWords(words: readonly string[], phrase: readonly string[]): Place | null {
  const starts = findStarts(words, phrase)
  const [start] = starts
  return start === undefined ? null : { start, end: start + phrase.length, occurrences: starts.length }
}
