/** Check that word vectors fit what is to be trained, made before a run is. */
import path from 'node:path'
import { AppError } from '#main/core/errors'
import type { FoundVectors } from './vector-files.ts'

/** Enough to see of which language they are. */
const shownWords = 3

/**
 * Refuses vectors of another width than the model's words, and those that no word of the corpus has.
 * @param words of the corpus, in lower case
 */
export function assertFits(found: FoundVectors, words: ReadonlySet<string>, wordDimension?: number): void {
  const { file, dimension } = found.identity
  const name = path.basename(file)
  if (wordDimension !== undefined && dimension !== wordDimension)
    throw new AppError(
      'invalid-input',
      `${name} holds vectors of width ${dimension}, but the model's words are ${wordDimension} wide. Set the word width to ${dimension} or choose other vectors.`,
    )
  // a corpus without words is refused for that
  if (words.size === 0 || found.vectors.words.length > 0) return
  const some = [...words].filter((word) => /^\p{L}+$/u.test(word)).slice(0, shownWords)
  const examples = some.length === 0 ? '' : ` (${some.map((word) => `"${word}"`).join(', ')} and others)`
  throw new AppError(
    'invalid-input',
    `${name} has a vector for none of the ${words.size} words of the corpus${examples}. Choose vectors of its language whose words are spelled as in text (upper and lower case do not matter), or train without vectors.`,
  )
}
