/** Where given words stand among the words of a sentence. */

export interface Place {
  /** First word of the first occurrence. */
  readonly start: number
  readonly end: number
  /** How often the words stand in the sentence, overlapping occurrences counted. */
  readonly occurrences: number
}

/** First word of every place where `phrase` stands among `words`; overlapping ones too. */
export function findStarts(words: readonly string[], phrase: readonly string[]): number[] {
  const starts: number[] = []
  for (let start = 0; phrase.length > 0 && start + phrase.length <= words.length; start++)
    if (phrase.every((word, offset) => words[start + offset] === word)) starts.push(start)
  return starts
}

/** Where `phrase` stands among `words`; null when it does not. */
export function findWords(words: readonly string[], phrase: readonly string[]): Place | null {
  const starts = findStarts(words, phrase)
  const [start] = starts
  return start === undefined ? null : { start, end: start + phrase.length, occurrences: starts.length }
}
