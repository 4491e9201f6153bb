/** Words of a session that the checkpoint does not know: each is looked up once, and the compute process keeps its vector. */
import type { SentenceWords } from '#main/document/labelled-sentence'
import type { WordVectors } from '#main/pretrained/vector-reader'
import { unknownId, vocabularyFromText } from '#main/pretrained/vocabulary'
import type { ModelSource } from './model-source.ts'

export interface NewWords {
  /**
   * Vectors of the words that the compute process lacks for these sentences; null where there are none. With `forgetsWords` it
   * has to let go of all others first: they became too many.
   */
  of(
    sentences: readonly SentenceWords[],
    signal?: AbortSignal,
  ): Promise<{ readonly newWords: WordVectors | null; readonly forgetsWords: boolean }>
}

/** Number of words that are kept; their vectors take some tens of megabytes in every thread. */
const mostKept = 50_000

export function createNewWords({ checkpoint, unseen }: ModelSource, most = mostKept): NewWords {
  const stored = checkpoint['vocabulary.txt']
  const known = unseen && stored ? vocabularyFromText(new TextDecoder().decode(stored)) : null
  const kept = new Set<string>()

  function wordsOf(sentences: readonly SentenceWords[]): Set<string> {
    const found = new Set<string>()
    for (const { words } of sentences)
      for (const word of words) if (known?.idOf(word) === unknownId) found.add(word.toLowerCase())
    return found
  }

  return {
    async of(sentences, signal) {
      if (!unseen || !known) return { newWords: null, forgetsWords: false }
      const words = wordsOf(sentences)
      let asked = new Set([...words].filter((word) => !kept.has(word)))
      const forgetsWords = kept.size > 0 && kept.size + asked.size > most
      if (forgetsWords) {
        kept.clear()
        asked = words
      }
      const newWords = asked.size > 0 ? await unseen(asked, signal) : null
      for (const word of asked) kept.add(word)
      return { newWords, forgetsWords }
    },
  }
}
