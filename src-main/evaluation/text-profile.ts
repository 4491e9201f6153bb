/** What texts are like, in counts that add up: by these an extraction tells whether its texts are like those of training. */

export interface TextProfile {
  readonly sentences: number
  readonly words: number
  /** Number of words that training has not seen, in any casing. */
  readonly unseenWords: number
  /** Number of words that the model reads as unknown: not seen and without a vector; null for a model without word vectors. */
  readonly wordsWithoutVector: number | null
}

export const emptyProfile: TextProfile = { sentences: 0, words: 0, unseenWords: 0, wordsWithoutVector: null }

/** Knows the words of a run, in lower case. */
export interface KnownWords {
  isSeen(word: string): boolean
  /** Null for a model without word vectors. */
  readonly hasVector: ((word: string) => boolean) | null
}

export function profileOf(sentences: Iterable<readonly string[]>, known: KnownWords): TextProfile {
  const sums = { sentences: 0, words: 0, unseenWords: 0, withoutVector: 0 }
  for (const words of sentences) {
    sums.sentences++
    sums.words += words.length
    for (const word of words) {
      const lower = word.toLowerCase()
      if (known.isSeen(lower)) continue
      sums.unseenWords++
      if (known.hasVector && !known.hasVector(lower)) sums.withoutVector++
    }
  }
  const { withoutVector, ...counts } = sums
  return { ...counts, wordsWithoutVector: known.hasVector ? withoutVector : null }
}

export function addProfiles(one: TextProfile, other: TextProfile): TextProfile {
  const isBare = one.wordsWithoutVector === null && other.wordsWithoutVector === null
  return {
    sentences: one.sentences + other.sentences,
    words: one.words + other.words,
    unseenWords: one.unseenWords + other.unseenWords,
    wordsWithoutVector: isBare ? null : (one.wordsWithoutVector ?? 0) + (other.wordsWithoutVector ?? 0),
  }
}
