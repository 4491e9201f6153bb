/** CorpusWords: the words of a corpus counted, which the estimate of a run needs. Texts never change, so the counts are kept. */
import { splits, type Split } from '#main/document/doc'
import type { ReadWorkspace } from '#main/storage/reader/read-workspace'
import type { KeptWords } from '#main/storage/kept-words'

export interface SplitWords {
  /** Number of sentences with words. */
  readonly sentences: number
  readonly words: number
  /** Number of words of the longest sentence. */
  readonly longest: number
  /** Number of words with a part of speech. */
  readonly withPos: number
  /** Those that any word has, sorted. */
  readonly partsOfSpeech: readonly string[]
}

export interface WordCounts {
  readonly splits: Readonly<Record<Split, SplitWords>>
  /** Number of different words of train, in lower case. */
  readonly different: number
}

/** The words of train and dev in lower case, with how often each stands in train. */
export interface Vocabulary {
  readonly words: readonly string[]
  readonly inTrain: readonly number[]
}

/** Counts the words of a corpus, some sentences at each step. */
export function* wordSteps({ corpora }: Pick<ReadWorkspace, 'corpora'>, corpusId: number): Generator<void, KeptWords> {
  const state = corpora.wordsState(corpusId)
  const inTrain = new Map<string, number>()
  const counted: [Split, SplitWords][] = []
  let different = 0
  for (const split of splits) {
    const sums = { sentences: 0, words: 0, longest: 0, withPos: 0 }
    const found = new Set<string>()
    for (const page of corpora.wordPages(corpusId, split)) {
      for (const { words, pos = [] } of page) {
        if (words.length === 0) continue
        sums.sentences++
        sums.words += words.length
        sums.longest = Math.max(sums.longest, words.length)
        for (const one of pos) {
          if (one === null) continue
          sums.withPos++
          found.add(one)
        }
        if (split !== 'test')
          for (const word of words) {
            const lower = word.toLowerCase()
            inTrain.set(lower, (inTrain.get(lower) ?? 0) + Number(split === 'train'))
          }
      }
      yield
    }
    if (split === 'train') different = inTrain.size
    counted.push([split, { ...sums, partsOfSpeech: [...found].sort() }])
  }
  const counts = { different, splits: Object.fromEntries(counted) as Record<Split, SplitWords> } satisfies WordCounts // one per split
  const vocabulary = { words: [...inTrain.keys()], inTrain: [...inTrain.values()] } satisfies Vocabulary
  return { state, counts: JSON.stringify(counts), vocabulary: JSON.stringify(vocabulary) }
}
