/** CorpusWords: the words of a corpus counted, which the estimate of a run needs. Texts never change, so the counts are kept. */
import { splits, type Split } from '#main/document/doc'
import { createWordIds } from '#main/evaluation/word-ids'
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

/** Counts the words of a corpus, some sentences at each step. A word is put into lower case once, however often it stands in the corpus. */
export function* wordSteps({ corpora }: Pick<ReadWorkspace, 'corpora'>, corpusId: number): Generator<void, KeptWords> {
  const state = corpora.wordsState(corpusId)
  const ids = createWordIds()
  /** How often each word stands in train, by its number. */
  const inTrain: number[] = []
  const counted: [Split, SplitWords][] = []
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
        if (split === 'test') continue
        for (const word of words) {
          const id = ids.idOf(word)
          inTrain[id] = (inTrain[id] ?? 0) + Number(split === 'train')
        }
      }
      yield
    }
    counted.push([split, { ...sums, partsOfSpeech: [...found].sort() }])
  }
  const lower = yield* joinCases(ids.all(), inTrain)
  const different = [...lower.values()].filter((times) => times > 0).length
  const counts = { different, splits: Object.fromEntries(counted) as Record<Split, SplitWords> } satisfies WordCounts // one per split
  const vocabulary = { words: [...lower.keys()], inTrain: [...lower.values()] } satisfies Vocabulary
  return { state, counts: JSON.stringify(counts), vocabulary: JSON.stringify(vocabulary) }
}

/** Number of different words that one step puts into lower case. */
const wordsAtOnce = 5000

function* joinCases(words: readonly string[], times: readonly number[]): Generator<void, Map<string, number>> {
  const joined = new Map<string, number>()
  for (const [id, word] of words.entries()) {
    const lower = word.toLowerCase()
    joined.set(lower, (joined.get(lower) ?? 0) + (times[id] ?? 0))
    if (id % wordsAtOnce === 0) yield
  }
  return joined
}
