/** The sentences of a Doc as a model reads them. */
import { wordsOf } from '#main/text/words'
import type { Doc } from '#main/document/doc'
import { withPos, type SentenceWords } from '#main/document/labelled-sentence'

/** The text is gone through once for all of its sentences: a book has ten thousand, and once for each would take seconds. */
export function sentencesOf({ text, tokens, sentences }: Doc): SentenceWords[] {
  const words = wordsOf(text, tokens)
  return sentences.map(({ start, end }) => withPos(words.slice(start, end), tokens.slice(start, end)))
}
