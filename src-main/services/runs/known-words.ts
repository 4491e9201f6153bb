/** The words that a run knows: those that training has seen, and those that it has a vector of. */
import type { KnownWords } from '#main/evaluation/text-profile'
import { unknownId, vocabularyFromText } from '#main/pretrained/vocabulary'
import type { WordVectors } from '#main/pretrained/vector-reader'
import type { Run } from '#main/runs/run'
import type { ServiceContext } from '../context.ts'
import { createCorpusFacts } from './corpus-facts.ts'
import { readBest } from './run-checkpoint.ts'

/** Knows the words of a run, given the vectors that were looked up for the words of a text. */
export type KnowsWords = (found: WordVectors | null) => KnownWords

const vocabularyFile = 'vocabulary.txt'

/** Null where the words of training are not at hand: the corpus is in the bin or gone. */
export async function wordsOfRun(
  context: Pick<ServiceContext, 'workspace' | 'reads'>,
  run: Run,
): Promise<KnowsWords | null> {
  const { workspace } = context
  if (!workspace.corpora.list().some(({ corpusId }) => corpusId === run.corpusId)) return null
  const { words, inTrain } = await createCorpusFacts(context).vocabulary(run.corpusId)
  const seen = new Set(words.filter((_, at) => (inTrain[at] ?? 0) > 0))
  const isSeen = (word: string): boolean => seen.has(word)
  const stored = run.config.vectors && (await readBest(workspace, run, (name) => name === vocabularyFile))
  if (!stored) return () => ({ isSeen, hasVector: null })
  const { idOf } = vocabularyFromText(new TextDecoder().decode(stored.files[vocabularyFile]))
  return (found) => {
    const vectors = new Set(found?.words)
    return { isSeen, hasVector: (word) => idOf(word) !== unknownId || vectors.has(word) }
  }
}
