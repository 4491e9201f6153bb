/** What to know of a run whose parts of speech come from the English tagger. */
import { englishVectors, leastEnglish } from '#main/runs/vector-choice'
import { coverageOf } from '../runs/corpus-facts.ts'
import type { LookUp } from '../runs/run-vectors.ts'
import type { VectorFiles } from '../runs/vector-files.ts'
import { installedTagger } from './find-tagger.ts'

/** Sentences that name the tagger, and warn where the words of train are hardly English. */
export async function remarksOnTagger(words: LookUp, vectorFiles: VectorFiles): Promise<string[]> {
  const name = installedTagger()
  if (name === null) return []
  const vocabulary = await words()
  const { vectors } = await vectorFiles.read(englishVectors, vocabulary.words)
  const { tokenShare } = coverageOf(vocabulary, new Set(vectors.words))
  return [
    `Parts of speech come from ${name}, in train and in new text.`,
    ...(tokenShare < leastEnglish
      ? [
          `The tagger knows English, and ${(100 * tokenShare).toFixed(1)} % of the text of train are words of the 100,000 most ` +
            'frequent English ones: of another language its parts of speech are guesses.',
        ]
      : []),
  ]
}
